/**
 * The limited-memory BFGS matrix in its compact form (Byrd, Lu, Nocedal and Zhu 1995, section 3; Byrd, Nocedal and Schnabel, Math.
 * Programming 63 (1994), theorem 2.3),
 *
 *     B = theta I - W M W^T,   W = [Y  theta S],   M = [-D  L^T; L  theta S^T S]^-1   (eqs. 3.2 to 3.4),
 *
 * | symbol | meaning |
 * |---|---|
 * | n, m | dimension, number of pairs held |
 * | S, Y | rows s_i = x_i+1 - x_i and y_i = g_i+1 - g_i, oldest first (so transposed against the paper), m x n |
 * | D, L | diagonal and strictly lower part of S^T Y (eqs. 3.5, 3.6) |
 * | theta | y^T y / s^T y of the newest pair, 1 while there is none |
 * | J | lower Cholesky factor of theta S^T S + L D^-1 L^T, which M is applied through |
 */

import { sideBySide } from "./sideBySide.ts";
import { factor, solveBackward, solveForward } from "./triangular.ts";

export type LimitedMemory = {
  readonly dimension: number;
  readonly capacity: number;
  /** Pairs held now. */
  size: number;
  /** Pairs ever taken: what is derived from the pairs can tell by it what it has missed. */
  taken: number;
  theta: number;
  /** capacity x n, row-major. */
  readonly S: Float64Array;
  readonly Y: Float64Array;
  /** D and L, the lower triangle of S^T Y, and that of S^T S: capacity x capacity, row-major. */
  readonly SY: Float64Array;
  readonly SS: Float64Array;
  readonly J: Float64Array;
  /** A row of L D^-1. */
  readonly LD: Float64Array;
};

/** An empty memory, B = I. */
export function limitedMemory(dimension: number, capacity: number): LimitedMemory {
  const pairs = capacity * dimension;
  const square = capacity * capacity;
  const [S, Y, SY, SS, J, LD] = sideBySide(pairs, pairs, square, square, square, capacity);
  return { dimension, capacity, size: 0, taken: 0, theta: 1, S: S!, Y: Y!, SY: SY!, SS: SS!, J: J!, LD: LD! };
}

/** Forgets all pairs: B = I again. */
export function forget(memory: LimitedMemory): void {
  memory.size = 0;
  memory.theta = 1;
}

/** Takes the pair (s, y), of which s^T y > 0, dropping the oldest where full. */
export function remember(memory: LimitedMemory, s: Float64Array, y: Float64Array): void {
  const { dimension: n, capacity, S, Y, SY, SS } = memory;
  if (memory.size === capacity) {
    S.copyWithin(0, n);
    Y.copyWithin(0, n);
    dropFirst(SY, capacity);
    dropFirst(SS, capacity);
    memory.size--;
  }
  const last = memory.size;
  S.set(s, last * n);
  Y.set(y, last * n);
  for (let j = 0; j <= last; j++) {
    const row = j * n;
    let sy = 0;
    let ss = 0;
    for (let k = 0; k < n; k++) {
      sy += s[k]! * Y[row + k]!;
      ss += s[k]! * S[row + k]!;
    }
    SY[last * capacity + j] = sy;
    SS[last * capacity + j] = ss;
  }
  let yy = 0;
  for (let k = 0; k < n; k++) yy += y[k]! * y[k]!;
  memory.size = last + 1;
  memory.taken++;
  memory.theta = yy / SY[last * capacity + last]!;
}

/** Moves a capacity x capacity matrix up and left by one. */
export function dropFirst(a: Float64Array, capacity: number): void {
  for (let i = 1; i < capacity; i++) {
    const row = i * capacity;
    for (let j = 1; j < capacity; j++) a[row - capacity + j - 1] = a[row + j]!;
  }
}

/** J J^T = theta S^T S + L D^-1 L^T, which `middleTimes` needs. False where that is not positive definite in floating point. */
export function factorMiddle({ size, capacity, theta, SY, SS, J, LD }: LimitedMemory): boolean {
  for (let i = 0; i < size; i++) {
    const row = i * capacity;
    for (let k = 0; k < i; k++) LD[k] = SY[row + k]! / SY[k * capacity + k]!;
    for (let j = 0; j <= i; j++) {
      const other = j * capacity;
      let sum = theta * SS[row + j]!;
      for (let k = 0; k < j; k++) sum += LD[k]! * SY[other + k]!;
      J[row + j] = sum;
    }
  }
  return factor(J, size, capacity);
}

/** out = W^T v: m products with Y, then m with theta S. */
export function transposedTimes({ dimension: n, size, theta, S, Y }: LimitedMemory, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const row = i * n;
    let y = 0;
    let s = 0;
    for (let k = 0; k < n; k++) {
      y += Y[row + k]! * v[k]!;
      s += S[row + k]! * v[k]!;
    }
    out[i] = y;
    out[size + i] = theta * s;
  }
}

/**
 * After `factorMiddle`, out = M v, both of 2 m entries, through M^-1 = [D^1/2  0; -L D^-1/2  J] [-D^1/2  D^-1/2 L^T; 0  J^T]: with q2 of J
 * J^T q2 = v2 + L D^-1 v1, q1 = D^-1 (L^T q2 - v1).
 */
export function middleTimes({ size, capacity, SY, J }: LimitedMemory, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < size; i++) {
    out[i] = v[i]! / SY[i * capacity + i]!;
    let sum = v[size + i]!;
    for (let k = 0; k < i; k++) sum += SY[i * capacity + k]! * out[k]!;
    out[size + i] = sum;
  }
  solveForward(J, size, capacity, out, size);
  solveBackward(J, size, capacity, out, size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let k = i + 1; k < size; k++) sum += SY[k * capacity + i]! * out[size + k]!;
    out[i] = sum / SY[i * capacity + i]! - out[i]!;
  }
}
