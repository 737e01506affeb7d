/** Binary heaps in plain arrays, so that a state can hold them. `before` says which of two items is nearer the root. */

export type Before = (a: number, b: number) => boolean;

export function pushHeap(heap: number[], item: number, before: Before): void {
  let at = heap.length;
  heap.push(item);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent]!;
    if (!before(item, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = item;
}

/** Removes the root and returns it; undefined for an empty heap. */
export function popHeap(heap: number[], before: Before): number | undefined {
  const root = heap[0];
  const item = heap.pop();
  if (root === undefined || item === undefined || heap.length === 0) return root;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
    const below = heap[child]!;
    if (!before(below, item)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = item;
  return root;
}
