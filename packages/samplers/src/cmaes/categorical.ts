/**
 * The distributions of unordered choices: the probability of each option, moved along the natural gradient of the ranked options. The length
 * of a step adapts to how well the directions of successive steps agree (ASNG: Y. Akimoto, S. Shirakawa, N. Yoshinari, K. Uchida, S. Saito
 * and K. Nishida, ICML 2019). The joint use with CMA-ES, and the margin that no probability falls below, are those of CatCMA (R. Hamano,
 * S. Saito, M. Nomura, K. Uchida and S. Shirakawa, GECCO 2024, arXiv 2405.09962).
 */
import type { Stream } from "@caviar-hpo/core";
import { exp, log } from "@caviar-hpo/numerics";

/**
 * `probabilities` has a list for each choice. `path` sums the directions of the steps, and `pathWeight` is the weight of its terms.
 * `caution` is the inverse of the length of a step.
 */
export type Categorical = {
  readonly probabilities: readonly (readonly number[])[];
  readonly path: readonly number[];
  readonly pathWeight: number;
  readonly caution: number;
};

/** The distributions before their first update. */
export function categoricalOf(probabilities: readonly (readonly number[])[]): Categorical {
  const freedom = probabilities.reduce((sum, { length }) => sum + length - 1, 0);
  return { probabilities: marginal(probabilities), path: Array.from({ length: freedom }, () => 0), pathWeight: 0, caution: 1 };
}

/** An option of each choice. */
export function sampleOptions({ probabilities }: Categorical, source: Stream): readonly number[] {
  return probabilities.map((ofChoice) => {
    let left = source.uniform();
    const found = ofChoice.findIndex((probability) => {
      left -= probability;
      return left < 0;
    });
    return found < 0 ? ofChoice.length - 1 : found;
  });
}

/**
 * The distributions after one generation.
 *
 * @param ranked the options of its members, best first.
 * @param weights positive, with sum 1. The members after the last weight count for nothing.
 */
export function updatedCategorical(
  categorical: Categorical,
  ranked: readonly (readonly number[])[],
  weights: readonly number[],
): Categorical {
  const { probabilities, path, pathWeight, caution } = categorical;
  if (probabilities.length === 0) return categorical;
  const gradients = probabilities.map((ofChoice, choice) =>
    ofChoice.map((probability, option) =>
      weights.reduce((sum, weight, rank) => sum + weight * ((ranked[rank]![choice] === option ? 1 : 0) - probability), 0),
    ),
  );
  const direction = probabilities.flatMap((ofChoice, choice) => inFisherMetric(ofChoice, gradients[choice]!));
  const length = Math.sqrt(direction.reduce((sum, one) => sum + one * one, 0)) + 1e-30;
  const step = 1 / (caution * length);
  const rate = 1 / (caution * Math.sqrt(path.length));
  const nextPath = path.map((one, index) => (1 - rate) * one + (Math.sqrt(rate * (2 - rate)) * direction[index]!) / length);
  const nextWeight = (1 - rate) * (1 - rate) * pathWeight + rate * (2 - rate);
  const agreement = nextPath.reduce((sum, one) => sum + one * one, 0) / 1.5;
  return {
    probabilities: marginal(
      probabilities.map((ofChoice, choice) => ofChoice.map((one, option) => one + step * gradients[choice]![option]!)),
    ),
    path: nextPath,
    pathWeight: nextWeight,
    caution: Math.max(1, Math.min(1e6, caution * exp(rate * (nextWeight - agreement)))),
  };
}

/** The natural gradient of one choice, times the square root of the Fisher information: appendix B of the paper on ASNG. */
function inFisherMetric(probabilities: readonly number[], gradient: readonly number[]): readonly number[] {
  const last = probabilities[probabilities.length - 1]!;
  const others = gradient.slice(0, -1);
  const sum = others.reduce((total, one) => total + one, 0);
  return others.map((one, option) => {
    const root = Math.sqrt(probabilities[option]!);
    return one / root + (root * sum) / (last + Math.sqrt(last));
  });
}

/** With N choices, the margin lets the likeliest option of all choices together be drawn with a probability of at most 0.73. */
function marginal(probabilities: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const all = 1 - exp(log(0.73) / probabilities.length);
  return probabilities.map((ofChoice) => {
    const least = all / (ofChoice.length - 1);
    const raised = ofChoice.map((one) => Math.max(one, least));
    const sum = raised.reduce((total, one) => total + one, 0);
    const excess = (sum - 1) / (sum - least * ofChoice.length);
    return raised.map((one) => one - excess * (one - least));
  });
}
