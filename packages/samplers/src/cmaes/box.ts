/**
 * The bounds of reals: every number is folded into [0, 1], so that no sample is lost and the density does not end at the bounds. The fold is
 * periodic and smooth: the identity from a to 1 - a, and parabolas around the bounds, whose vertices are at -a and 1 + a. It is pycma's
 * `BoundTransform`, with the width that pycma has for the box [-5, 5].
 */

const a = 0.025;

/** The coordinate in [0, 1] of a number between -1e9 and 1e9. */
export function folded(x: number): number {
  const period = 2 + 4 * a;
  const turn = x + a - period * Math.floor((x + a) / period);
  const y = Math.min(turn, period - turn) - a;
  if (y < a) return ((y + a) * (y + a)) / (4 * a);
  if (y > 1 - a) return 1 - ((1 + a - y) * (1 + a - y)) / (4 * a);
  return y;
}

/** The number in [-a, 1 + a] with the coordinate `unit`, which is in [0, 1]. */
export function unfolded(unit: number): number {
  if (unit < a) return 2 * Math.sqrt(a * unit) - a;
  if (unit > 1 - a) return 1 + a - 2 * Math.sqrt(a * (1 - unit));
  return unit;
}
