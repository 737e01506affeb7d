/**
 * What a process works in. All memory is allocated once, most of it in the WebAssembly block that the linear algebra reads.
 *
 * | symbol    | meaning                                                                           | shape                    |
 * |-----------|-----------------------------------------------------------------------------------|--------------------------|
 * | K         | covariances of the rows with their noise, then their Cholesky factor L in place    | row-major, `rows` apart  |
 * | c         | k(x, z) at the query points                                                       | row-major count x m      |
 * | V         | L^-1 c                                                                            | row-major count x m      |
 * | a         | K^-1 (y - constant); 0 at imagined rows                                           | count                    |
 * | precision | one over the diagonal of K before factorising, jitter included                    | count                    |
 */
import { exp } from "@caviar-hpo/numerics";
import { allocate } from "@caviar-hpo/numerics/linear";
import type { BoundKernel } from "../kernels/kernel.ts";
import type { Data, Model } from "../model/data.ts";

/** The most rows (measured and imagined) and the most query points at once. */
export type ProcessSize = { readonly rows: number; readonly queries: number; readonly d: number };

export type Workspace = {
  readonly size: ProcessSize;
  readonly model: Model;
  readonly kernel: BoundKernel;
  /** The rows, measured ones first. */
  readonly x: Float64Array;
  readonly K: Float64Array;
  readonly c: Float64Array;
  readonly V: Float64Array;
  readonly a: Float64Array;
  readonly precision: Float64Array;
  /** Scratch: one number per query point, and two per row. */
  readonly sums: Float64Array;
  readonly factors: Float64Array;
  readonly pair: Float64Array;
  /** Measured and imagined rows. */
  n: number;
  imagined: number;
  jitter: number;
  constant: number;
  /** The learned noise variance; 0 where none is learned. */
  noise: number;
};

export function createWorkspace(model: Model, size: ProcessSize): Workspace {
  const { rows, queries, d } = size;
  const room = { n: rows, m: queries, d };
  const [K, c, V, a, precision, sums, factors, pair, memory] = allocate(
    rows * rows,
    rows * queries,
    rows * queries,
    rows,
    rows,
    queries,
    queries,
    2 * rows,
    model.kernel.memory(room),
  ) as WorkspaceBlocks;
  const x = new Float64Array(rows * d);
  const kernel = model.kernel.bind(x, room, memory);
  return { size, model, kernel, x, K, c, V, a, precision, sums, factors, pair, n: 0, imagined: 0, jitter: 0, constant: 0, noise: 0 };
}

/** The learned noise variance at u, whose last entry it is. */
export function noiseAt({ kernel, noise }: Model, u: Float64Array): number {
  return noise === null ? 0 : exp(u[kernel.hyperparameters.length]!);
}

/** All of a measurement's variance as one number, so that it is added to the diagonal with the same rounding whenever its row arrives. */
export function noiseOfRow({ variance }: Data, row: number, noise: number): number {
  return noise + (variance === null ? 0 : variance[row]!);
}

type A = Float64Array;
type WorkspaceBlocks = readonly [A, A, A, A, A, A, A, A, A];
