/**
 * Random orthogonal maps, uniform over the orthogonal group: a product of Householder reflections of ever shorter normal vectors and
 * a change of signs (G. W. Stewart, "The efficient generation of random orthogonal matrices with an application to condition
 * estimators", SIAM J. Numer. Anal. 17, 1980). Made in O(D^2) and applied in O(D^2), without forming the matrix.
 */
import { derive, type Key, stream } from "@caviar-hpo/core";

/** Both change `x` in place. */
export type Orthogonal = { readonly apply: (x: Float64Array) => void; readonly transpose: (x: Float64Array) => void };

export function randomOrthogonal(dimension: number, key: Key): Orthogonal {
  const draws = stream(derive(key, "orthogonal"));
  // Reflection k acts on the coordinates from k on; its unit vector stands at row k of a packed upper triangle.
  const vectors = Array.from({ length: dimension - 1 }, (_, k) => Float64Array.from({ length: dimension - k }, () => draws.normal()));
  const signs = Float64Array.from({ length: dimension }, (_, k) =>
    k < dimension - 1 ? -Math.sign(vectors[k]![0]!) : Math.sign(draws.normal()),
  );
  for (const vector of vectors) {
    vector[0]! += Math.sign(vector[0]!) * norm(vector);
    const length = norm(vector);
    for (let j = 0; j < vector.length; j++) vector[j]! /= length;
  }
  return {
    apply: (x) => {
      for (let k = 0; k < dimension; k++) x[k]! *= signs[k]!;
      for (let k = dimension - 2; k >= 0; k--) reflect(x, k, vectors[k]!);
    },
    transpose: (x) => {
      for (let k = 0; k < dimension - 1; k++) reflect(x, k, vectors[k]!);
      for (let k = 0; k < dimension; k++) x[k]! *= signs[k]!;
    },
  };
}

/** (I - 2 v v^T) on the coordinates of x from `start` on; v of length 1. */
function reflect(x: Float64Array, start: number, v: Float64Array): void {
  let projection = 0;
  for (let j = 0; j < v.length; j++) projection += v[j]! * x[start + j]!;
  for (let j = 0; j < v.length; j++) x[start + j]! -= 2 * projection * v[j]!;
}

function norm(v: Float64Array): number {
  let squares = 0;
  for (let j = 0; j < v.length; j++) squares += v[j]! * v[j]!;
  return Math.sqrt(squares);
}
