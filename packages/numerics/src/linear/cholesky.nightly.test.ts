/** Row F1 of the fault matrix by night: all small orders on other scales, and orders 2000 and 5000, judged on every tenth row. */

import { describe, expect, it } from "vitest";
import { fillKind, firstDifference, kinds } from "../../testing/matrices.ts";
import { allocate } from "../wasm/block.ts";
import { cholesky } from "./cholesky.ts";
import { multiply } from "./multiply.ts";

const faults: readonly string[] = ["negative", "NaN", "infinite", "asymmetric"];

/** The largest of every `every`-th row sum of |L L^T - A - jitter I|, over what rounding may cost. */
function ratioOfSomeRows(factor: Float64Array, source: Float64Array, n: number, jitter: number, every: number): number {
  const rows = Math.ceil(n / every);
  const [l, some, product] = allocate(n * n, n * rows, n * rows) as [Float64Array, Float64Array, Float64Array];
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) l[i * n + j] = factor[i * n + j]!;
  for (let r = 0; r < rows; r++) for (let k = 0; k < n; k++) some[k * rows + r] = l[r * every * n + k]!;
  multiply(l, some, product, n, n, rows);
  let residual = 0;
  let norm = 0;
  for (let i = 0; i < n; i++)
    norm = Math.max(
      norm,
      source.subarray(i * n, (i + 1) * n).reduce((sum, value) => sum + Math.abs(value), 0),
    );
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.abs(product[i * rows + r]! - source[i * n + r * every]! - (i === r * every ? jitter : 0));
    residual = Math.max(residual, sum);
  }
  return residual === 0 ? 0 : residual / (n * norm * Number.EPSILON);
}

function check(n: number, kind: string, scale: number, every: number): void {
  const [a, source] = allocate(n * n, n * n) as [Float64Array, Float64Array];
  fillKind(source, n, kind, scale);
  a.set(source);
  const outcome = cholesky(a, n);
  if (faults.includes(kind) && n > 1) {
    expect(outcome.kind).toBe("failed");
    expect(firstDifference(a, source)).toBe(-1);
  } else if (n > 1) {
    if (outcome.kind === "failed") throw new Error(outcome.reason);
    let mean = 0;
    for (let i = 0; i < n; i++) mean += source[i * n + i]! / n;
    expect(outcome.jitter).toBeLessThanOrEqual(10.001 * n * Number.EPSILON * mean);
    expect(ratioOfSomeRows(a, source, n, outcome.jitter, every)).toBeLessThan(30);
  }
}

describe.each([1e-8, 1e8])("entries times %d", (scale) => {
  describe.each([0, 1, 2, 3, 5, 10, 50, 200, 1000])("order %i", (n) => {
    it.each(kinds)("%s", (kind) => check(n, kind, scale, 1));
  });
});

describe.each([2000, 5000])("order %i", (n) => {
  it.each(kinds)("%s", (kind) => check(n, kind, 1, 10));
});
