/**
 * The Hodges-Lehmann estimate of a location: the median of the averages of all pairs (Walsh averages), including each value with itself
 * (Hodges and Lehmann 1963). For paired differences of log10 regrets, it is the power of ten by which the regret of one strategy differs.
 * This file finds the median without storing the n (n + 1) / 2 averages, in the manner of Monahan (1984, Algorithm 616). The sums sorted[i]
 * + sorted[j], i <= j, are a triangle whose rows ascend. Each round splits what is left of every row at a pivot. Most pivots are
 * interpolated, or halve the range. Every fourth pivot is one of the sums, so that the search also ends soon if many sums are equal.
 */

/** The estimate for a sample of one or more finite values. */
export function hodgesLehmann(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const pairs = (sorted.length * (sorted.length + 1)) / 2;
  return pairSums(sorted, Math.ceil(pairs / 2), Math.floor(pairs / 2) + 1) / 4;
}

/** The `place`-th smallest average of a pair, from 1, for ascending values. */
export function pairAverage(sorted: Float64Array, place: number): number {
  return pairSums(sorted, place, place) / 4;
}

/** The sum of the `first`-th and `second`-th smallest of the pair sums, where second is first or first + 1. */
function pairSums(sorted: Float64Array, first: number, second: number): number {
  const n = sorted.length;
  /** What is left of row i: the columns from `from[i]` to before `to[i]`. All sums to the left are smaller, those to the right larger. */
  let from = new Int32Array(n);
  for (let row = 0; row < n; row++) from[row] = row;
  let to = new Int32Array(n).fill(n);
  let columns = new Int32Array(n);
  let [low, high] = [2 * sorted[0]!, 2 * sorted[n - 1]!];
  let before = 0;
  let left = (n * (n + 1)) / 2;
  for (let round = 1; left > n; round++) {
    const exact = round % 4 === 0;
    const pivot = exact ? middleSum(sorted, from, to, left) : thresholdBetween(low, high, (first - before) / left, round);
    const below = splitAt(sorted, pivot, exact, columns);
    if (below >= second) {
      [to, columns] = [columns, to];
      left = below - before;
      high = pivot;
      continue;
    }
    const largestBelow = below >= first ? sumBefore(sorted, columns) : NaN;
    const atMost = exact ? splitAt(sorted, pivot, false, columns) : below;
    if (atMost >= first) {
      const firstSum = below >= first ? largestBelow : pivot;
      return firstSum + (atMost >= second ? pivot : sumFrom(sorted, columns));
    }
    [from, columns] = [columns, from];
    left -= atMost - before;
    before = atMost;
    low = pivot;
  }
  const sums = sumsLeft(sorted, from, to, left).sort();
  return sums[first - before - 1]! + sums[second - before - 1]!;
}

/** Two interpolated thresholds, then one that halves the range. */
function thresholdBetween(low: number, high: number, share: number, round: number): number {
  const interpolated = low + (high - low) * share;
  return round % 4 < 3 && interpolated > low && interpolated < high ? interpolated : low + (high - low) / 2;
}

/** The middle of the row in which the middle of all that is left lies. */
function middleSum(sorted: Float64Array, from: Int32Array, to: Int32Array, left: number): number {
  let row = 0;
  for (let passed = to[0]! - from[0]!; 2 * passed < left; passed += to[row]! - from[row]!) row++;
  return sorted[row]! + sorted[(from[row]! + to[row]! - 1) >> 1]!;
}

/**
 * Writes into `columns`, per row, the first column whose sum is above the pivot, or not below it if `strictly`.
 *
 * @returns the number of sums before these columns
 */
function splitAt(sorted: Float64Array, pivot: number, strictly: boolean, columns: Int32Array): number {
  const n = sorted.length;
  let column = n;
  let count = 0;
  for (let row = 0; row < n; row++) {
    const value = sorted[row]!;
    if (strictly) while (column > row && value + sorted[column - 1]! >= pivot) column--;
    else while (column > row && value + sorted[column - 1]! > pivot) column--;
    if (column < row) column = row;
    columns[row] = column;
    count += column - row;
  }
  return count;
}

/** The largest sum before the given columns. */
function sumBefore(sorted: Float64Array, columns: Int32Array): number {
  let largest = -Infinity;
  for (let row = 0; row < sorted.length; row++) {
    if (columns[row]! > row) largest = Math.max(largest, sorted[row]! + sorted[columns[row]! - 1]!);
  }
  return largest;
}

/** The smallest sum from the given columns on. */
function sumFrom(sorted: Float64Array, columns: Int32Array): number {
  let smallest = Infinity;
  for (let row = 0; row < sorted.length; row++) {
    if (columns[row]! < sorted.length) smallest = Math.min(smallest, sorted[row]! + sorted[columns[row]!]!);
  }
  return smallest;
}

function sumsLeft(sorted: Float64Array, from: Int32Array, to: Int32Array, left: number): Float64Array {
  const sums = new Float64Array(left);
  let found = 0;
  for (let row = 0; row < sorted.length; row++) {
    for (let column = from[row]!; column < to[row]!; column++, found++) sums[found] = sorted[row]! + sorted[column]!;
  }
  return sums;
}
