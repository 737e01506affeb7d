/**
 * Minimises the quadratic model over the coordinates that are free at the generalised Cauchy point, then brings the result into the box
 * (Byrd, Lu, Nocedal and Zhu 1995, section 5; the projection is that of Morales and Nocedal, "Remark on Algorithm 778", ACM Trans. Math.
 * Softw. 38 (2011)). The Newton step solves Z^T B Z d = r by the Sherman-Morrison-Woodbury formula (eq. 5.10),
 *
 *     d = r / theta + Z^T W K^-1 W^T Z r / theta^2,   K = M^-1 - W^T Z Z^T W / theta,
 *
 * where Z selects the free coordinates and A the others. K is indefinite of order 2 m; its blocks are
 *
 *     K = [-P  E^T; E  Q],   P = D + Y^T Z Z^T Y / theta,   Q = theta S^T A A^T S,
 *     E_ij = s_i^T A A^T y_j for i > j, -s_i^T Z Z^T y_j otherwise,
 *
 * with P and Q + E P^-1 E^T positive definite, so two Cholesky factors of order m do (Q and E without cancellation, since S^T S and L have
 * been split between Z and A).
 */

import type { Bounds } from "./box.ts";
import { longestStep } from "./box.ts";
import type { CauchyPoint } from "./cauchyPoint.ts";
import { dropFirst, type LimitedMemory, middleTimes } from "./limitedMemory.ts";
import { sideBySide } from "./sideBySide.ts";
import { factor, solveBackward, solveForward } from "./triangular.ts";
import { inverseTimes } from "./twoLoop.ts";

export type Subspace = {
  /** The minimiser, in the box. */
  readonly point: Float64Array;
  /** Products over the free (Z) and the fixed (A) coordinates, capacity x capacity: y_i^T Z Z^T y_j, s_i^T A A^T s_j, and E. */
  readonly YZY: Float64Array;
  readonly SAS: Float64Array;
  readonly E: Float64Array;
  /** The free set the products are of, how many pairs, and `memory.taken` then. */
  readonly free: Uint8Array;
  rows: number;
  taken: number;
  /** Lower factors of P and of Q + E P^-1 E^T; rows of F are columns of G^-1 E^T, where P = G G^T. */
  readonly G: Float64Array;
  readonly F: Float64Array;
  readonly H: Float64Array;
  readonly r: Float64Array;
  readonly v: Float64Array;
};

/** Buffers for `minimiseInSubspace`. */
export function subspace(dimension: number, capacity: number): Subspace {
  const square = capacity * capacity;
  const [point, r, v, YZY, SAS, E, G, F, H] = sideBySide(dimension, dimension, 2 * capacity, ...Array<number>(6).fill(square));
  return {
    point: point!,
    YZY: YZY!,
    SAS: SAS!,
    E: E!,
    free: new Uint8Array(dimension),
    rows: 0,
    taken: 0,
    G: G!,
    F: F!,
    H: H!,
    r: r!,
    v: v!,
  };
}

/** Fills `space.point`. False where K cannot be factored in floating point: the memory is not to be trusted then. */
export function minimiseInSubspace(
  space: Subspace,
  cauchy: CauchyPoint,
  x: Float64Array,
  g: Float64Array,
  bounds: Bounds,
  memory: LimitedMemory,
): boolean {
  space.point.set(cauchy.point);
  if (memory.size === 0 || cauchy.freeCount === 0) return true;
  if (cauchy.freeCount === x.length) wholeStep(space, cauchy, x, g, memory);
  else {
    updateProducts(space, cauchy.free, memory);
    if (!factorK(space, memory)) return false;
    newtonStep(space, cauchy, x, g, memory);
  }
  bringIntoBox(space, cauchy, x, g, bounds);
  return true;
}

/** r becomes the way from x^cp to the minimiser over all coordinates, x - B^-1 g. */
function wholeStep({ r, v }: Subspace, { point }: CauchyPoint, x: Float64Array, g: Float64Array, memory: LimitedMemory): void {
  for (let k = 0; k < r.length; k++) r[k] = -g[k]!;
  inverseTimes(memory, r, v);
  for (let k = 0; k < r.length; k++) r[k]! += x[k]! - point[k]!;
}

/** r becomes the Newton step d of the free coordinates, 0 elsewhere. */
function newtonStep(space: Subspace, cauchy: CauchyPoint, x: Float64Array, g: Float64Array, memory: LimitedMemory): void {
  const { r, v } = space;
  const { free, point, c } = cauchy;
  const { dimension: n, size, theta, S, Y } = memory;
  // r = -Z^T (g + theta (x^cp - x) - W M c), eq. 5.4.
  middleTimes(memory, c, v);
  for (let k = 0; k < n; k++) r[k] = free[k] === 1 ? -g[k]! - theta * (point[k]! - x[k]!) : 0;
  addW(r, free, v, theta, memory);
  for (let i = 0; i < size; i++) {
    const row = i * n;
    let y = 0;
    let s = 0;
    for (let k = 0; k < n; k++) {
      y += Y[row + k]! * r[k]!;
      s += S[row + k]! * r[k]!;
    }
    v[i] = y;
    v[size + i] = theta * s;
  }
  solveK(space, size, memory.capacity);
  const inverse = 1 / theta;
  for (let k = 0; k < n; k++) r[k]! *= inverse;
  for (let i = 0; i < 2 * size; i++) v[i]! *= inverse * inverse;
  addW(r, free, v, theta, memory);
}

/** r += Z Z^T W v. */
function addW(r: Float64Array, free: Uint8Array, v: Float64Array, theta: number, { dimension: n, size, S, Y }: LimitedMemory): void {
  for (let i = 0; i < size; i++) {
    const row = i * n;
    const byY = v[i]!;
    const byS = theta * v[size + i]!;
    for (let k = 0; k < n; k++) if (free[k] === 1) r[k]! += byY * Y[row + k]! + byS * S[row + k]!;
  }
}

/**
 * The projection of x^cp + d where that is a direction of descent, else as far along d as the box allows (Morales and Nocedal 2011, section
 * 2).
 */
function bringIntoBox(space: Subspace, { point: start }: CauchyPoint, x: Float64Array, g: Float64Array, bounds: Bounds): void {
  const { point, r } = space;
  const { lower, upper } = bounds;
  let outside = false;
  let slope = 0;
  for (let k = 0; k < point.length; k++) {
    const target = start[k]! + r[k]!;
    const inside = Math.min(Math.max(target, lower[k]!), upper[k]!);
    outside ||= inside !== target;
    point[k] = inside;
    slope += (inside - x[k]!) * g[k]!;
  }
  if (!outside || slope <= 0) return;
  const alpha = longestStep(start, r, bounds, 1);
  for (let k = 0; k < point.length; k++) point[k] = Math.min(Math.max(start[k]! + alpha * r[k]!, lower[k]!), upper[k]!);
}

/** Products over Z and A: the new pair's where only a pair was added since and the free set is the same, all of them otherwise. */
function updateProducts(space: Subspace, free: Uint8Array, memory: LimitedMemory): void {
  const { capacity, size, taken } = memory;
  const same = sameSet(space, free);
  const missed = taken - space.taken;
  let from = 0;
  if (same && missed === 0 && space.rows === size) from = size;
  else if (same && missed === 1 && size === space.rows + 1) from = size - 1;
  else if (same && missed === 1 && size === space.rows && size === capacity) {
    dropFirst(space.YZY, capacity);
    dropFirst(space.SAS, capacity);
    dropFirst(space.E, capacity);
    from = size - 1;
  } else space.free.set(free);
  for (let i = from; i < size; i++) addProducts(space, memory, i);
  space.rows = size;
  space.taken = taken;
}

/** Row and column i of the products, up to the diagonal. */
function addProducts({ YZY, SAS, E, free }: Subspace, { dimension: n, capacity, S, Y }: LimitedMemory, i: number): void {
  const newer = i * n;
  for (let j = 0; j <= i; j++) {
    const older = j * n;
    let yzy = 0;
    let sas = 0;
    let newOld = 0;
    let oldNew = 0;
    for (let k = 0; k < n; k++) {
      if (free[k] === 1) {
        yzy += Y[newer + k]! * Y[older + k]!;
        oldNew -= S[older + k]! * Y[newer + k]!;
      } else {
        sas += S[newer + k]! * S[older + k]!;
        newOld += S[newer + k]! * Y[older + k]!;
      }
    }
    YZY[i * capacity + j] = yzy;
    SAS[i * capacity + j] = sas;
    E[i * capacity + j] = newOld;
    E[j * capacity + i] = oldNew;
  }
}

function sameSet({ free: before }: Subspace, free: Uint8Array): boolean {
  for (let k = 0; k < free.length; k++) if (free[k] !== before[k]) return false;
  return true;
}

/** G G^T = P, F^T = G^-1 E^T, H H^T = Q + F F^T. */
function factorK({ YZY, SAS, E, G, F, H }: Subspace, { size, capacity, theta, SY }: LimitedMemory): boolean {
  for (let i = 0; i < size; i++) {
    const row = i * capacity;
    for (let j = 0; j <= i; j++) G[row + j] = YZY[row + j]! / theta;
    G[row + i]! += SY[row + i]!;
  }
  if (!factor(G, size, capacity)) return false;
  for (let i = 0; i < size; i++) {
    const row = i * capacity;
    for (let j = 0; j < size; j++) F[row + j] = E[row + j]!;
    solveForward(G, size, capacity, F, row);
    for (let j = 0; j <= i; j++) {
      const other = j * capacity;
      let sum = theta * SAS[row + j]!;
      for (let k = 0; k < size; k++) sum += F[row + k]! * F[other + k]!;
      H[row + j] = sum;
    }
  }
  return factor(H, size, capacity);
}

/** K v = v in place: with v = (v1, v2), (Q + E P^-1 E^T) b = v2 + E P^-1 v1 and P a = E^T b - v1. */
function solveK({ v, G, F, H }: Subspace, size: number, capacity: number): void {
  solveForward(G, size, capacity, v, 0); // G^-1 v1
  for (let i = 0; i < size; i++) {
    const row = i * capacity;
    let sum = v[size + i]!;
    for (let k = 0; k < size; k++) sum += F[row + k]! * v[k]!;
    v[size + i] = sum;
  }
  solveForward(H, size, capacity, v, size);
  solveBackward(H, size, capacity, v, size);
  for (let k = 0; k < size; k++) v[k] = -v[k]!;
  for (let i = 0; i < size; i++) {
    const row = i * capacity;
    const b = v[size + i]!;
    for (let k = 0; k < size; k++) v[k]! += F[row + k]! * b;
  }
  solveBackward(G, size, capacity, v, 0);
}
