/**
 * Kernels as an algebra: leaves (`stationary`, `linear`) closed under `sum` and `product`. A kernel is bound once to its training
 * points and to the memory it works in; from then on nothing is allocated. Derivatives come contracted with weights, which is all
 * that the marginal likelihood, tr(W dK/du), and an acquisition, sum_i w_ij dk(x_i, z_j)/dz_j, ever need.
 *
 * | symbol | meaning                                                   | shape            |
 * |--------|-----------------------------------------------------------|------------------|
 * | x      | training points                                           | row-major n x d  |
 * | z      | query points                                              | row-major m x d  |
 * | u      | hyperparameters, ln of their values, in order             | count            |
 */
import type { Prior } from "../process/prior.ts";

/** Searched as u = ln(value), between ln(low) and ln(high). */
export type Hyperparameter = {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly start: number;
  readonly prior: Prior;
};

/** The most training and query points that a binding is made for, and the dimension of both. */
export type KernelRoom = { readonly n: number; readonly m: number; readonly d: number };

export type Kernel = {
  readonly hyperparameters: readonly Hyperparameter[];
  /** Doubles of memory that a binding needs. */
  memory(room: KernelRoom): number;
  /** @param memory of that length, best in the WebAssembly block that `gram` and `cross` write to. */
  bind(x: Float64Array, room: KernelRoom, memory: Float64Array): BoundKernel;
};

export type BoundKernel = {
  /** Takes the hyperparameters, and how many rows of x count from now on. */
  set(u: Float64Array, n: number): void;
  /** Takes rows of x that have come since. */
  extend(n: number): void;
  /** out = k(x, x), row-major n x n, rows `stride` apart. */
  gram(out: Float64Array, stride: number): void;
  /** out_p += sum_ij w_ij dk(x_i, x_j)/du_p; weights symmetric, rows `stride` apart. */
  gramGradient(weights: Float64Array, stride: number, out: Float64Array): void;
  /** out = k(x, z), row-major n x m. */
  cross(z: Float64Array, m: number, out: Float64Array): void;
  /** out += sum_i w_ij dk(x_i, z_j)/dz_j, row-major m x d; weights row-major n x m. */
  crossGradient(z: Float64Array, m: number, weights: Float64Array, out: Float64Array): void;
  /** out_j = k(z_j, z_j). */
  diagonal(z: Float64Array, m: number, out: Float64Array): void;
  /** out += w_j dk(z_j, z_j)/dz_j, row-major m x d. */
  diagonalGradient(z: Float64Array, m: number, weights: Float64Array, out: Float64Array): void;
};
