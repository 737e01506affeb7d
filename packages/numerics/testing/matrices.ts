/**
 * Matrices for the tests: noise with the same bits everywhere, and the kinds on which factorisations are known to fail. Their entries
 * come from `Math.exp`, so that nothing of ours makes what judges ours.
 */

/** Numbers in [-1, 1) from a linear congruential generator (Numerical Recipes' ranqd1), the same for the same seed. */
export function noise(out: Float64Array, seed: number): void {
  let state = Math.imul(seed + 1, 747796405);
  for (let i = 0; i < out.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    out[i] = (state ^ (state >>> 13)) / 2147483648;
  }
}

/** Noise in all of `out`, then a symmetric, diagonally dominant matrix in its rows. */
export function positiveDefinite(out: Float64Array, n: number, stride: number, seed: number): void {
  noise(out, seed);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) out[j * stride + i] = out[i * stride + j]!;
    out[i * stride + i] = n + 1;
  }
}

/** The first index at which the bits differ (0 and -0 do), or -1: a printed difference of whole arrays would be too long to read. */
export function firstDifference(got: Float64Array, wanted: Float64Array): number {
  for (let i = 0; i < Math.max(got.length, wanted.length); i++) if (!Object.is(got[i], wanted[i])) return i;
  return -1;
}

const apart = Array.from({ length: 16 }, (_, k) => `pairs 1e-${k + 1} apart` as const);

/** Covariances of points that repeat or nearly do, matrices beyond the usual range, and what is no covariance at all. */
export const kinds = [
  ...["identity", "diagonal", "duplicates", "collinear", "clusters", "Hilbert", "zero row", "negative", "NaN", "infinite", "asymmetric"],
  ...apart,
] as const;

/** Fills `out` with n x n numbers of the kind, times `scale`. */
export function fillKind(out: Float64Array, n: number, kind: string, scale = 1): void {
  const entry = entryOf(kind, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = entry(i, j) * scale;
      out[i * n + j] = value;
      out[j * n + i] = value;
    }
  }
  if (kind === "asymmetric" && n > 1) out[n - 1]! += scale / 1024;
}

function entryOf(kind: string, n: number): (i: number, j: number) => number {
  const middle = n >> 1;
  const onLine = (position: (i: number) => number) => (i: number, j: number) => squaredExponential(position(i) - position(j));
  const at = (i: number, j: number, row: number, column: number): boolean => (i === row && j === column) || (i === column && j === row);
  const spread = onLine((i) => (10 * i) / Math.max(1, n - 1));
  if (kind === "identity") return (i, j) => Number(i === j);
  if (kind === "diagonal") return (i, j) => (i !== j ? 0 : i % 2 === 0 ? 1e150 : 1e-150);
  if (kind === "duplicates") return onLine((i) => 2 * (i >> 1));
  if (kind === "collinear") return spread;
  if (kind === "clusters") return onLine((i) => (i % 5) * 3 + (i / Math.max(1, n)) * 1e-6);
  if (kind === "Hilbert") return (i, j) => 1 / (i + j + 1);
  if (kind === "zero row") return (i, j) => (i === middle || j === middle ? 0 : spread(i, j));
  if (kind === "negative") return (i, j) => (at(i, j, middle, middle) ? -1 : spread(i, j));
  if (kind === "NaN") return (i, j) => (at(i, j, n - 1, middle) ? NaN : spread(i, j));
  if (kind === "infinite") return (i, j) => (at(i, j, n - 1, middle) ? Infinity : spread(i, j));
  if (kind === "asymmetric") return (i, j) => spread(i, j) + n * Number(i === j);
  const distance = Number(kind.split(" ")[1]);
  if (!(distance > 0)) throw new RangeError(`kind: expected one of ${kinds.join(", ")}, got ${kind}. Add it here.`);
  return onLine((i) => 2 * (i >> 1) + distance * (i & 1));
}

function squaredExponential(distance: number): number {
  return Math.exp((-distance * distance) / 2);
}
