/** Predictions of one process, or of the equally weighted mixture of several, at any number of points. */
import type { Process, QueryPoints } from "../process/process.ts";
import type { Moments, Points } from "./surrogate.ts";

/** Query points that a process takes at once. */
export const queries = 64;

/** Some of the points: rows `start` to `start + m - 1`. */
export type Batch = QueryPoints & { readonly start: number };

/** Calls `take` for all points, at most `queries` at a time. */
export function inBatches({ data, n, d }: Points, take: (batch: Batch) => void): void {
  for (let start = 0; start < n; start += queries) {
    const m = Math.min(queries, n - start);
    take({ z: data.subarray(start * d, (start + m) * d), m, start });
  }
}

/** The mean of the mixture at each point. */
export function meansAt(processes: readonly Process[], x: Points): Float64Array {
  const mean = new Float64Array(x.n);
  const one = new Float64Array(queries);
  for (const process of processes) {
    inBatches(x, (batch) => {
      process.predict(batch, { mean: one });
      for (let j = 0; j < batch.m; j++) mean[batch.start + j] = mean[batch.start + j]! + one[j]! / processes.length;
    });
  }
  return mean;
}

/** The mean of the mixture at each point, and its variance: the mean of the variances and the variance of the means. */
export function momentsAt(processes: readonly Process[], x: Points): Moments {
  const means = processes.map(() => new Float64Array(x.n));
  const variance = new Float64Array(x.n);
  const spread = new Float64Array(queries);
  processes.forEach((process, index) => {
    inBatches(x, (batch) => {
      const { start, m } = batch;
      process.predict(batch, { mean: means[index]!.subarray(start, start + m), variance: spread });
      for (let j = 0; j < m; j++) variance[start + j] = variance[start + j]! + spread[j]! / processes.length;
    });
  });
  const mean = new Float64Array(x.n);
  for (const one of means) for (let j = 0; j < x.n; j++) mean[j] = mean[j]! + one[j]! / processes.length;
  for (const one of means)
    for (let j = 0; j < x.n; j++) variance[j] = variance[j]! + ((one[j]! - mean[j]!) * (one[j]! - mean[j]!)) / processes.length;
  return { mean, variance };
}
