/**
 * The maps by which BBOB makes its landscapes less regular: T_osz oscillates, T_asy breaks the symmetry of the two sides, Λ spreads
 * the scales of the axes, and a penalty guards the outside of the box [-5, 5]^D. The arrays a map writes to are the caller's buffers.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, section 0.2; COCO (BSD-3).
 */
import { exp, log, pow, sin } from "@caviar-hpo/numerics";

/** base^((k-1)/(D-1)) for k = 1 … D. Λ^α is `ladder(√α, D)`. */
export function ladder(base: number, dimension: number): Float64Array {
  return Float64Array.from({ length: dimension }, (_, k) => pow(base, k / (dimension - 1)));
}

/** T_osz(x) = sign(x) exp(x̂ + 0.049 (sin(c₁ x̂) + sin(c₂ x̂))), x̂ = log|x|; c = (10, 7.9) right of zero, (5.5, 3.1) left of it. */
export function oscillate(x: number): number {
  if (x === 0) return 0;
  if (x > 0) {
    const logarithm = log(x);
    return exp(logarithm + 0.049 * (sin(10 * logarithm) + sin(7.9 * logarithm)));
  }
  const logarithm = log(-x);
  return -exp(logarithm + 0.049 * (sin(5.5 * logarithm) + sin(3.1 * logarithm)));
}

/** T_osz on each coordinate, in place. */
export function oscillateEach(z: Float64Array): void {
  for (let k = 0; k < z.length; k++) z[k] = oscillate(z[k]!);
}

/** T_asy^β in place: z_k <- z_k^(1 + β (k-1)/(D-1) √z_k) where z_k > 0. */
export function asymmetrise(beta: number, z: Float64Array): void {
  const last = z.length - 1;
  for (let k = 0; k < z.length; k++) {
    const value = z[k]!;
    if (value > 0) z[k] = pow(value, 1 + ((beta * k) / last) * Math.sqrt(value));
  }
}

/** out <- x - origin. */
export function shift(x: Float64Array, origin: Float64Array, out: Float64Array): void {
  for (let k = 0; k < out.length; k++) out[k] = x[k]! - origin[k]!;
}

/** z <- scales ⊗ z. */
export function scale(scales: Float64Array, z: Float64Array): void {
  for (let k = 0; k < z.length; k++) z[k] = scales[k]! * z[k]!;
}

/** f_pen(x) = Σ max(0, |x_k| - 5)². */
export function penalty(x: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) {
    const beyond = Math.abs(x[k]!) - 5;
    if (beyond > 0) sum += beyond * beyond;
  }
  return sum;
}
