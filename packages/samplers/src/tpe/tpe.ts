/**
 * TPE, the tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, NeurIPS 2011): it splits the trials into the best few and
 * the rest, and makes a density of each side. It draws points from the density of the good trials, and takes the one with the highest ratio
 * of the two densities. Defaults and details are those of Optuna 5: multivariate kernels (Falkner, Klein and Hutter, ICML 2018), a constant
 * liar for pending points, and the best tenth of the trials, at most 25, as the good ones. With fidelities, the trials that trained
 * furthest rank first.
 */
import { choice, int, type Sampler, type SamplerCard } from "@caviar-hpo/core";
import { type OptionSpec, type OptionSpecs, readOptions, samplerCard } from "@caviar-hpo/core/contract";
import { counted } from "@caviar-hpo/core/text";
import { beliefStrengthOption } from "./beliefStrength.ts";
import { type DensityState, densitySampler, type SplitTrials } from "./densitySampler.ts";
import { type Evidence, ranked, trialsOnTheFloor } from "./evidence.ts";

export type TpeOptions = {
  /** Whether parameters that are active together share one model. Otherwise each parameter has its own model. true by default. */
  readonly multivariate?: boolean;
  /**
   * How many trials a model needs that were measured or have failed, at least one of them measured. Points are random until then. A whole
   * number from 1 to 100000, both included; 10 by default.
   */
  readonly startup?: number;
  /**
   * How many points are drawn from the density of the good trials. The sampler suggests the best of them. A whole number from 1 to 10000,
   * both included; 24 by default.
   */
  readonly candidates?: number;
  /** Whether pending points count as bad. Then workers that run at the same time try different points. true by default. */
  readonly constantLiar?: boolean;
  /**
   * How much the beliefs of the space count: after n trials, they have this number / (n + this number) of the density of the good trials. A
   * number from 0 to 1000, both included; 3 by default.
   */
  readonly beliefStrength?: number;
};

export const tpeOptions: OptionSpecs & Record<keyof TpeOptions, OptionSpec> = {
  multivariate: {
    param: choice([true, false]),
    default: true,
    doc: "Whether parameters that are active together share one model. Otherwise each parameter has its own model.",
  },
  startup: {
    param: int(1, 100_000),
    default: 10,
    doc: "How many trials a model needs that were measured or have failed, at least one of them measured. Points are random until then.",
  },
  candidates: {
    param: int(1, 10_000),
    default: 24,
    doc: "How many points are drawn from the density of the good trials. The sampler suggests the best of them.",
  },
  constantLiar: {
    param: choice([true, false]),
    default: true,
    doc: "Whether pending points count as bad. Then workers that run at the same time try different points.",
  },
  beliefStrength: beliefStrengthOption,
};

/**
 * Makes a sampler by tree-structured Parzen estimators. It takes every kind of parameter, including conditional ones, and any number of
 * workers. It avoids points that fail or are infeasible.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function tpeSampler(options: TpeOptions = {}): Sampler<DensityState> {
  const { multivariate, startup, candidates, constantLiar, beliefStrength } = readOptions("tpe", tpeOptions, options);
  return densitySampler({
    name: "tpe",
    multivariate,
    candidates,
    constantLiar,
    beliefStrength,
    choose: (evidence) => {
      const { measured, failed } = evidence;
      return measured.length === 0 || measured.length + failed.length < startup ? null : splitOf(evidence);
    },
    leastTrials: () => ({
      trials: startup + 1,
      observed: true,
      because: `the strategy begins with ${counted(startup, "random point")}`,
      remedy: `Allow more than ${counted(startup, "trial")}, or set the option startup lower.`,
    }),
  });
}

export const tpeCard: SamplerCard = samplerCard({
  name: "tpe",
  doc: "Tree-structured Parzen estimators: suggests points that are more likely among the best trials than among the rest.",
  options: tpeOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { startup: 3, candidates: 5 },
  sampler: tpeSampler,
});

/**
 * Good: the best tenth of the measured trials, at most 25 (Optuna's gamma). Bad: all others, including those that failed.
 *
 * If more than twice as many trials are on the floor of the best basin, the good ones are a chance selection of these, and the model has
 * nothing more to learn there. In a flat basin it would not leave, because the basin has gaps between the bad trials for a long time. So
 * three of four points are random then.
 */
export function splitOf({ measured, failed }: Evidence): SplitTrials {
  const best = ranked(measured);
  const good = Math.min(Math.ceil(measured.length / 10), 25);
  const random = trialsOnTheFloor(best) > 2 * good ? 3 / 4 : 0;
  return { good: best.slice(0, good), bad: [...best.slice(good), ...failed], random, note: {} };
}
