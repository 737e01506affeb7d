/** Quantiles of Student's distribution, after Hill (1970, algorithm 396 of the CACM). The relative error is below 1e-6. */
import { cos, exp, normalQuantile, pow, sin } from "@caviar-hpo/numerics";

/**
 * The value that |t| exceeds with the probability `outside`.
 *
 * @param freedom whole degrees of freedom, 1 or more
 */
export function studentQuantile(outside: number, freedom: number): number {
  if (freedom === 1) return cos((outside * Math.PI) / 2) / sin((outside * Math.PI) / 2);
  if (freedom === 2) return Math.sqrt(2 / (outside * (2 - outside)) - 2);
  const a = 1 / (freedom - 0.5);
  const b = 48 / (a * a);
  const c = (((20700 * a) / b - 98) * a - 16) * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * freedom;
  const tail = pow(d * outside, 2 / freedom);
  const squared = tail > 0.05 + a ? central(outside, freedom, a, b, c, d) : extreme(tail, freedom, d);
  return Math.sqrt(freedom * squared);
}

/** t² / freedom from the expansion around the normal quantile. */
function central(outside: number, freedom: number, a: number, b: number, start: number, d: number): number {
  const x = normalQuantile(outside / 2);
  const square = x * x;
  const c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + start + (freedom < 5 ? 0.3 * (freedom - 4.5) * (x + 0.6) : 0);
  const y = (((((0.4 * square + 6.3) * square + 36) * square + 94.5) / c - square - 3) / b + 1) * x;
  return exp(a * y * y) - 1;
}

/** t² / freedom from the expansion of the tail. */
function extreme(y: number, freedom: number, d: number): number {
  const inner = 1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3) + 0.5 / (freedom + 4);
  return ((inner * y - 1) * (freedom + 1)) / (freedom + 2) + 1 / y;
}
