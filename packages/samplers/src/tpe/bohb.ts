/**
 * The sampler of BOHB (Falkner, Klein and Hutter, ICML 2018), for composition with a scheduler that trains to several fidelities:
 * `compose(hyperband(...), bohbSampler())`. It models the highest fidelity that has enough measurements. A third of its points are random,
 * which keeps the guarantees of Hyperband. The densities are those of `tpe.ts`, whose kernels handle conditions, integers and bounds. The
 * densities of the paper have one bandwidth per dimension.
 */
import { int, real, type Sampler, type SamplerCard } from "@caviar-hpo/core";
import { type OptionSpec, type OptionSpecs, readOptions, samplerCard } from "@caviar-hpo/core/contract";
import { beliefStrengthOption } from "./beliefStrength.ts";
import { type DensityState, densitySampler } from "./densitySampler.ts";
import { rankedAt } from "./evidence.ts";

export type BohbOptions = {
  /** The fraction of points that stay random after there is a model. A number from 0 to 1, both included; 0.3333333333333333 by default. */
  readonly random?: number;
  /**
   * The fraction of measurements that count as good. Their number is at least one more than the number of parameters. A number from 0 to 1,
   * both included; 0.15 by default.
   */
  readonly good?: number;
  /**
   * How many points are drawn from the density of the good trials. The sampler suggests the best of them. A whole number from 1 to 10000,
   * both included; 64 by default.
   */
  readonly candidates?: number;
  /**
   * How much the beliefs of the space count: after n trials, they have this number / (n + this number) of the density of the good trials. A
   * number from 0 to 1000, both included; 3 by default.
   */
  readonly beliefStrength?: number;
};

export const bohbOptions: OptionSpecs & Record<keyof BohbOptions, OptionSpec> = {
  random: { param: real(0, 1), default: 1 / 3, doc: "The fraction of points that stay random after there is a model." },
  good: {
    param: real(0, 1),
    default: 0.15,
    doc: "The fraction of measurements that count as good. Their number is at least one more than the number of parameters.",
  },
  candidates: {
    param: int(1, 10_000),
    default: 64,
    doc: "How many points are drawn from the density of the good trials. The sampler suggests the best of them.",
  },
  beliefStrength: beliefStrengthOption,
};

/**
 * Makes the sampler of BOHB.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function bohbSampler(options: BohbOptions = {}): Sampler<DensityState> {
  const { random, good, candidates, beliefStrength } = readOptions("bohb", bohbOptions, options);
  return densitySampler({
    name: "bohb",
    multivariate: true,
    candidates,
    constantLiar: true,
    beliefStrength,
    choose: ({ measured, failed }, { space }, rungs) => {
      const least = space.dims + 1;
      for (let rung = rungs.length - 1; rung >= 0; rung--) {
        const best = rankedAt(measured, rungs, rung);
        if (best.length < least + 2) continue;
        // Equation 3: both sides have at least N_min points, and share some if there are too few.
        const goods = Math.max(least, Math.floor(good * best.length));
        const bads = Math.max(least, best.length - goods);
        return { good: best.slice(0, goods), bad: [...best.slice(-bads), ...failed], random, note: { fidelity: rungs[rung]! } };
      }
      return null;
    },
    leastTrials: ({ space }) => ({
      trials: space.dims + 4,
      observed: true,
      because: `points are random until ${space.dims + 3} trials have been measured`,
      remedy: `Allow at least ${space.dims + 4} trials.`,
    }),
  });
}

/** For composition with a scheduler of several fidelities. */
export const bohbSamplerCard: SamplerCard = samplerCard({
  name: "bohb",
  doc: "Tree-structured Parzen estimators at the highest fidelity that has enough measurements.",
  options: bohbOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { candidates: 5 },
  sampler: bohbSampler,
});
