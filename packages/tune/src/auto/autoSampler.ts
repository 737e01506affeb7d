/**
 * The sampler of `auto`: the samplers of its table, one after the other. Each has the key that it would have alone, so while the first one
 * chooses, the points are exactly its own. The next one sees all earlier trials, as trials that were observed.
 */
import { bayesoptCard } from "@caviar-hpo/bayesopt";
import type { Json, Key, Problem, Sampler, SamplerCard } from "@caviar-hpo/core";
import { type Context, type LeastTrials, readOptions, samplerCard } from "@caviar-hpo/core/contract";
import { type AutoOptions, autoOptions } from "./options.ts";
import { rules } from "./rules.ts";

/** `rule`: the index of the rule that applied last. `costSeconds`: the sum of the `costs` costs that were stated. */
export type AutoSamplerState = { readonly key: Key; rule: number; engine: Json; costSeconds: number; costs: number };

/**
 * Makes the sampler.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function autoSampler(given: AutoOptions = {}): Sampler<AutoSamplerState> {
  const options = readOptions<AutoOptions>("auto", autoOptions, given);
  const model = bayesoptCard.sampler({ askEffort: options.askEffort });
  const engines = rules.map(({ engine }) => (engine === bayesoptCard ? model : engine.sampler({})));

  /** The engine of the rule that applies now. It may have taken over just now. */
  const engineNow = (state: AutoSamplerState, context: Context, rungs: readonly number[]): Sampler => {
    const { problem, history } = context;
    const ended = history.trials.length - history.running.length;
    const costSeconds = state.costs === 0 ? null : state.costSeconds / state.costs;
    const situation = { problem, ended, costSeconds, rungs };
    const rule = rules.findIndex(({ applies }, index) => index >= state.rule && applies(situation, options));
    const engine = engines[rule]!;
    if (rules[rule]!.engine !== rules[state.rule]!.engine || state.engine === null) {
      state.engine = engine.init(problem, state.key);
      for (const { id } of history.trials) engine.observe?.(state.engine, context, id);
    }
    state.rule = rule;
    return engine;
  };

  return {
    name: "auto",
    version: engines.reduce((sum, { version }) => sum + version, 0),
    can: { conditional: true, objectives: Number.MAX_SAFE_INTEGER, constraints: true, external: true, beliefs: true },
    init: (_problem, key) => ({ key, rule: 0, engine: null, costSeconds: 0, costs: 0 }),
    leastTrials: (problem) => leastFor(problem, model),
    suggest: (state, context, place) => {
      const suggestion = engineNow(state, context, place.rungs).suggest(state.engine, context, place);
      if (typeof suggestion === "string") return suggestion;
      const { engine, why } = rules[state.rule]!;
      const { by } = place.slot;
      const note = { engine: engine.name, why, ...(by !== undefined && { training: by }), ...(suggestion.note as object | undefined) };
      return { ...suggestion, note };
    },
    tell: (state, context, report) => {
      const cost = report.kind === "finished" ? report.measurement.costSeconds : 0;
      if (cost > 0) {
        state.costSeconds += cost;
        state.costs++;
      }
      if (state.engine !== null) engines[state.rule]!.tell(state.engine, context, report);
    },
    observe: (state, context, trial) => {
      if (state.engine !== null) engines[state.rule]!.observe?.(state.engine, context, trial);
    },
    outlooks: (state) => (state.engine === null ? undefined : engines[state.rule]!.outlooks?.(state.engine)) ?? [],
    // The Gaussian process predicts also after another sampler has followed it.
    predict: (state, context, configs) =>
      model.predict!(isModel(state) ? state.engine : model.init(context.problem, state.key), context, configs),
    recommend: (state, context) => (isModel(state) ? model.recommend!(state.engine, context) : null),
  };
}

/** null for several objectives, because each point of a sequence is worth its trial. */
function leastFor(problem: Problem, model: Sampler): LeastTrials | null {
  const least = problem.objectives.length > 1 ? null : (model.leastTrials?.(problem) ?? null);
  return least === null ? null : { ...least, remedy: `Allow at least ${least.trials} trials.` };
}

function isModel({ rule, engine }: AutoSamplerState): boolean {
  return engine !== null && rules[rule]!.engine === bayesoptCard;
}

export const autoSamplerCard: SamplerCard = samplerCard({
  name: "auto",
  doc: "The sampler that suits the number of trials and the parameters.",
  options: autoOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { handOver: 7, askEffort: 64 },
  sampler: autoSampler,
});
