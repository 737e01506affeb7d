/**
 * The acquisition over the unit cube: what each process of the ensemble expects of a point, averaged over them, times the probability that the point is
 * feasible; in logarithms, many points at once, with gradients along the smooth parameters. Buffers are made once.
 */
import { exp, log } from "@caviar-hpo/numerics";
import { writeLogProbabilityBelow } from "../acquisition/logProbabilityOfImprovement.ts";
import { newUtility, type UtilityFunction } from "../acquisition/utility.ts";
import type { Features } from "../features.ts";
import { queries } from "../model/ensemble.ts";
import type { Process } from "../process/process.ts";
import type { Condition } from "../surrogate/feasibility.ts";
import { averagedImprovement, type Fantasies } from "./fantasies.ts";

/** What one process says of a point; with imagined rows, over draws of them (row-major draws x imagined standard normals, an incumbent each). */
export type Member = {
  readonly process: Process;
  readonly utility: UtilityFunction | Fantasies;
};

export type Landscape = {
  readonly dimensions: number;
  /** Points that have been evaluated, one at a time or in batches: the effort of the search. */
  evaluations(): number;
  /** Writes m values, and where asked for gradients, row-major m x dimensions; points row-major m x dimensions, any m. */
  evaluate(points: Float64Array, m: number, values: Float64Array, gradients: Float64Array | null): void;
  /** Values that no point exceeds, by O(n) work a point; null where there are fantasies or conditions, of which nothing is known so cheaply. */
  readonly bound: ((points: Float64Array, m: number, values: Float64Array) => void) | null;
};

/** @param doubt is added to the probability that the conditions hold. */
export function createLandscape(features: Features, members: readonly Member[], conditions: readonly Condition[], doubt = 0): Landscape {
  const d = features.axes.length;
  const { size } = features;
  const z = new Float64Array(queries * size);
  const mean = new Float64Array(queries);
  const variance = new Float64Array(queries);
  const byMean = new Float64Array(queries);
  const byVariance = new Float64Array(queries);
  const pulled = members.map(() => new Float64Array(queries * size));
  const worth = members.map(() => new Float64Array(queries));
  const feasible = new Float64Array(queries);
  const feasiblePull = new Float64Array(queries * size);
  const out = newUtility();
  const averaged = members.map(({ utility }) => (typeof utility === "function" ? null : averagedImprovement(utility, queries)));
  let evaluations = 0;

  const ask = (index: number, m: number, value: Float64Array, gradient: Float64Array | null): void => {
    const { process, utility } = members[index]!;
    const draws = averaged[index]!;
    process.predict({ z, m }, { mean, variance, whitened: draws === null ? null : draws.whitened });
    if (draws !== null) draws.at(m, mean, variance, value, gradient === null ? null : { byMean, byVariance });
    if (typeof utility === "function")
      for (let j = 0; j < m; j += 1) {
        utility(mean[j]!, variance[j]!, out);
        value[j] = out.value;
        byMean[j] = out.byMean;
        byVariance[j] = out.byVariance;
      }
    if (gradient === null) return;
    gradient.fill(0, 0, m * size);
    process.pull({ z, m }, { mean: byMean, variance: byVariance, whitened: draws === null ? null : draws.byWhitened }, gradient);
  };

  /** ln of the probability of feasibility into `feasible`, its gradient into `feasiblePull`. */
  const judge = (m: number, withGradient: boolean): void => {
    feasible.fill(0, 0, m);
    feasiblePull.fill(0, 0, m * size);
    for (const { process, threshold } of conditions) {
      process.predict({ z, m }, { mean, variance });
      for (let j = 0; j < m; j += 1) {
        writeLogProbabilityBelow(threshold, mean[j]!, variance[j]!, out);
        feasible[j] = feasible[j]! + out.value;
        byMean[j] = out.byMean;
        byVariance[j] = out.byVariance;
      }
      if (withGradient) process.pull({ z, m }, { mean: byMean, variance: byVariance }, feasiblePull);
    }
    if (doubt === 0) return;
    for (let j = 0; j < m; j += 1) {
      const probability = exp(feasible[j]!);
      feasible[j] = log(probability + doubt);
      for (let f = j * size; f < (j + 1) * size; f += 1) feasiblePull[f] = feasiblePull[f]! * (probability / (probability + doubt));
    }
  };

  const batch = (points: Float64Array, m: number, values: Float64Array, gradients: Float64Array | null): void => {
    for (let j = 0; j < m; j += 1) features.write(points.subarray(j * d, j * d + d), z, j * size);
    members.forEach((_, index) => {
      ask(index, m, worth[index]!, gradients === null ? null : pulled[index]!);
    });
    judge(m, gradients !== null);
    for (let j = 0; j < m; j += 1) {
      let top = -Infinity;
      for (const one of worth) top = Math.max(top, one[j]!);
      let total = 0;
      for (const one of worth) total += top === -Infinity ? 0 : exp(one[j]! - top);
      const average = members.length === 0 ? 0 : top === -Infinity ? -Infinity : top + log(total / members.length);
      values[j] = average + feasible[j]!;
      if (gradients === null) continue;
      for (let axis = 0; axis < d; axis += 1) {
        const { first, smooth } = features.axes[axis]!;
        const at = j * size + first;
        let slope = 0;
        if (smooth) {
          slope = feasiblePull[at]!;
          for (let index = 0; index < members.length && top > -Infinity; index += 1)
            slope += (pulled[index]![at]! * exp(worth[index]![j]! - top)) / total;
        }
        gradients[j * d + axis] = slope;
      }
    }
    evaluations += m;
  };

  const bound = (points: Float64Array, m: number, values: Float64Array): void => {
    for (let start = 0; start < m; start += queries) {
      const count = Math.min(queries, m - start);
      for (let j = 0; j < count; j += 1) features.write(points.subarray((start + j) * d, (start + j + 1) * d), z, j * size);
      values.fill(-Infinity, start, start + count);
      for (const { process, utility } of members) {
        if (typeof utility !== "function") continue;
        process.bound({ z, m: count }, mean, variance);
        for (let j = 0; j < count; j += 1) {
          utility(mean[j]!, variance[j]!, out);
          values[start + j] = Math.max(values[start + j]!, out.value);
        }
      }
    }
  };

  return {
    dimensions: d,
    evaluations: () => evaluations,
    evaluate: (points, m, values, gradients) => {
      for (let start = 0; start < m; start += queries) {
        const count = Math.min(queries, m - start);
        batch(
          points.subarray(start * d, (start + count) * d),
          count,
          values.subarray(start, start + count),
          gradients?.subarray(start * d, (start + count) * d) ?? null,
        );
      }
    },
    bound: conditions.length > 0 || members.some(({ utility }) => typeof utility !== "function") ? null : bound,
  };
}
