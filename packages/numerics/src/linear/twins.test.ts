/** The WebAssembly kernels against their plain twins, to the bit, at awkward sizes and strides. */

import { describe, expect, it } from "vitest";
import { firstDifference, noise, positiveDefinite } from "../../testing/matrices.ts";
import { allocate } from "../wasm/block.ts";
import { appendRows, cholesky } from "./cholesky.ts";
import * as choleskyTwin from "./cholesky.twin.ts";
import { inverseFromCholesky } from "./inverse.ts";
import * as inverseTwin from "./inverse.twin.ts";
import { multiply, multiplyTransposed } from "./multiply.ts";
import * as multiplyTwin from "./multiply.twin.ts";
import { solveLower, solveLowerTransposed } from "./solve.ts";
import * as solveTwin from "./solve.twin.ts";

const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 31, 33, 50, 64, 65, 97, 200, 331];

function expectSameBits(got: Float64Array, wanted: Float64Array): void {
  expect(firstDifference(got, wanted)).toBe(-1);
}

describe.each(sizes)("at n = %i", (n) => {
  for (const stride of [n, n + 3]) {
    it(`the factor has the twin's bits, rows ${stride} apart`, () => {
      const [a] = allocate(n * stride);
      positiveDefinite(a!, n, stride, 1);
      const wanted = a!.slice();
      expect(choleskyTwin.factorRows(wanted, 0, n, stride)).toBe(true);
      expect(cholesky(a!, n, { stride })).toEqual({ kind: "factored", jitter: 0 });
      expectSameBits(a!, wanted);
    });

    it(`the solves have the twins' bits, rows ${stride} apart`, () => {
      for (const columns of [1, 2, 3, 4, 5, 8, 11, 64, 67, 130]) {
        const [l, b] = allocate(n * stride, n * columns);
        positiveDefinite(l!, n, stride, 2);
        choleskyTwin.factorRows(l!, 0, n, stride);
        noise(b!, columns);
        const right = b!.slice();
        const wanted = b!.slice();
        solveTwin.forward(l!, n, wanted, columns, stride);
        solveLower(l!, n, b!, columns, stride);
        expectSameBits(b!, wanted);
        wanted.set(right);
        solveTwin.backward(l!, n, wanted, columns, stride);
        b!.set(right);
        solveLowerTransposed(l!, n, b!, columns, stride);
        expectSameBits(b!, wanted);
      }
    });

    it(`the inverse has the twin's bits, rows ${stride} apart`, () => {
      const [l, out] = allocate(n * stride, n * stride);
      positiveDefinite(l!, n, stride, 3);
      choleskyTwin.factorRows(l!, 0, n, stride);
      out!.fill(NaN);
      const wanted = out!.slice();
      inverseTwin.inverse(l!, n, wanted, stride);
      inverseFromCholesky(l!, n, out!, stride);
      expectSameBits(out!, wanted);
    });
  }

  it("rows that are appended have the bits of factoring the whole", () => {
    const stride = n + 1;
    const [whole, grown] = allocate(n * stride, n * stride);
    for (const from of [0, 1, Math.floor(n / 2), n - 9, n - 4, n - 1, n].filter((from) => from >= 0 && from <= n)) {
      positiveDefinite(whole!, n, stride, 4);
      grown!.set(whole!);
      cholesky(whole!, n, { stride, jitter: 0.5 });
      cholesky(grown!, from, { stride, jitter: 0.5 });
      expect(appendRows(grown!, from, n - from, { stride, jitter: 0.5 })).toEqual({ kind: "factored", jitter: 0.5 });
      expectSameBits(grown!, whole!);
    }
  });

  it("the products have the twins' bits", () => {
    for (const [rows, inner] of [
      [n, n],
      [5, n],
      [n, 3],
      [n, 300],
    ] as const) {
      const [a, b, out, square] = allocate(rows * inner, inner * n, rows * n, rows * rows);
      noise(a!, 1);
      noise(b!, 2);
      noise(out!, 3);
      const wanted = out!.slice();
      multiplyTwin.product(a!, b!, wanted, rows, inner, n);
      multiply(a!, b!, out!, rows, inner, n);
      expectSameBits(out!, wanted);
      noise(square!, 4);
      const wantedSquare = square!.slice();
      multiplyTwin.productWithTranspose(a!, wantedSquare, rows, inner);
      multiplyTransposed(a!, square!, rows, inner);
      expectSameBits(square!, wantedSquare);
    }
  });
});
