/**
 * The box l <= x <= u. A bound may be infinite, and a coordinate whose bounds are equal never moves. Equation numbers are those of
 * Byrd, Lu, Nocedal and Zhu, "A limited memory algorithm for bound constrained optimization", SIAM J. Sci. Comput. 16 (1995).
 */

/** The box `lower[i] <= x_i <= upper[i]`. Use -Infinity and Infinity where there is no bound. */
export type Bounds = { readonly lower: Float64Array; readonly upper: Float64Array };

/** x into the box, in place. */
export function project(x: Float64Array, { lower, upper }: Bounds): void {
  for (let i = 0; i < x.length; i++) x[i] = Math.min(Math.max(x[i]!, lower[i]!), upper[i]!);
}

/** The sup-norm of P(x - g) - x, which is zero where the first-order conditions hold (eq. 6.1). */
export function projectedGradientNorm(x: Float64Array, g: Float64Array, { lower, upper }: Bounds): number {
  let norm = 0;
  for (let i = 0; i < x.length; i++) {
    const room = g[i]! < 0 ? Math.max(x[i]! - upper[i]!, g[i]!) : Math.min(x[i]! - lower[i]!, g[i]!);
    norm = Math.max(norm, Math.abs(room));
  }
  return norm;
}

/** The longest step along d from x that stays in the box, at most `limit`. */
export function longestStep(x: Float64Array, d: Float64Array, { lower, upper }: Bounds, limit: number): number {
  let longest = limit;
  for (let i = 0; i < x.length; i++) {
    const slope = d[i]!;
    if (slope === 0) continue;
    const room = slope < 0 ? lower[i]! - x[i]! : upper[i]! - x[i]!;
    // Divides only where this coordinate decides: an infinite room over a tiny slope is no limit.
    if (Math.abs(slope) * longest > Math.abs(room)) longest = room / slope;
  }
  return longest;
}
