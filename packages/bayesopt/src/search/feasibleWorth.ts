/** The probability that a batch of points is feasible (Gardner et al., ICML 2014, eq. 6), in logarithms. */
import { exp, log } from "@caviar-hpo/numerics";
import { writeLogProbabilityBelow } from "../acquisition/logProbabilityOfImprovement.ts";
import { payForFailures } from "../classifier/priceOfFailure.ts";
import { queries } from "../model/ensemble.ts";
import type { Condition } from "../surrogate/feasibility.ts";
import type { MemberWorth } from "./memberWorth.ts";
import type { Scratch } from "./scratch.ts";

/** @param doubt is added to the probability. */
export function feasibleWorth(conditions: readonly Condition[], doubt: number, scratch: Scratch): MemberWorth {
  const { z, size, mean, variance, byMean, byVariance, out } = scratch;
  const worth = new Float64Array(queries);
  const slopes = new Float64Array(queries * size);
  return {
    worth,
    slopes,
    evaluate: (m, withGradient) => {
      worth.fill(0, 0, m);
      slopes.fill(0, 0, m * size);
      for (const { process, threshold, noise, least } of conditions) {
        process.predict({ z, m }, { mean, variance });
        for (let j = 0; j < m; j++) {
          writeLogProbabilityBelow(threshold, mean[j]!, variance[j]! + noise, out);
          payForFailures(least, out);
          worth[j] = worth[j]! + out.value;
          byMean[j] = out.byMean;
          byVariance[j] = out.byVariance;
        }
        if (withGradient) process.pull({ z, m }, { mean: byMean, variance: byVariance }, slopes);
      }
      if (doubt === 0) return;
      for (let j = 0; j < m; j++) {
        const probability = exp(worth[j]!);
        worth[j] = log(probability + doubt);
        for (let f = j * size; f < (j + 1) * size; f++) slopes[f] = slopes[f]! * (probability / (probability + doubt));
      }
    },
  };
}
