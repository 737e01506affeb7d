/**
 * The basic shapes that several BBOB functions share once their argument is transformed; each is zero at its minimum and at least
 * zero everywhere.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829; COCO (BSD-3).
 */
import { cos, pow, sin } from "@caviar-hpo/numerics";

/** Σ z_k². */
export function sumOfSquares(z: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < z.length; k++) sum += z[k]! * z[k]!;
  return sum;
}

/** Σ w_k z_k². */
export function weightedSquares(weights: Float64Array, z: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < z.length; k++) sum += weights[k]! * z[k]! * z[k]!;
  return sum;
}

/** 10 (D - Σ cos 2π z_k). */
export function ripples(z: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < z.length; k++) sum += cos(2 * Math.PI * z[k]!);
  return 10 * (z.length - sum);
}

/** 10 (D - Σ cos 2π z_k) + Σ z_k²; minimum at zero. */
export function rastrigin(z: Float64Array): number {
  return ripples(z) + sumOfSquares(z);
}

/** Σ 100 (z_k² - z_{k+1})² + (z_k - 1)²; minimum at one. */
export function rosenbrock(z: Float64Array): number {
  let sum = 0;
  for (let k = 0; k + 1 < z.length; k++) sum += rosenbrockTerm(z[k]!, z[k + 1]!);
  return sum;
}

/** 10 + 10/(D-1) Σ (s_k/4000 - cos s_k) with the terms s_k of Rosenbrock's sum; minimum at one. */
export function griewankRosenbrock(z: Float64Array): number {
  let sum = 0;
  for (let k = 0; k + 1 < z.length; k++) {
    const s = rosenbrockTerm(z[k]!, z[k + 1]!);
    sum += s / 4000 - cos(s);
  }
  return 10 + (10 * sum) / (z.length - 1);
}

/** (1/(D-1) Σ √s_k (1 + sin²(50 s_k^(1/5))))², s_k = √(z_k² + z_{k+1}²); minimum at zero. */
export function schaffers(z: Float64Array): number {
  let sum = 0;
  for (let k = 0; k + 1 < z.length; k++) {
    const s = Math.sqrt(z[k]! * z[k]! + z[k + 1]! * z[k + 1]!);
    const wave = sin(50 * pow(s, 0.2));
    sum += Math.sqrt(s) * (1 + wave * wave);
  }
  const mean = sum / (z.length - 1);
  return mean * mean;
}

function rosenbrockTerm(z: number, next: number): number {
  const valley = z * z - next;
  const slope = z - 1;
  return 100 * valley * valley + slope * slope;
}
