/** Pareto ranks: how points compare by several objectives, of each of which less is better. */

/**
 * One rank per point: 0 for those that no other dominates, r + 1 for those that are dominated by one of rank r and by none of a higher
 * rank. Equal points have equal ranks. These are the fronts of non-dominated sorting (Deb, Pratap, Agarwal & Meyarivan, IEEE Trans. Evol.
 * Comput. 2002). n points of m objectives take O(m n^2).
 */
export function paretoRanks(points: readonly (readonly number[])[]): readonly number[] {
  // A point that dominates another comes before it in lexicographic order.
  const order = Array.from(points.keys()).sort((a, b) => lexicographic(points[a]!, points[b]!));
  const ranks = points.map(() => 0);
  order.forEach((index, place) => {
    for (let before = 0; before < place; before++) {
      const rival = order[before]!;
      if (ranks[rival]! >= ranks[index]! && dominates(points[rival]!, points[index]!)) ranks[index] = ranks[rival]! + 1;
    }
  });
  return ranks;
}

function lexicographic(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index++) {
    if (a[index]! < b[index]!) return -1;
    if (a[index]! > b[index]!) return 1;
  }
  return 0;
}

/** Whether `a` is nowhere above `b`, and somewhere below it. */
export function dominates(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, index) => value <= b[index]!) && a.some((value, index) => value < b[index]!);
}
