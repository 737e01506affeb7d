import { describe, expect, it } from "vitest";
import { dot, draws, solve } from "../../testing/denseModel.ts";
import { factor, solveBackward, solveForward } from "./triangular.ts";

const n = 7;
const stride = 9;

/** R R^T + I, rows `stride` apart. */
function positiveDefinite(seed: number): Float64Array {
  const draw = draws(seed);
  const rows = Array.from({ length: n }, () => Float64Array.from({ length: n }, () => 2 * draw() - 1));
  const a = new Float64Array(n * stride);
  rows.forEach((left, i) => rows.forEach((right, j) => (a[i * stride + j] = dot(left, right) + (i === j ? 1 : 0))));
  return a;
}

describe("the small Cholesky factor", () => {
  it("multiplies to the matrix, and its two solves to the inverse", () => {
    const a = positiveDefinite(1);
    const l = a.slice();
    expect(factor(l, n, stride)).toBe(true);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const product = dot(l.subarray(i * stride, i * stride + j + 1), l.subarray(j * stride, j * stride + j + 1));
        expect(product).toBeCloseTo(a[i * stride + j]!, 13);
      }
    }
    const b = Float64Array.from({ length: n }, (_, i) => i - 2.5);
    const x = Float64Array.of(99, ...b);
    solveForward(l, n, stride, x, 1);
    solveBackward(l, n, stride, x, 1);
    const packed = Float64Array.from({ length: n * n }, (_, k) => a[Math.floor(k / n) * stride + (k % n)]!);
    solve(packed, b).forEach((one, i) => expect(x[i + 1]).toBeCloseTo(one, 12));
    expect(x[0]).toBe(99);
  });

  it.each([0, -1, NaN, Infinity])("is refused for a last pivot of %d", (pivot) => {
    const a = Float64Array.of(1, 0, 0, pivot);
    expect(factor(a, 2, 2)).toBe(false);
  });
});
