import { describe, expect, it } from "vitest";
import { cholesky } from "./cholesky.ts";
import { logDeterminant } from "./logDeterminant.ts";

describe("the log-determinant", () => {
  it("of Hilbert's matrix of order 5 is -ln 266716800000", () => {
    const a = Float64Array.from({ length: 25 }, (_, index) => 1 / (Math.floor(index / 5) + (index % 5) + 1));
    expect(cholesky(a, 5)).toEqual({ kind: "factored", jitter: 0 });
    expect(logDeterminant(a, 5)).toBeCloseTo(-Math.log(266716800000), 10);
  });

  it("is finite where the determinant is not", () => {
    const n = 40;
    const l = Float64Array.from({ length: n * (n + 2) }, (_, index) => (index % (n + 3) === 0 ? 1e100 : NaN));
    expect(logDeterminant(l, n, n + 2)).toBeCloseTo(2 * n * 100 * Math.LN10, 8);
  });

  it("of no matrix is 0", () => {
    expect(logDeterminant(new Float64Array(0), 0)).toBe(0);
  });
});
