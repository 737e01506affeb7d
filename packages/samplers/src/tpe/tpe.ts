/**
 * TPE, the tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, NeurIPS 2011): the trials are split into the best few and
 * the rest, each side becomes a density, and the next point is the draw from the good one that is likeliest to be good. Defaults and details
 * are those of Optuna 5: multivariate kernels (Falkner, Klein and Hutter, ICML 2018), a constant liar for pending points, the best tenth but at
 * most 25 trials as good ones, those that went furthest first where there are fidelities.
 */
import { choice, int, type OptionSpec, type OptionSpecs, readOptions, type Sampler, type SamplerCard, samplerCard } from "@caviar-hpo/core";
import { type Choice, type DensityState, densitySampler } from "./densitySampler.ts";
import { type Evidence, ranked } from "./evidence.ts";

export type TpeOptions = {
  readonly multivariate?: boolean;
  readonly startup?: number;
  readonly candidates?: number;
  readonly constantLiar?: boolean;
};

export const tpeOptions: OptionSpecs & Record<keyof TpeOptions, OptionSpec> = {
  multivariate: {
    param: choice([true, false]),
    default: true,
    doc: "One model for all parameters that are active together; without it one for each parameter.",
  },
  startup: { param: int(1, 100_000), default: 10, doc: "Random points until this many trials have been measured." },
  candidates: { param: int(1, 10_000), default: 24, doc: "Draws from the density of the good trials, of which the best is taken." },
  constantLiar: { param: choice([true, false]), default: true, doc: "Count pending points as bad ones, so that workers keep apart." },
};

/** Adapts to every kind of parameter, conditional ones too; failed and infeasible trials repel it. Any number of workers. */
export function tpeSampler(options: TpeOptions = {}): Sampler<DensityState> {
  const { multivariate, startup, candidates, constantLiar } = readOptions("tpe", tpeOptions, options);
  return densitySampler({
    name: "tpe",
    multivariate,
    candidates,
    constantLiar,
    random: 0,
    choose: (evidence) => (evidence.measured.length < startup ? null : splitOf(evidence)),
  });
}

export const tpeCard: SamplerCard = samplerCard({
  name: "tpe",
  doc: "Tree-structured Parzen estimators: points that are likelier among the best than among the rest.",
  options: tpeOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { startup: 3, candidates: 5 },
  sampler: tpeSampler,
});

/** The best tenth of what was measured, 25 at most (Optuna's gamma), and the rest with all that failed. */
export function splitOf({ measured, failed }: Evidence): Choice {
  const best = ranked(measured);
  const good = Math.min(Math.ceil(measured.length / 10), 25);
  return { good: best.slice(0, good), bad: [...best.slice(good), ...failed], note: {} };
}
