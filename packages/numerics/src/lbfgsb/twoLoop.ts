/**
 * The product of the inverse limited-memory matrix with a vector by the two-loop recursion (Nocedal, "Updating quasi-Newton matrices with
 * limited storage", Math. Comp. 35 (1980)): where every coordinate is free, it gives the subspace minimiser in 4 m n products without any
 * matrix of order m.
 */

import type { LimitedMemory } from "./limitedMemory.ts";

/** v becomes B^-1 v. `alpha` has room for an entry a pair. */
export function inverseTimes({ dimension: n, capacity, size, theta, S, Y, SY }: LimitedMemory, v: Float64Array, alpha: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const row = i * n;
    let sv = 0;
    for (let k = 0; k < n; k++) sv += S[row + k]! * v[k]!;
    const a = sv / SY[i * capacity + i]!;
    alpha[i] = a;
    for (let k = 0; k < n; k++) v[k]! -= a * Y[row + k]!;
  }
  for (let k = 0; k < n; k++) v[k]! /= theta;
  for (let i = 0; i < size; i++) {
    const row = i * n;
    let yv = 0;
    for (let k = 0; k < n; k++) yv += Y[row + k]! * v[k]!;
    const a = alpha[i]! - yv / SY[i * capacity + i]!;
    for (let k = 0; k < n; k++) v[k]! += a * S[row + k]!;
  }
}
