/** Ranks with ties: 1 is the smallest, tied values share the average of the places they take (mid-ranks). */

/** Two log10 regrets closer than this count as equal: the same point with different rounding. */
export const tieTolerance = 1e-9;

/**
 * The ranks of `scores`, in their order. Values tie when they lie within `tieTolerance` of the smallest of their group; Infinity ties with
 * Infinity.
 */
export function averageRanks(scores: readonly number[]): readonly number[] {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a]! < scores[b]! ? -1 : scores[a]! > scores[b]! ? 1 : a - b));
  const ranks = new Array<number>(scores.length);
  for (let first = 0; first < order.length; ) {
    let next = first + 1;
    while (next < order.length && tied(scores[order[first]!]!, scores[order[next]!]!)) next++;
    for (let place = first; place < next; place++) ranks[order[place]!] = (first + 1 + next) / 2;
    first = next;
  }
  return ranks;
}

export function tied(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= tieTolerance;
}
