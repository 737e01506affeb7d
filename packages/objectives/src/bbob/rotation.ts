/**
 * The rotations of BBOB: a matrix of normals made orthogonal by Gram and Schmidt, and the linear maps built from two of them.
 * Matrices are flat, row-major, dimension x dimension.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, section 0.2 ("Q, R"); COCO (BSD-3).
 */
import { normals } from "./random.ts";

/**
 * An orthogonal matrix: the normals of `seed` column by column, orthonormalised in that order. One pass, as in COCO: a second would
 * be more orthogonal but another matrix.
 */
export function rotation(dimension: number, seed: number): Float64Array {
  const g = normals(dimension * dimension, seed);
  for (let j = 0; j < dimension; j++) {
    const column = g.subarray(j * dimension, (j + 1) * dimension);
    for (let earlier = 0; earlier < j; earlier++) {
      const direction = g.subarray(earlier * dimension, (earlier + 1) * dimension);
      const projection = dot(column, direction);
      for (let k = 0; k < dimension; k++) column[k] = column[k]! - projection * direction[k]!;
    }
    const length = Math.sqrt(dot(column, column));
    for (let k = 0; k < dimension; k++) column[k] = column[k]! / length;
  }
  return transpose(g, dimension);
}

/** left · diag(scales) · right. */
export function compose(left: Float64Array, scales: Float64Array, right: Float64Array): Float64Array {
  const dimension = scales.length;
  const out = new Float64Array(dimension * dimension);
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j < dimension; j++) {
      let sum = 0;
      for (let k = 0; k < dimension; k++) sum += left[i * dimension + k]! * scales[k]! * right[k * dimension + j]!;
      out[i * dimension + j] = sum;
    }
  }
  return out;
}

/** diag(scales) · matrix. */
export function scaleRows(scales: Float64Array, matrix: Float64Array): Float64Array {
  const dimension = scales.length;
  return matrix.map((entry, index) => scales[Math.floor(index / dimension)]! * entry);
}

export function transpose(matrix: Float64Array, dimension: number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let i = 0; i < dimension; i++) for (let j = 0; j < dimension; j++) out[i * dimension + j] = matrix[j * dimension + i]!;
  return out;
}

/** out <- matrix · x; `out` must not be `x`. */
export function apply(matrix: Float64Array, x: Float64Array, out: Float64Array): void {
  const dimension = out.length;
  for (let i = 0, entry = 0; i < dimension; i++) {
    let sum = 0;
    for (let j = 0; j < dimension; j++, entry++) sum += matrix[entry]! * x[j]!;
    out[i] = sum;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
