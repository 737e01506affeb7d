/**
 * What makes one instance of a BBOB function differ from the next: the seed, the optimal value f*, the place x* of the optimum
 * before a function changes it, and the two rotations.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, section 0.1; COCO (BSD-3).
 */
import { normals, uniforms } from "./random.ts";
import { rotation } from "./rotation.ts";

/** The Schaffers functions and the two Rastrigin functions share seeds in pairs, so they share f* too. */
export function seedOf(functionNumber: number, instance: number): number {
  const base = functionNumber === 4 ? 3 : functionNumber === 18 ? 17 : functionNumber;
  return base + 10000 * instance;
}

/** f*: the quotient of two normals, which is Cauchy distributed, rounded to hundredths and clamped to ±1000. */
export function optimalValue(seed: number): number {
  const quotient = normals(1, seed)[0]! / normals(1, seed + 1)[0]!;
  return Math.min(1000, Math.max(-1000, Math.floor(10000 * quotient + 0.5) / 100));
}

/** x*: uniform on [-4, 4]^D in steps of 0.0008, never exactly zero. */
export function optimalPoint(dimension: number, seed: number): Float64Array {
  return uniforms(dimension, seed).map((u) => {
    const coordinate = (8 * Math.floor(10000 * u)) / 10000 - 4;
    return coordinate === 0 ? -1e-5 : coordinate;
  });
}

export function rotationR(dimension: number, seed: number): Float64Array {
  return rotation(dimension, seed + 1000000);
}

export function rotationQ(dimension: number, seed: number): Float64Array {
  return rotation(dimension, seed);
}
