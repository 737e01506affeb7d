/**
 * Operations on a row-major matrix that has one column per prediction. The result of a column depends on that column alone, to the bit.
 * Shapes that do not fit throw RangeError.
 */

import { blockOf, borrow } from "../wasm/block.ts";
import { requireMatrix } from "./shapes.ts";

/** out[j] += the sum of weights[i] c[i, j] over the rows i, from the first to the last. c is row-major n x m. */
export function addWeightedRows(weights: Float64Array, c: Float64Array, n: number, m: number, out: Float64Array): void {
  requireMatrix("weights", weights, 1, n, n);
  requireMatrix("c", c, n, m, m);
  requireMatrix("out", out, 1, m, m);
  const block = blockOf(weights, c, out);
  if (block === null) {
    const [inWeights, inC, inOut] = borrow(weights, c, out);
    addWeightedRows(inWeights!, inC!, n, m, inOut!);
    out.set(inOut!);
    return;
  }
  block.kernels.addWeightedRows(weights.byteOffset, c.byteOffset, n, m, out.byteOffset);
}

/** out[j] -= c[i, j]^2 for each row i, in order. c is row-major n x m. */
export function subtractSquares(c: Float64Array, n: number, m: number, out: Float64Array): void {
  requireMatrix("c", c, n, m, m);
  requireMatrix("out", out, 1, m, m);
  const block = blockOf(c, out);
  if (block === null) {
    const [inC, inOut] = borrow(c, out);
    subtractSquares(inC!, n, m, inOut!);
    out.set(inOut!);
    return;
  }
  block.kernels.subtractSquares(c.byteOffset, n, m, out.byteOffset);
}

/** out[j] = the maximum of out[j] and scales[i] c[i, j]^2 over all rows i. c is row-major n x m. */
export function greatestSquares(scales: Float64Array, c: Float64Array, n: number, m: number, out: Float64Array): void {
  requireMatrix("scales", scales, 1, n, n);
  requireMatrix("c", c, n, m, m);
  requireMatrix("out", out, 1, m, m);
  const block = blockOf(scales, c, out);
  if (block === null) {
    const [inScales, inC, inOut] = borrow(scales, c, out);
    greatestSquares(inScales!, inC!, n, m, inOut!);
    out.set(inOut!);
    return;
  }
  block.kernels.greatestSquares(scales.byteOffset, c.byteOffset, n, m, out.byteOffset);
}

/** c[i, j] = factors[j] c[i, j] + weights[i] others[j]. c is row-major n x m. */
export function combineRows(
  factors: Float64Array,
  c: Float64Array,
  weights: Float64Array,
  others: Float64Array,
  n: number,
  m: number,
): void {
  requireMatrix("factors", factors, 1, m, m);
  requireMatrix("c", c, n, m, m);
  requireMatrix("weights", weights, 1, n, n);
  requireMatrix("others", others, 1, m, m);
  const block = blockOf(factors, c, weights, others);
  if (block === null) {
    const [inFactors, inC, inWeights, inOthers] = borrow(factors, c, weights, others);
    combineRows(inFactors!, inC!, inWeights!, inOthers!, n, m);
    c.set(inC!);
    return;
  }
  block.kernels.combineRows(factors.byteOffset, c.byteOffset, weights.byteOffset, others.byteOffset, n, m);
}
