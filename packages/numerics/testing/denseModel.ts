/** Random quadratic models of L-BFGS-B with their matrix B written out, the oracle of the tests of its parts. */

import { factorMiddle, type LimitedMemory, limitedMemory, remember } from "../src/lbfgsb/limitedMemory.ts";

export type DenseModel = {
  readonly memory: LimitedMemory;
  /** B by the BFGS update (Byrd, Lu, Nocedal and Zhu 1995, eq. 3.1) from theta I over the pairs held, row-major n x n. */
  readonly B: Float64Array;
  readonly x: Float64Array;
  readonly g: Float64Array;
  readonly bounds: { readonly lower: Float64Array; readonly upper: Float64Array };
};

/** Uniform numbers in [0, 1) from a seed (the generator mulberry32, public domain). */
export function draws(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * n coordinates, `pairs` pairs told to a memory of `capacity`; about a third of the bounds are infinite, a sixth of the coordinates start
 * at a bound.
 */
export function denseModel(seed: number, n: number, capacity: number, pairs: number): DenseModel {
  const draw = draws(seed);
  const vector = (make: () => number): Float64Array => Float64Array.from({ length: n }, make);
  const around = () => 2 * draw() - 1;
  const memory = limitedMemory(n, capacity);
  const held: [Float64Array, Float64Array][] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const s = vector(around);
    const y = s.map((one, i) => one * (0.2 + ((i * 7) % 5)) + 0.1 * around());
    if (!(dot(s, y) > 0.05 * dot(s, s))) continue;
    remember(memory, s, y);
    held.push([s, y]);
  }
  factorMiddle(memory);
  const B = new Float64Array(n * n);
  for (let i = 0; i < n; i++) B[i * n + i] = memory.theta;
  for (const [s, y] of held.slice(-capacity)) update(B, s, y);
  const x = vector(around);
  const room = () => (draw() < 0.3 ? Infinity : draw() < 0.2 ? 0 : draw());
  const lower = x.map((one) => one - room());
  const upper = x.map((one) => one + room());
  const g = vector(() => (draw() < 0.1 ? 0 : around()));
  return { memory, B, x, g, bounds: { lower, upper } };
}

export function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, one, i) => sum + one * b[i]!, 0);
}

export function times(a: Float64Array, v: Float64Array): Float64Array {
  const n = v.length;
  return v.map((_, i) => dot(a.subarray(i * n, i * n + n), v));
}

/** a^-1 b by Gaussian elimination with partial pivoting. */
export function solve(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const rows = Array.from({ length: n }, (_, i) => [...a.subarray(i * n, i * n + n), b[i]!]);
  for (let k = 0; k < n; k++) {
    const pivot = rows.slice(k).reduce((best, row, i) => (Math.abs(row[k]!) > Math.abs(rows[best]![k]!) ? i + k : best), k);
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = rows[i]![n]!;
    for (let j = i + 1; j < n; j++) sum -= rows[i]![j]! * x[j]!;
    x[i] = sum / rows[i]![i]!;
  }
  return x;
}

/** B + y y^T / s^T y - B s s^T B / s^T B s. */
function update(B: Float64Array, s: Float64Array, y: Float64Array): void {
  const n = s.length;
  const Bs = times(B, s);
  const sy = dot(s, y);
  const sBs = dot(s, Bs);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) B[i * n + j]! += (y[i]! * y[j]!) / sy - (Bs[i]! * Bs[j]!) / sBs;
}
