/**
 * Kernels and their algebra: the leaves are `stationary` and `linear`, and `sum` and `product` combine kernels into new ones. A kernel is
 * bound once to its training points and to the memory it works in. After that it allocates nothing. Derivatives are returned as weighted
 * sums. The marginal likelihood, tr(W dK/du), and an acquisition, sum_i w_ij dk(x_i, z_j)/dz_j, need nothing else.
 *
 * | symbol | meaning                                                   | shape            |
 * |--------|-----------------------------------------------------------|------------------|
 * | x      | training points                                           | row-major n x d  |
 * | z      | query points                                              | row-major m x d  |
 * | u      | hyperparameters, ln of their values, in order             | count            |
 */
import type { Prior } from "../process/prior.ts";

/** A positive number that the fit chooses. The search is over u = ln(value), from ln(start), between ln(low) and ln(high). */
export type Hyperparameter = {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly start: number;
  readonly prior: Prior;
};

/** The largest numbers of training points (n) and query points (m) that a binding has room for, and the dimension of both (d). */
export type KernelRoom = { readonly n: number; readonly m: number; readonly d: number };

/** A kernel before it is bound to points. Make one with `ard`, `isotropic`, `plane`, `pointwise`, `sum` or `product`. */
export type Kernel = {
  readonly hyperparameters: readonly Hyperparameter[];
  /** How many doubles of memory a binding needs. */
  memory(room: KernelRoom): number;
  /**
   * @param x training points, row-major room.n x d.
   * @param memory as many doubles as `memory(room)` says. It is fastest in the WebAssembly block that `gram` and `cross` write to.
   */
  bind(x: Float64Array, room: KernelRoom, memory: Float64Array): BoundKernel;
};

/** A kernel that is bound to its training points x. */
export type BoundKernel = {
  /** Sets the hyperparameters, and uses the first n rows of x from now on. */
  set(u: Float64Array, n: number): void;
  /** Uses the first n rows of x, of which some have been added since the last call. */
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
