/**
 * The steps at which coordinates reach their bounds, taken in ascending order: a binary heap, since a search mostly ends after the first
 * few. Equal steps come out in an order that depends on the steps alone.
 */

export type Breakpoints = {
  size: number;
  readonly step: Float64Array;
  readonly coordinate: Int32Array;
};

/** Room for `capacity` breakpoints. */
export function breakpoints(capacity: number): Breakpoints {
  return { size: 0, step: new Float64Array(capacity), coordinate: new Int32Array(capacity) };
}

/** Adds a breakpoint; `order` afterwards. */
export function add(heap: Breakpoints, step: number, coordinate: number): void {
  heap.step[heap.size] = step;
  heap.coordinate[heap.size] = coordinate;
  heap.size++;
}

/** Makes a heap of what was added: the nearest breakpoint is at index 0. */
export function order(heap: Breakpoints): void {
  for (let i = (heap.size >> 1) - 1; i >= 0; i--) sink(heap, i);
}

/** Removes the nearest breakpoint. */
export function removeNearest(heap: Breakpoints): void {
  heap.size--;
  heap.step[0] = heap.step[heap.size]!;
  heap.coordinate[0] = heap.coordinate[heap.size]!;
  sink(heap, 0);
}

function sink({ size, step, coordinate }: Breakpoints, start: number): void {
  const sinking = step[start]!;
  const its = coordinate[start]!;
  let hole = start;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= size) break;
    if (child + 1 < size && step[child + 1]! < step[child]!) child++;
    if (!(step[child]! < sinking)) break;
    step[hole] = step[child]!;
    coordinate[hole] = coordinate[child]!;
    hole = child;
  }
  step[hole] = sinking;
  coordinate[hole] = its;
}
