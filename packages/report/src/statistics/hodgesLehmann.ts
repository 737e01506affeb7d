/**
 * The Hodges-Lehmann estimate of a location: the median of all averages of two (Walsh averages), each value with itself included
 * (Hodges and Lehmann 1963). Of paired log10 regret differences it says by which power of ten one strategy's regret differs.
 * The bootstrap needs it thousands of times, so the median is found without writing the n (n + 1) / 2 averages down: counting how many
 * pair sums lie below a threshold takes one pass over the sorted values, and bisection on the threshold does the rest.
 */

/** The estimate of a sample of one or more finite values. */
export function hodgesLehmann(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const pairs = (sorted.length * (sorted.length + 1)) / 2;
  const upper = pairSum(sorted, Math.floor(pairs / 2) + 1);
  return pairs % 2 === 1 ? upper / 2 : (pairSum(sorted, pairs / 2) + upper) / 4;
}

/** The `place`-th smallest of sorted[i] + sorted[j], i <= j. Between rounds, fewer than `place` sums are at most `low`, and `place` or more at most `high`. */
function pairSum(sorted: Float64Array, place: number): number {
  const n = sorted.length;
  let low = 2 * sorted[0]!;
  let high = 2 * sorted[n - 1]!;
  let below = countAtMost(sorted, low);
  if (below >= place) return low;
  let atMost = (n * (n + 1)) / 2;
  while (atMost - below > n) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    const count = countAtMost(sorted, middle);
    if (count >= place) {
      high = middle;
      atMost = count;
    } else {
      low = middle;
      below = count;
    }
  }
  return sumsBetween(sorted, low, high, atMost - below).sort()[place - below - 1]!;
}

function countAtMost(sorted: Float64Array, threshold: number): number {
  let count = 0;
  let last = sorted.length - 1;
  for (let first = 0; first <= last; first += 1) {
    while (last >= first && sorted[first]! + sorted[last]! > threshold) last -= 1;
    count += last - first + 1;
  }
  return count;
}

function sumsBetween(sorted: Float64Array, low: number, high: number, count: number): Float64Array {
  const sums = new Float64Array(count);
  let found = 0;
  let last = sorted.length - 1;
  for (let first = 0; first <= last; first += 1) {
    while (last >= first && sorted[first]! + sorted[last]! > high) last -= 1;
    for (let other = last; other >= first && sorted[first]! + sorted[other]! > low; other -= 1) {
      sums[found] = sorted[first]! + sorted[other]!;
      found += 1;
    }
  }
  return sums;
}
