/** Holm's step-down correction (1979): p-values adjusted so that the chance of any false rejection in the family stays below the level. */

/** Adjusted p-values in the order given: the j-th smallest of m is multiplied by m - j + 1, never below its predecessor, never above 1. */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]! || a - b);
  const adjusted = new Array<number>(pValues.length);
  let running = 0;
  order.forEach((index, place) => {
    running = Math.max(running, Math.min(1, (pValues.length - place) * pValues[index]!));
    adjusted[index] = running;
  });
  return adjusted;
}
