/** Row F1 of the fault matrix: every size with every kind of matrix, judged by LAPACK's ratios; then the promises one by one. */

import { describe, expect, it } from "vitest";
import { fillKind, firstDifference, kinds, noise, positiveDefinite } from "../../testing/matrices.ts";
import { factorRatio, solveRatio } from "../../testing/ratios.ts";
import { allocate } from "../wasm/block.ts";
import { appendRows, cholesky } from "./cholesky.ts";
import { inverseFromCholesky } from "./inverse.ts";
import { logDeterminant } from "./logDeterminant.ts";
import { multiply, multiplyTransposed } from "./multiply.ts";
import { reciprocalCondition } from "./reciprocalCondition.ts";
import { solveLower, solveLowerTransposed } from "./solve.ts";

/** What LAPACK's own tests take for the limit. */
const RATIO = 30;
const faults: { readonly [kind: string]: string } = {
  negative: "notPositiveDefinite",
  NaN: "notFinite",
  infinite: "notFinite",
  asymmetric: "notSymmetric",
};

describe.each([0, 1, 2, 3, 5, 10, 50, 200, 1000])("a matrix of order %i", (n) => {
  it.each(kinds)("%s: is factored within LAPACK's ratio, or its fault is named and it stays as it was", (kind) => {
    const [a, source] = allocate(n * n, n * n) as [Float64Array, Float64Array];
    fillKind(source, n, kind);
    a.set(source);
    const outcome = cholesky(a, n);
    const fault =
      n === 0 || (n === 1 && kind === "asymmetric") ? undefined : n === 1 && kind === "zero row" ? "notPositiveDefinite" : faults[kind];
    if (fault !== undefined) {
      expect(outcome).toEqual({ kind: "failed", reason: fault });
      expect(firstDifference(a, source)).toBe(-1);
      return;
    }
    if (outcome.kind === "failed") throw new Error(outcome.reason);
    const mean = meanOfDiagonal(source, n);
    // Within two steps of the ladder, far below its end at 1e-6.
    expect(outcome.jitter).toBeLessThanOrEqual(10.001 * n * Number.EPSILON * mean);
    if (kind === "identity" || kind === "diagonal") expect(outcome.jitter).toBe(0);
    judge(a, source, n, outcome.jitter, n <= 200);
  });
});

function meanOfDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[i * n + i]! / n;
  return sum;
}

/** The factor, a solve and, where asked, the inverse and the log-determinant, by their residuals; the triangle above the factor is A's. */
function judge(factor: Float64Array, source: Float64Array, n: number, jitter: number, more: boolean): void {
  const columns = 3;
  const [a, l, product, x, right] = allocate(n * n, n * n, n * n, n * columns, n * columns) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (j <= i) l[i * n + j] = factor[i * n + j]!;
      else if (factor[i * n + j] !== source[i * n + j]) expect(factor[i * n + j]).toBe(source[i * n + j]);
    }
  }
  a.set(source);
  multiplyTransposed(l, product, n, n);
  expect(factorRatio(product, source, n, jitter)).toBeLessThan(RATIO);

  noise(right, n);
  x.set(right);
  solveLower(factor, n, x, columns);
  solveLowerTransposed(factor, n, x, columns);
  const solution = x.slice();
  for (let i = 0; i < x.length; i++) x[i] = -x[i]!;
  multiply(a, x, right, n, n, columns);
  expect(solveRatio(right, source, solution, n, columns, jitter)).toBeLessThan(RATIO);

  if (!more) return;
  inverseFromCholesky(factor, n, l);
  const inverse = l.slice();
  for (let i = 0; i < l.length; i++) l[i] = -l[i]!;
  product.fill(0);
  for (let i = 0; i < n; i++) product[i * n + i] = 1;
  multiply(a, l, product, n, n, n);
  expect(solveRatio(product, source, inverse, n, n, jitter)).toBeLessThan(RATIO);

  const condition = 1 / reciprocalCondition(factor, n);
  const scale = n * Number.EPSILON * Math.min(condition, 1e300);
  if (scale < 0.01) expect(Math.abs(logDeterminant(factor, n) - eliminated(source, n, jitter))).toBeLessThanOrEqual(RATIO * n * scale);
}

/** ln det (A + jitter I) by Gaussian elimination, which needs no square root: another way to the same number. */
function eliminated(source: Float64Array, n: number, jitter: number): number {
  const u = source.slice();
  let sum = 0;
  for (let k = 0; k < n; k++) u[k * n + k]! += jitter;
  for (let k = 0; k < n; k++) {
    const pivot = u[k * n + k]!;
    sum += Math.log(pivot);
    for (let i = k + 1; i < n; i++) {
      const factor = u[i * n + k]! / pivot;
      for (let j = k + 1; j < n; j++) u[i * n + j]! -= factor * u[k * n + j]!;
    }
  }
  return sum;
}

describe("jitter", () => {
  const n = 20;
  const copies = (diagonal: number, scale = 1): Float64Array =>
    Float64Array.from({ length: n * n }, (_, index) => (index % (n + 1) === 0 ? diagonal : 1) * scale);

  it("is n eps mean(diag) where none will not do, on whatever scale", () => {
    for (const scale of [2 ** -26, 1, 2 ** 26]) {
      const outcome = cholesky(copies(1, scale), n);
      expect(outcome.kind === "factored" && outcome.jitter / scale).toBeCloseTo(n * Number.EPSILON, 25);
    }
  });

  it("grows tenfold until it does", () => {
    const step = n * Number.EPSILON;
    const shortfall = 5 * step;
    const outcome = cholesky(copies(1 - shortfall), n);
    expect(outcome.kind === "factored" && outcome.jitter / step).toBeCloseTo(10, 6);
  });

  it("begins with what the caller asks, which the diagonal bears", () => {
    const a = Float64Array.of(4, 2, 2, 3);
    expect(cholesky(a, 2, { jitter: 5 })).toEqual({ kind: "factored", jitter: 5 });
    expect(a[0]).toBe(3);
    expect(a[2]).toBe(2 / 3);
  });

  it("ends at 1e-6 mean(diag), the last step being that", () => {
    const barely = cholesky(copies(1 - 0.9e-6), n);
    expect(barely).toEqual({ kind: "factored", jitter: 1e-6 * meanOfDiagonal(copies(1 - 0.9e-6), n) });
    expect(cholesky(copies(1 - 1.1e-6), n)).toEqual({ kind: "failed", reason: "notPositiveDefinite" });
  });

  it("is not tried where the mean of the diagonal is not positive", () => {
    expect(cholesky(new Float64Array(9), 3)).toEqual({ kind: "failed", reason: "notPositiveDefinite" });
  });
});

describe("a pivot", () => {
  it("of zero is refused in whatever row it comes", () => {
    for (let n = 2; n <= 9; n++) {
      for (let place = 0; place < n; place++) {
        const a = Float64Array.from({ length: n * n }, (_, index) => Number(index % (n + 1) === 0 && index !== place * (n + 1)));
        const outcome = cholesky(a, n);
        expect(outcome.kind === "factored" && outcome.jitter > 0).toBe(true);
        expect(a[place * (n + 1)]).toBeGreaterThan(0);
      }
    }
  });

  it("beyond the largest double is refused, as where jitter is too large", () => {
    const a = Float64Array.of(Number.MAX_VALUE);
    expect(cholesky(a, 1, { jitter: Number.MAX_VALUE })).toEqual({ kind: "failed", reason: "notPositiveDefinite" });
    expect(a[0]).toBe(Number.MAX_VALUE);
  });
});

describe("appending rows", () => {
  it("copies the covariances above the diagonal, where the next factorisation looks for them", () => {
    const n = 23;
    const [whole, grown] = allocate(n * n, n * n) as [Float64Array, Float64Array];
    positiveDefinite(whole, n, n, 8);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) grown[i * n + j] = i < 15 && j < 15 ? whole[i * n + j]! : j <= i ? whole[i * n + j]! : NaN;
    cholesky(grown, 15, { stride: n });
    appendRows(grown, 15, 5, { stride: n });
    appendRows(grown, 20, 3, { stride: n });
    cholesky(whole, n);
    expect(firstDifference(grown, whole)).toBe(-1);
  });

  it("reports what is not finite or not positive definite, and leaves the new rows as they were", () => {
    for (const [value, reason] of [
      [Infinity, "notFinite"],
      [NaN, "notFinite"],
      [1e3, "notPositiveDefinite"],
    ] as const) {
      for (const count of [1, 2, 6]) {
        const n = 30;
        const [l] = allocate(n * n) as [Float64Array];
        positiveDefinite(l, n, n, 5);
        cholesky(l, n - count);
        l[(n - 1) * n + 3] = value;
        const before = l.slice();
        expect(appendRows(l, n - count, count)).toEqual({ kind: "failed", reason });
        for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) expect(l[i * n + j]).toBe(before[i * n + j]);
      }
    }
  });

  it("one at a time from nothing gives the bits of one factorisation", () => {
    const n = 45;
    const [whole, grown] = allocate(n * n, n * n) as [Float64Array, Float64Array];
    fillKind(whole, n, "collinear");
    grown.set(whole);
    const jitter = 1e-10;
    expect(cholesky(whole, n, { jitter })).toEqual({ kind: "factored", jitter });
    for (let i = 0; i < n; i++) expect(appendRows(grown, i, 1, { stride: n, jitter })).toEqual({ kind: "factored", jitter });
    expect(firstDifference(grown, whole)).toBe(-1);
  });
});

describe("arrays from elsewhere", () => {
  const n = 37;
  const [a, b, out, sum] = allocate(n * n, n * 5, n * n, n * n) as [Float64Array, Float64Array, Float64Array, Float64Array];

  it("give the bits of arrays of a block, for every function", () => {
    positiveDefinite(a, n, n, 6);
    noise(b, 7);
    const [plainA, plainB, plainOut] = [a.slice(), b.slice(), out.slice()] as const;
    expect(cholesky(plainA, n)).toEqual(cholesky(a, n));
    solveLower(a, n, b, 5);
    solveLower(plainA, n, plainB, 5);
    solveLowerTransposed(a, n, b, 5);
    solveLowerTransposed(plainA, n, plainB, 5);
    inverseFromCholesky(a, n, out);
    inverseFromCholesky(plainA, n, plainOut);
    expect([firstDifference(plainA, a), firstDifference(plainB, b), firstDifference(plainOut, out)]).toEqual([-1, -1, -1]);
    const plainSum = sum.slice();
    multiply(a, out, sum, n, n, n);
    multiply(plainA, plainOut, plainSum, n, n, n);
    expect(firstDifference(plainSum, sum)).toBe(-1);
    multiplyTransposed(b, out, n, 5);
    multiplyTransposed(plainB, plainOut, n, 5);
    expect(firstDifference(plainOut, out)).toBe(-1);
    expect(logDeterminant(plainA, n)).toBe(logDeterminant(a, n));
    expect(reciprocalCondition(plainA, n)).toBe(reciprocalCondition(a, n));
  });

  it("stay as they were when the factorisation fails", () => {
    const plain = Float64Array.of(1, 2, 2, 1);
    expect(cholesky(plain, 2)).toEqual({ kind: "failed", reason: "notPositiveDefinite" });
    expect(plain).toEqual(Float64Array.of(1, 2, 2, 1));
  });
});

describe("shapes that do not fit", () => {
  it("throw before anything is touched", () => {
    const a = new Float64Array(8);
    expect(() => cholesky(a, 3)).toThrow(RangeError);
    expect(() => cholesky(a, 2, { stride: 1 })).toThrow("Rows must not overlap");
    expect(() => appendRows(a, 2, 1)).toThrow(RangeError);
    expect(() => appendRows(a, 2, -1)).toThrow(RangeError);
    expect(() => solveLower(a, 2, new Float64Array(3), 2)).toThrow(RangeError);
    expect(() => solveLowerTransposed(a, -1, a, 2)).toThrow(RangeError);
    expect(() => inverseFromCholesky(a, 2, new Float64Array(3))).toThrow(RangeError);
    expect(() => multiply(a, a, new Float64Array(3), 2, 2, 2)).toThrow(RangeError);
    expect(() => multiplyTransposed(a, new Float64Array(3), 2, 2)).toThrow(RangeError);
    expect(() => logDeterminant(a, 3)).toThrow(RangeError);
    expect(() => reciprocalCondition(a, 3)).toThrow(RangeError);
    expect(a).toEqual(new Float64Array(8));
  });
});
