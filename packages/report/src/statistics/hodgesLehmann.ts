/**
 * The Hodges-Lehmann estimate of a location: the median of the averages of all pairs (Walsh averages), including each value with itself
 * (Hodges and Lehmann 1963). For paired differences of log10 regrets, it is the power of ten by which the regret of one strategy differs.
 * The bootstrap needs it thousands of times. So this file finds the median without storing the n (n + 1) / 2 averages: one pass over the
 * sorted values counts the pair sums below a threshold, and a search finds the threshold.
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

/**
 * The sum of the `first`-th and `second`-th smallest of sorted[i] + sorted[j], i <= j, where second is first or first + 1. The search keeps
 * fewer than `first` sums at or below `low`, and at least `second` at or below `high`, until so few lie between that it can sort them.
 * Thresholds are interpolated. Every other threshold halves the range, so that no distribution makes the search slow.
 */
function pairSums(sorted: Float64Array, first: number, second: number): number {
  const n = sorted.length;
  let low = 2 * sorted[0]!;
  let high = 2 * sorted[n - 1]!;
  let below = countAtMost(sorted, low);
  let atMost = (n * (n + 1)) / 2;
  if (below >= second) return 2 * low;
  if (below >= first) return low + nextSum(sorted, low);
  for (let round = 0; atMost - below > n; round++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return 2 * high;
    const interpolated = low + (high - low) * ((first - below) / (atMost - below));
    const threshold = round % 2 === 0 && interpolated > low && interpolated < high ? interpolated : middle;
    const count = countAtMost(sorted, threshold);
    if (count >= second) {
      high = threshold;
      atMost = count;
    } else if (count >= first) {
      return previousSum(sorted, threshold) + nextSum(sorted, threshold);
    } else {
      low = threshold;
      below = count;
    }
  }
  const sums = sumsBetween(sorted, low, high, atMost - below).sort();
  return sums[first - below - 1]! + sums[second - below - 1]!;
}

/** The largest pair sum at or below the threshold. */
function previousSum(sorted: Float64Array, threshold: number): number {
  let largest = -Infinity;
  let last = sorted.length - 1;
  for (let first = 0; first <= last; first++) {
    while (last >= first && sorted[first]! + sorted[last]! > threshold) last--;
    if (last >= first) largest = Math.max(largest, sorted[first]! + sorted[last]!);
  }
  return largest;
}

/** The smallest pair sum above the threshold. */
function nextSum(sorted: Float64Array, threshold: number): number {
  let smallest = Infinity;
  let last = sorted.length - 1;
  for (let first = 0; first < sorted.length; first++) {
    while (last >= first && sorted[first]! + sorted[last]! > threshold) last--;
    const other = Math.max(first, last + 1);
    if (other < sorted.length) smallest = Math.min(smallest, sorted[first]! + sorted[other]!);
  }
  return smallest;
}

function countAtMost(sorted: Float64Array, threshold: number): number {
  let count = 0;
  let last = sorted.length - 1;
  for (let first = 0; first <= last; first++) {
    while (last >= first && sorted[first]! + sorted[last]! > threshold) last--;
    count += last - first + 1;
  }
  return count;
}

function sumsBetween(sorted: Float64Array, low: number, high: number, count: number): Float64Array {
  const sums = new Float64Array(count);
  let found = 0;
  let last = sorted.length - 1;
  for (let first = 0; first <= last; first++) {
    while (last >= first && sorted[first]! + sorted[last]! > high) last--;
    for (let other = last; other >= first && sorted[first]! + sorted[other]! > low; other--) {
      sums[found] = sorted[first]! + sorted[other]!;
      found++;
    }
  }
  return sums;
}
