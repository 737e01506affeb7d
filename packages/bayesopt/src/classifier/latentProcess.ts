/**
 * The posterior of the latent value, as a process. The sites of expectation propagation are values with known noise: a site of a given
 * precision and shift is a measurement of the latent value with variance 1 / precision. So the process that regresses on values predicts
 * here too, with its gradients. It takes the latent mean as its most probable value, so its variances leave out that of the mean.
 */
import { exp } from "@caviar-hpo/numerics";
import { allocate } from "@caviar-hpo/numerics/linear";
import type { Kernel } from "../kernels/kernel.ts";
import type { Data } from "../model/data.ts";
import { queries } from "../model/ensemble.ts";
import { createProcess, type Process } from "../process/process.ts";
import { addConstant } from "./labelLikelihood.ts";
import { newSites, propagate } from "./propagate.ts";

/**
 * The probability of the label -1 at a point is Phi(-mean / sqrt(variance + noise)), with mean and variance of the process (Rasmussen &
 * Williams 2006, equation 3.82).
 */
export type LatentProcess = { readonly process: Process; readonly noise: number };

/** The values of `data` are labels, 1 or -1. `u`: logarithms of the kernel's hyperparameters and of the noise. */
export type LatentSettling = { readonly kernel: Kernel; readonly data: Data; readonly u: Float64Array };

/** null where the matrix cannot be factorised. @param rows room of the process, at least as many as there are labels. */
export function latentProcess({ kernel, data, u }: LatentSettling, rows: number, known: Process | null): LatentProcess | null {
  const { x, y, d } = data;
  const n = y.length;
  const noise = exp(u[u.length - 1]!);
  const [K, memory] = allocate(n * n, kernel.memory({ n, m: 0, d })) as [Float64Array, Float64Array];
  const bound = kernel.bind(x, { n, m: 0, d }, memory);
  bound.set(u, n);
  bound.gram(K, n);
  addConstant(K, n);
  const sites = newSites(n);
  propagate({ K, labels: y, n, noise }, sites);
  // A site that says next to nothing has next to no precision. Its value keeps its weight in the mean, whatever the variance.
  const variance = sites.precision.map((precision) => Math.min(mostVariance, 1 / precision));
  const values = sites.mean.map((mean, i) => mean + variance[i]! * (sites.shift[i]! - sites.precision[i]! * mean));
  const process = known !== null && known.size.rows >= rows ? known : createProcess({ kernel, noise: null }, { rows, queries, d });
  return process.settle({ x, y: values, d, variance }, u, 0) ? { process, noise } : null;
}

const mostVariance = 1e10;
