/**
 * The logarithm of the improvement that the lower confidence bound promises, ln(f* - (mean - beta sigma)). It ranks points as the bound
 * does (N. Srinivas et al., ICML 2010), but being a logarithm it can be averaged over models and added to the logarithm of a probability,
 * as log expected improvement can: the bound itself, a number of deviations, would drown any probability of feasibility.
 */
import { log } from "@caviar-hpo/numerics";
import { lowerConfidenceBound } from "./lowerConfidenceBound.ts";
import { type UtilityFunction, write } from "./utility.ts";

/**
 * `incumbent` is f*, finite. Where next to nothing is promised, or nothing, the logarithm continues as its tangent: the value and its slope
 * stay finite.
 *
 * @throws ConfigError unless 0 <= beta < Infinity.
 */
export function logOptimisticImprovement(incumbent: number, beta: number): UtilityFunction {
  const bound = lowerConfidenceBound(beta);
  return (mean, variance, out) => {
    bound(mean, variance, out);
    if (out.value === -Infinity) return;
    const { value, byMean, byVariance } = out;
    const promised = incumbent + value;
    const steep = 1 / Math.max(promised, least);
    const logarithm = promised >= least ? log(promised) : log(least) + (promised - least) / least;
    write(out, logarithm, byMean * steep, byVariance * steep);
  };
}

/** In deviations of the values as modelled. */
const least = 1e-3;
