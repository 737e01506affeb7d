import fc from "fast-check";
import { expect, it } from "vitest";
import { add, breakpoints, order, removeNearest } from "./breakpoints.ts";

it("gives the steps back in ascending order, each with its coordinate", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, noNaN: true }), { maxLength: 70 }), (steps) => {
      const heap = breakpoints(steps.length);
      steps.forEach((step, coordinate) => add(heap, step, coordinate));
      order(heap);
      const out: number[] = [];
      const seen = new Set<number>();
      while (heap.size > 0) {
        expect(heap.step[0]).toBe(steps[heap.coordinate[0]!]);
        out.push(heap.step[0]!);
        seen.add(heap.coordinate[0]!);
        removeNearest(heap);
      }
      expect(out).toEqual([...steps].sort((a, b) => a - b));
      expect(seen.size).toBe(steps.length);
    }),
  );
});
