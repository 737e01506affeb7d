/**
 * The generalised Cauchy point: the first local minimiser of the quadratic model m(x) = f + g^T (x - x_k) + (x - x_k)^T B (x - x_k) / 2
 * along the projected gradient path P(x_k - t g) (Byrd, Lu, Nocedal and Zhu 1995, section 4, algorithm CP). Coordinates that reach a bound
 * on the way stay there; the others are free for the subspace minimisation.
 *
 * | symbol | meaning |
 * |---|---|
 * | d | direction of the present piece of the path, -g_i or 0 |
 * | p | W^T d |
 * | c | W^T (x^cp - x_k) |
 * | f1, f2 | first and second derivative of the model along the piece |
 * | deltaT | length of the piece left behind |
 */

import type { Bounds } from "./box.ts";
import { add, type Breakpoints, breakpoints, order, removeNearest } from "./breakpoints.ts";
import { factorMiddle, type LimitedMemory, middleTimes, transposedTimes } from "./limitedMemory.ts";
import { sideBySide } from "./sideBySide.ts";

const EPSILON = 2.220446049250313e-16;

export type CauchyPoint = {
  /** x^cp. */
  readonly point: Float64Array;
  /** W^T (x^cp - x_k), the first 2 m entries. */
  readonly c: Float64Array;
  /** 1 where a coordinate of x^cp is free, 0 where it is at a bound. */
  readonly free: Uint8Array;
  freeCount: number;
  readonly heap: Breakpoints;
  readonly d: Float64Array;
  readonly p: Float64Array;
  readonly w: Float64Array;
  readonly v: Float64Array;
};

/** Buffers for `findCauchyPoint`. */
export function cauchyPoint(dimension: number, capacity: number): CauchyPoint {
  const twoM = 2 * capacity;
  const [point, d, c, p, w, v] = sideBySide(dimension, dimension, twoM, twoM, twoM, twoM);
  return {
    point: point!,
    c: c!,
    free: new Uint8Array(dimension),
    freeCount: 0,
    heap: breakpoints(dimension),
    d: d!,
    p: p!,
    w: w!,
    v: v!,
  };
}

/**
 * Fills `cauchy` with the generalised Cauchy point of the model at x with gradient g. With a model but without bounds x itself serves:
 * every coordinate is free, and the subspace minimiser is the same from there. False where rounding has spoilt the model.
 */
export function findCauchyPoint(
  cauchy: CauchyPoint,
  x: Float64Array,
  g: Float64Array,
  bounds: Bounds,
  memory: LimitedMemory,
  unbounded: boolean,
): boolean {
  const { point, c, free, heap, d, p, w, v } = cauchy;
  const { theta, size } = memory;
  const twoM = 2 * size;
  let f1 = startPath(cauchy, x, g, bounds); // f' = -d^T d
  if (unbounded && size > 0) return true;
  for (let i = 0; i < twoM; i++) c[i] = 0;
  if (f1 === 0) return true;

  let f2 = -theta * f1; // f'' = theta d^T d - p^T M p
  const f2Floor = EPSILON * f2;
  if (size > 0) {
    if (!factorMiddle(memory)) return false;
    transposedTimes(memory, d, p);
    middleTimes(memory, p, v);
    for (let i = 0; i < twoM; i++) f2 -= p[i]! * v[i]!;
  }
  let deltaTMin = -f1 / f2;
  let t = 0;
  while (heap.size > 0 && deltaTMin >= heap.step[0]! - t) {
    const b = heap.coordinate[0]!;
    const deltaT = heap.step[0]! - t;
    t = heap.step[0]!;
    removeNearest(heap);

    const minusG = d[b]!;
    const bound = minusG > 0 ? bounds.upper[b]! : bounds.lower[b]!;
    const z = bound - x[b]!;
    point[b] = bound;
    free[b] = 0;
    cauchy.freeCount--;
    d[b] = 0;

    f1 += deltaT * f2 + minusG * minusG - theta * minusG * z; // eq. 4.9
    f2 -= theta * minusG * minusG; // eq. 4.10
    if (size > 0) {
      rowOfW(memory, b, w);
      middleTimes(memory, w, v);
      for (let i = 0; i < twoM; i++) {
        c[i]! += deltaT * p[i]!;
        f1 += minusG * v[i]! * c[i]!;
        f2 += minusG * v[i]! * (2 * p[i]! - minusG * w[i]!);
        p[i]! -= minusG * w[i]!;
      }
    }
    // Rounding may bring f2 to zero or below although B is positive definite.
    f2 = Math.max(f2Floor, f2);
    deltaTMin = -f1 / f2;
    if (heap.size === 0 && !anyMoves(d)) {
      deltaTMin = 0;
      break;
    }
  }
  deltaTMin = Math.max(deltaTMin, 0);
  t += deltaTMin;
  for (let i = 0; i < d.length; i++) if (d[i] !== 0) point[i] = x[i]! + t * d[i]!;
  for (let i = 0; i < twoM; i++) c[i]! += deltaTMin * p[i]!;
  return true;
}

/** The first piece: point = x, d, the breakpoints (eq. 4.1) in their heap, which coordinates are free. Returns -d^T d. */
function startPath(cauchy: CauchyPoint, x: Float64Array, g: Float64Array, { lower, upper }: Bounds): number {
  const { point, free, heap, d } = cauchy;
  heap.size = 0;
  cauchy.freeCount = 0;
  let f1 = 0;
  for (let i = 0; i < x.length; i++) {
    const slope = g[i]!;
    const bound = slope > 0 ? lower[i]! : upper[i]!;
    point[i] = x[i]!;
    const held = lower[i] === upper[i] || (slope !== 0 && x[i] === bound);
    free[i] = held ? 0 : 1;
    d[i] = held ? 0 : -slope;
    if (held) continue;
    cauchy.freeCount++;
    if (slope === 0) continue;
    f1 -= slope * slope;
    if (bound !== -Infinity && bound !== Infinity) add(heap, (x[i]! - bound) / slope, i);
  }
  order(heap);
  return f1;
}

/** Row b of W = [Y  theta S]. */
function rowOfW({ dimension: n, size, theta, S, Y }: LimitedMemory, b: number, w: Float64Array): void {
  for (let i = 0; i < size; i++) {
    w[i] = Y[i * n + b]!;
    w[size + i] = theta * S[i * n + b]!;
  }
}

function anyMoves(d: Float64Array): boolean {
  for (let i = 0; i < d.length; i++) if (d[i] !== 0) return true;
  return false;
}
