/**
 * The landscape of a shape whose minimum is at (1, …, 1), seen through z = c Q x + 1/2 with c = max(1, √D/8), as in functions 9 and
 * 19: the optimum is not drawn but follows, x* = Qᵀ 1/(2c).
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, functions 9 and 19; COCO (BSD-3).
 */
import { rotationQ } from "./instance.ts";
import type { Landscape } from "./landscape.ts";
import { apply, transpose } from "./rotation.ts";

export function rotatedOntoOnes(shape: (z: Float64Array) => number, dimension: number, seed: number): Landscape {
  const c = Math.max(1, Math.sqrt(dimension) / 8);
  const rotation = rotationQ(dimension, seed);
  const minimiser = new Float64Array(dimension);
  apply(transpose(rotation, dimension), new Float64Array(dimension).fill(0.5 / c), minimiser);
  const z = new Float64Array(dimension);
  const excess = (x: Float64Array): number => {
    apply(rotation, x, z);
    for (let k = 0; k < dimension; k++) z[k] = c * z[k]! + 0.5;
    return shape(z);
  };
  return { minimiser, excess };
}
