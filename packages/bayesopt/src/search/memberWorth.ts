/** What one process of the ensemble expects of a batch of points. */
import type { UtilityFunction } from "../acquisition/utility.ts";
import { queries } from "../model/ensemble.ts";
import type { Process } from "../process/process.ts";
import { averagedImprovement, type Fantasies } from "./fantasies.ts";
import type { Scratch } from "./scratch.ts";

/** A process and its utility; with imagined rows, over draws of them (row-major draws x imagined standard normals, an incumbent each). */
export type LandscapeMember = {
  readonly process: Process;
  readonly utility: UtilityFunction | Fantasies;
};

export type MemberWorth = {
  /** ln of the worth of each point, and its derivatives by the coordinates, row-major m x size. */
  readonly worth: Float64Array;
  readonly slopes: Float64Array;
  /** Writes both for the m points in the scratch; derivatives only where asked for. */
  evaluate(m: number, withGradient: boolean): void;
};

export function memberWorth({ process, utility }: LandscapeMember, scratch: Scratch): MemberWorth {
  const { z, size, mean, variance, byMean, byVariance, out } = scratch;
  const worth = new Float64Array(queries);
  const slopes = new Float64Array(queries * size);
  const averaged = typeof utility === "function" ? null : averagedImprovement(utility, queries);
  const moments = { mean, variance, whitened: averaged === null ? null : averaged.whitened };
  const weights = { mean: byMean, variance: byVariance, whitened: averaged === null ? null : averaged.byWhitened };
  return {
    worth,
    slopes,
    evaluate: (m, withGradient) => {
      process.predict({ z, m }, moments);
      averaged?.at(m, { mean, variance }, worth, withGradient ? { byMean, byVariance } : null);
      if (typeof utility === "function")
        for (let j = 0; j < m; j++) {
          utility(mean[j]!, variance[j]!, out);
          worth[j] = out.value;
          byMean[j] = out.byMean;
          byVariance[j] = out.byVariance;
        }
      if (!withGradient) return;
      slopes.fill(0, 0, m * size);
      process.pull({ z, m }, weights, slopes);
    },
  };
}
