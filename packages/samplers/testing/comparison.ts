/** Statistics of paired differences: Wilcoxon's signed ranks, Hodges and Lehmann's estimate with its interval, Holm's correction. */

/** Two-sided p value of the signed-rank test, by the normal approximation with midranks, zeros left out, and a continuity correction. */
export function signedRankTest(differences: readonly number[]): number {
  const nonzero = differences.filter((difference) => difference !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  const n = nonzero.length;
  if (n === 0) return 1;
  let positive = 0;
  let ties = 0;
  for (let start = 0; start < n; ) {
    let end = start;
    while (end < n && Math.abs(nonzero[end]!) === Math.abs(nonzero[start]!)) end++;
    const rank = (start + 1 + end) / 2;
    positive += rank * nonzero.slice(start, end).filter((difference) => difference > 0).length;
    ties += (end - start) ** 3 - (end - start);
    start = end;
  }
  const mean = (n * (n + 1)) / 4;
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  return 2 * upperTail(Math.max(0, Math.abs(positive - mean) - 0.5) / Math.sqrt(variance));
}

/** The median of all averages of two, and the 95 % interval that the signed-rank test inverts to. */
export function hodgesLehmann(differences: readonly number[]): { readonly estimate: number; readonly low: number; readonly high: number } {
  const n = differences.length;
  const averages = differences.flatMap((a, i) => differences.slice(i).map((b) => (a + b) / 2)).sort((a, b) => a - b);
  const outside = Math.floor((n * (n + 1)) / 4 - 1.96 * Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24));
  const middle = averages.length / 2;
  return {
    estimate: (averages[Math.floor(middle - 0.5)]! + averages[Math.ceil(middle - 0.5)]!) / 2,
    low: averages[Math.max(0, outside)]!,
    high: averages[averages.length - 1 - Math.max(0, outside)]!,
  };
}

/** Adjusted p values, in the order given. */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(ps.length).fill(1);
  let largest = 0;
  order.forEach(({ p, index }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (ps.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}

/** 1 - Phi(z) for z >= 0: Abramowitz and Stegun 26.2.17, right to 8e-8. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}
