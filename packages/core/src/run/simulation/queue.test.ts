import fc from "fast-check";
import { expect, it } from "vitest";
import { createQueue } from "./queue.ts";

const step = fc.option(fc.record({ priority: fc.constantFrom(0, -0, 0.5, 1, 2, 1e300), id: fc.nat({ max: 50 }) }), { freq: 3 });

it("gives the least priority first, and among equals the least id, whatever is pushed and popped in between", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = createQueue();
      const naive: { readonly priority: number; readonly id: number }[] = [];
      for (const pushed of steps) {
        if (pushed !== null) {
          queue.push(pushed.priority, pushed.id);
          naive.push(pushed);
          naive.sort((a, b) => a.priority - b.priority || a.id - b.id);
        } else if (naive.length > 0) {
          queue.pop();
          naive.shift();
        }
        expect(queue.first()).toBe(naive[0]?.id);
        if (naive.length > 0) expect(queue.priority() + 0).toBe(naive[0]!.priority + 0);
      }
    }),
    { numRuns: 200 },
  );
});

it("is empty at first, and again after the last was taken", () => {
  const queue = createQueue();
  expect(queue.first()).toBeUndefined();
  queue.push(3, 7);
  queue.pop();
  expect(queue.first()).toBeUndefined();
});
