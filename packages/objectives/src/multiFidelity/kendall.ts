/**
 * Kendall's rank correlation tau_b in O(n log n): W. R. Knight, "A computer method for calculating Kendall's tau with ungrouped data"
 * (1966). Sorted by the first list, the discordant pairs are the exchanges that sorting by the second takes.
 */

/**
 * (concordant - discordant) / sqrt((pairs - ties in a) (pairs - ties in b)), in [-1, 1]; NaN where a list is constant or has no pair.
 * Lists of one length, without NaN; neither is changed.
 */
export function kendallTau(a: Float64Array, b: Float64Array): number {
  const count = a.length;
  const order = Array.from({ length: count }, (_, index) => index).sort((i, j) => compare(a[i]!, a[j]!) || compare(b[i]!, b[j]!));
  const second = Float64Array.from(order, (index) => b[index]!);
  const first = Float64Array.from(order, (index) => a[index]!);
  const tiesInA = tiedPairs(count, (i, j) => first[i] === first[j]);
  const tiesInBoth = tiedPairs(count, (i, j) => first[i] === first[j] && second[i] === second[j]);
  const discordant = sortCounting(second);
  const tiesInB = tiedPairs(count, (i, j) => second[i] === second[j]);
  const pairs = (count * (count - 1)) / 2;
  return (pairs - tiesInA - tiesInB + tiesInBoth - 2 * discordant) / Math.sqrt((pairs - tiesInA) * (pairs - tiesInB));
}

/** Not by the difference: that of two infinities is no number. */
function compare(one: number, other: number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Pairs of neighbours in a sorted list that are equal, over all runs of equal ones. */
function tiedPairs(count: number, equal: (i: number, j: number) => boolean): number {
  let pairs = 0;
  let start = 0;
  for (let index = 1; index <= count; index++) {
    if (index < count && equal(start, index)) continue;
    pairs += ((index - start) * (index - start - 1)) / 2;
    start = index;
  }
  return pairs;
}

/** Merge sort from short runs to long ones, in place; the number of pairs that stood in the wrong order. */
function sortCounting(values: Float64Array): number {
  const count = values.length;
  const merged = new Float64Array(count);
  let exchanges = 0;
  for (let width = 1; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      const end = Math.min(start + 2 * width, count);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        if (left < middle && (right >= end || values[left]! <= values[right]!)) merged[at] = values[left++]!;
        else {
          exchanges += middle - left;
          merged[at] = values[right++]!;
        }
      }
    }
    values.set(merged);
  }
  return exchanges;
}
