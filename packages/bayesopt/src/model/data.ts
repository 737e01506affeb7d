/** What a Gaussian process is made of, and what it is fitted to. */
import type { Hyperparameter, Kernel } from "../kernels/kernel.ts";

/** The mean is a constant with prior N(0, 1), at its most probable value. `noise` is the variance of a measurement where it is learned. */
export type Model = { readonly kernel: Kernel; readonly noise: Hyperparameter | null };

/** The kernel's, and the noise last where it is learned. */
export function hyperparametersOf({ kernel, noise }: Model): readonly Hyperparameter[] {
  return noise === null ? kernel.hyperparameters : [...kernel.hyperparameters, noise];
}

export type Data = {
  /** Row-major n x d. */
  readonly x: Float64Array;
  /** Of length n. */
  readonly y: Float64Array;
  readonly d: number;
  /** The known part of each measurement's variance, or null where there is none. */
  readonly variance: Float64Array | null;
};
