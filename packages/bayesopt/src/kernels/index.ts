/** Kernels of a Gaussian process, what kernels are made of, and the priors of their hyperparameters. */

export { flat, gamma, logNormal, type Prior } from "../process/prior.ts";
export { ard, isotropic, plane } from "../regression/kernels.ts";
export { type DecayOptions, decay } from "./decay.ts";
export type { BoundKernel, Hyperparameter, Kernel, KernelRoom } from "./kernel.ts";
export { linear } from "./linear.ts";
export { type HyperparameterValues, type PairwiseKernel, type PairwiseSlope, pointwise, squaredDistance } from "./pointwise.ts";
export { product } from "./product.ts";
export { type StationaryOptions, stationary } from "./stationary.ts";
export { sum } from "./sum.ts";
