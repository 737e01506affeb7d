/**
 * Bayesian optimisation with Gaussian processes. Each ask fits a model to the values if enough new ones have come since the last fit. It
 * draws values for the trials that are still running from this model, and suggests the point with the greatest acquisition. The note of the
 * trial says what was decided on the way.
 *
 * | decision | how it is made |
 * |---|---|
 * | kernel, warp, noise | by the marginal likelihood, one at a time, with a margin (surrogate/choose.ts) |
 * | modes | the acquisition is averaged over hyperparameters that are nearly as probable as the best |
 * | exploration | if values stop improving, every third ask takes an ever wider lower confidence bound (Srinivas et al., ICML 2010) |
 * | region | a box around the best point: above 20 parameters, and in every third ask if values stop improving (progress.ts) |
 * | fallback | Sobol points while there is nothing to fit, or if no matrix can be factorised |
 */
import { bestTrials, type Config, decodeNear, encode, type Sampler, type SamplerCard } from "@caviar-hpo/core";
import { type Context, completed, type LeastTrials, type Prediction, samplerCard } from "@caviar-hpo/core/contract";
import { counted } from "@caviar-hpo/core/text";
import { type BayesoptOptions, bayesoptOptions } from "./options.ts";
import { type BayesoptSettings, settingsOf } from "./settings.ts";
import { type BayesoptState, newBayesoptState } from "./state.ts";
import { beginAsk } from "./suggest/asking.ts";
import { designSize } from "./suggest/initialDesign.ts";
import { peek } from "./suggest/modelNow.ts";
import { suggest } from "./suggest/suggest.ts";
import { predictAt, predictLatest } from "./surrogate/predictAt.ts";
import { readTrials } from "./trials.ts";

/**
 * Makes a sampler for one objective, with any constraints, on any space.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function bayesoptSampler(given: BayesoptOptions = {}): Sampler<BayesoptState> {
  const settings = settingsOf(given);
  return {
    name: "bayesopt",
    version: 4,
    can: { conditional: true, objectives: 1, constraints: true, external: true, beliefs: true, ...ignored(settings) },
    init: (_problem, key) => newBayesoptState(key, settings),
    leastTrials: (problem) => leastFor(designSize(settings, problem)),
    suggest: (state, context, place) => {
      const { space } = context.problem;
      const { given } = place;
      const proposal = suggest(beginAsk(settings, context, state, place), given ?? null);
      if (typeof proposal === "string") return proposal;
      const { unit, note, model } = proposal;
      const near = decodeNear(space, unit);
      const config = given === undefined ? near : completed(space, given, near);
      const at = given === undefined ? unit : encode(space, config);
      return { config, note, ...(model !== null && { prediction: predictAt(model, [at]) }) };
    },
    tell: (state, _context, report) => {
      if (report.kind !== "failed") return;
      if (report.reason === "lost") state.lost = [...state.lost, report.trial];
      else if (state.cost !== null) state.cost.failed = [...state.cost.failed, [report.trial, report.costSeconds]];
    },
    observe: (state, { history }, trial) => {
      if (history.trials[trial]!.failure?.reason === "lost") state.lost = [...state.lost, trial];
    },
    outlooks: (state) => state.outlooks,
    predict: (state, context, configs) => predict(settings, state, context, configs),
    recommend: (state, context) => recommend(settings, state, context),
  };
}

/** A joint draw has no acquisition that a cost could divide. */
function ignored({ acquisition, costPower }: BayesoptSettings): { readonly ignores?: readonly string[] } {
  return acquisition === "thompson" && costPower > 0 ? { ignores: ["costPower"] } : {};
}

function leastFor(initial: number): LeastTrials {
  return {
    trials: initial + 1,
    observed: true,
    because: `the strategy begins with ${counted(initial, "Sobol point")}`,
    remedy: `Allow more than ${counted(initial, "trial")}, or lower the option initial.`,
  };
}

/** The card of `bayesopt`: its name, options and what it needs. */
export const bayesoptCard: SamplerCard = samplerCard({
  name: "bayesopt",
  doc: "Gaussian-process Bayesian optimisation.",
  options: bayesoptOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { initial: 2, askEffort: 64, kernel: "matern52", warp: "identity" },
  sampler: bayesoptSampler,
});

/** The model of all measured trials at some configurations. */
function predict(settings: BayesoptSettings, state: BayesoptState, context: Context, configs: readonly Config[]): Prediction {
  return predictLatest(context, "bayesopt", configs, () => {
    const { problem, history } = context;
    const fidelities = new Set(history.trials.flatMap(({ curve }) => curve.map(({ fidelity }) => fidelity)));
    const rungs = [...fidelities].sort((a, b) => a - b);
    const trials = readTrials(context, { rungs, enough: problem.space.dims + 1, lost: state.lost });
    return peek({ settings, context, trials }, state);
  });
}

/** The best trial; with noise the one of the least posterior mean among those measured at the best trial's fidelity. */
function recommend(settings: BayesoptSettings, state: BayesoptState, context: Context): Config | null {
  const best = bestTrials(context.problem, context.history)[0];
  if (best === undefined) return null;
  const trials = readTrials(context, { rungs: [best.curve.at(-1)!.fidelity], enough: 1, lost: state.lost });
  const model = peek({ settings, context, trials }, state);
  if (model === null || !model.noisy) return best.config;
  const { standing, feasible } = model;
  const rows = trials.observed.map((_, row) => row).filter((row) => feasible[row]!);
  const least = rows.reduce((top, row) => (standing[row]! < standing[top]! ? row : top));
  return context.history.trials[trials.observed[least]!.trial]!.config;
}
