import fc from "fast-check";
import { expect, it } from "vitest";
import { popHeap, pushHeap } from "./heap.ts";
import { addToMedian, medianOf, type RunningMedian, sizeOfMedian } from "./runningMedian.ts";

const numbers = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true })), {
  maxLength: 60,
  size: "max",
});

it("a heap gives its items back in order, and nothing more", () => {
  fc.assert(
    fc.property(numbers, (items) => {
      const heap: number[] = [];
      for (const item of items) pushHeap(heap, item, (a, b) => a < b);
      const popped = Array.from(items, () => popHeap(heap, (a, b) => a < b));
      expect(popped.map((item) => item! + 0)).toEqual(items.map((item) => item + 0).sort((a, b) => a - b));
      expect([popHeap(heap, (a, b) => a < b), heap.length]).toEqual([undefined, 0]);
    }),
    { seed: 1 },
  );
});

it("a running median is the median of what came so far", () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const median: RunningMedian = { low: [], high: [] };
      expect(medianOf(median)).toBeNull();
      for (const [index, value] of values.entries()) {
        addToMedian(median, value);
        const sorted = values.slice(0, index + 1).sort((a, b) => a - b);
        const [below, above] = [sorted[Math.floor(index / 2)]!, sorted[Math.floor((index + 1) / 2)]!];
        expect(medianOf(median)! + 0).toBe(index % 2 === 0 ? below + 0 : below / 2 + above / 2 + 0);
        expect(sizeOfMedian(median)).toBe(index + 1);
      }
    }),
    { seed: 1 },
  );
});
