/** The median of numbers that come one at a time, in O(log n) each. One heap holds the lower half of them, another the upper half. */
import { type Before, popHeap, pushHeap } from "./heap.ts";

/** The root of `low` is its largest number, the root of `high` its smallest. `low` is as long as `high`, or longer by one. */
export type RunningMedian = { readonly low: number[]; readonly high: number[] };

const smaller: Before = (a, b) => a < b;
const larger: Before = (a, b) => a > b;

export function addToMedian({ low, high }: RunningMedian, value: number): void {
  pushHeap(low, value, larger);
  pushHeap(high, popHeap(low, larger)!, smaller);
  if (high.length > low.length) pushHeap(low, popHeap(high, smaller)!, larger);
}

/** The middle number, or the mean of the two middle ones; null if there are no numbers. */
export function medianOf({ low, high }: RunningMedian): number | null {
  const [below, above] = [low[0], high[0]];
  if (below === undefined || above === undefined) return below ?? null;
  return low.length > high.length ? below : below / 2 + above / 2;
}

export function sizeOfMedian({ low, high }: RunningMedian): number {
  return low.length + high.length;
}
