import { describe, expect, it } from "vitest";
import { fillKind, noise, positiveDefinite } from "../../testing/matrices.ts";
import { columnNorm } from "../../testing/ratios.ts";
import { allocate } from "../wasm/block.ts";
import { cholesky } from "./cholesky.ts";
import { inverseFromCholesky } from "./inverse.ts";
import { multiplyTransposed } from "./multiply.ts";
import { reciprocalCondition } from "./reciprocalCondition.ts";

/** The estimate over 1 / (||A||_1 ||A^-1||_1) with the inverse at hand: never below 1 but for rounding. */
function overTrue(a: Float64Array, n: number): number {
  const [factor, inverse] = allocate(n * n, n * n) as [Float64Array, Float64Array];
  factor.set(a);
  expect(cholesky(factor, n)).toEqual({ kind: "factored", jitter: 0 });
  inverseFromCholesky(factor, n, inverse);
  return reciprocalCondition(factor, n) * columnNorm(a, n, n) * columnNorm(inverse, n, n);
}

describe("the estimate of the reciprocal condition", () => {
  it("is exact for diagonal matrices, 1 for the identity and for no matrix", () => {
    expect(reciprocalCondition(new Float64Array(0), 0)).toBe(1);
    expect(reciprocalCondition(Float64Array.of(3), 1)).toBe(1);
    expect(reciprocalCondition(Float64Array.of(1, 0, 0, 1), 2)).toBe(1);
    expect(reciprocalCondition(Float64Array.of(1, 0, 0, 1024), 2)).toBe(2 ** -20);
  });

  it("errs by little, and only upwards, on random matrices", () => {
    for (let seed = 0; seed < 200; seed++) {
      const n = 2 + (seed % 19);
      const [root, a] = allocate(n * n, n * n) as [Float64Array, Float64Array];
      noise(root, seed);
      multiplyTransposed(root, a, n, n);
      for (let i = 0; i < n; i++) a[i * n + i]! += 1e-3;
      const ratio = overTrue(a, n);
      expect(ratio).toBeGreaterThan(1 - 1e-9);
      expect(ratio).toBeLessThan(2);
    }
  });

  it("tells a nearly singular covariance from a harmless one", () => {
    const n = 60;
    const [a] = allocate(n * n) as [Float64Array];
    fillKind(a, n, "pairs 1e-5 apart");
    const ratio = overTrue(a, n);
    expect(ratio).toBeGreaterThan(0.99);
    expect(ratio).toBeLessThan(2);
    cholesky(a, n);
    expect(reciprocalCondition(a, n)).toBeLessThan(1e-10);
    positiveDefinite(a, n, n, 1);
    cholesky(a, n);
    expect(reciprocalCondition(a, n)).toBeGreaterThan(0.1);
  });

  it("is 0 where the condition overflows", () => {
    expect(reciprocalCondition(Float64Array.of(1e150, 0, 0, 1e-150), 2)).toBe(0);
  });
});
