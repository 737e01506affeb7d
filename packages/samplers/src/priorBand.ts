/**
 * The sampler of PriorBand (N. Mallik et al., PriorBand: Practical hyperparameter optimization in the age of deep learning, NeurIPS 2023),
 * for composition with a scheduler that trains to several fidelities. Each point comes from one of three sources: uniform, the beliefs of
 * the space, or the neighbourhood of the best trial. With z = until / (lowest rung), which is eta^r at rung r:
 *
 *     p_uniform = 1 / (1 + z),   p_belief : p_best = S_belief : S_best,   S = sum_i w_i density(x_i)
 *
 * where x_i are the best 1/eta of the trials at the highest rung that has eta of them, best first, with weights w_i = k, k - 1, … 1. So a
 * belief that is far from the best trials loses its share to them. Without beliefs their density is uniform.
 */
import {
  type Belief,
  type Config,
  decodeNear,
  derive,
  encode,
  type Key,
  type Problem,
  plainOf,
  type Sampler,
  type SamplerCard,
  type Space,
  type Stream,
  stream,
  type TrialId,
} from "@caviar-hpo/core";
import {
  type BeliefDensity,
  beliefOf,
  type Context,
  densityOf,
  drawConfig,
  drawUntried,
  samplerCard,
  triedIn,
} from "@caviar-hpo/core/contract";
import { exp } from "@caviar-hpo/numerics";
import { evidenceOf, rankedAt } from "./tpe/evidence.ts";

/** `lost` are trials that failed for a reason other than their configuration. */
export type PriorBandState = { readonly key: Key; lost: TrialId[] };

/** Makes the sampler of PriorBand. */
export function priorBandSampler(): Sampler<PriorBandState> {
  return {
    name: "priorBand",
    version: 1,
    can: { conditional: true, objectives: 1, constraints: true, external: true, beliefs: true },
    init: (_problem, key) => ({ key, lost: [] }),
    suggest: (state, context, { slot, rungs, trial }) => {
      const { problem } = context;
      const source = stream(derive(state.key, trial));
      const shares = sharesOf(state, context, rungs, slot.until);
      const pick = source.uniform();
      const by = pick < shares.uniform ? "uniform" : pick < shares.uniform + shares.belief ? "belief" : "best";
      const draw = (): Config => drawBy(by, problem, shares.incumbent, source);
      return { config: drawUntried(triedIn(context, state.lost), draw, source), note: { by } };
    },
    tell: (state, _context, report) => {
      if (report.kind === "failed" && report.reason === "lost") state.lost.push(report.trial);
    },
    observe: (state, { history }, trial) => {
      if (history.trials[trial]!.failure?.reason === "lost") state.lost.push(trial);
    },
  };
}

/** For composition with a scheduler of several fidelities. */
export const priorBandSamplerCard: SamplerCard = samplerCard({
  name: "priorBand",
  doc: "Random points, points of the beliefs, and points near the best trial, each with a share that follows the results.",
  options: {},
  adaptive: true,
  dependsOn: "order",
  sampler: priorBandSampler,
});

/** Probabilities of the sources; the rest is near the best trial. */
type SourceShares = { readonly uniform: number; readonly belief: number; readonly incumbent: Config | null };

function sharesOf({ lost }: PriorBandState, { problem, history }: Context, rungs: readonly number[], until: number): SourceShares {
  const { space } = problem;
  const uniform = 1 / (1 + until / rungs[0]!);
  const ratio = rungs.length > 1 ? Math.max(2, rungs[1]! / rungs[0]!) : 3;
  const { measured } = evidenceOf(history, lost);
  for (let rung = rungs.length - 1; rung >= 0; rung--) {
    const best = rankedAt(measured, rungs, rung);
    if (best.length < ratio) continue;
    const top = best.slice(0, Math.max(1, Math.floor(best.length / ratio))).map(({ config }) => config);
    const [byBelief, byBest] = [beliefOf(space), around(space, top[0]!)].map((density) => fit(space, density, top));
    const belief = ((1 - uniform) * byBelief!) / (byBelief! + byBest!);
    return { uniform, belief, incumbent: top[0]! };
  }
  return { uniform, belief: 1 - uniform, incumbent: null };
}

/** How well a density fits the best configurations, best first. Above 0. */
export function fit(space: Space, density: BeliefDensity | null, best: readonly Config[]): number {
  return best.reduce(
    (sum, config, index) => sum + (best.length - index) * (density === null ? 1 : exp(density.logDensity(encode(space, config)))),
    least,
  );
}

/** Where both densities underflow, neither fits better. */
const least = 1e-300;

export function drawBy(by: "uniform" | "belief" | "best", { space }: Problem, incumbent: Config | null, source: Stream): Config {
  if (by === "best" && incumbent !== null) return perturbed(space, incumbent, source);
  const density = by === "belief" ? beliefOf(space) : null;
  return density === null ? drawConfig(space, source) : decodeNear(space, density.draw(source));
}

/** Each parameter keeps its value with a probability of one half. */
function perturbed(space: Space, incumbent: Config, source: Stream): Config {
  const unit = encode(space, incumbent);
  const drawn = around(space, incumbent).draw(source);
  return decodeNear(
    space,
    unit.map((at, axis) => (source.uniform() < 0.5 ? at : drawn[axis]!)),
  );
}

/** Normal densities around a configuration. Of a choice without order, its option has twice the weight of each other one. */
export function around(space: Space, config: Config): BeliefDensity {
  const params = space.params.flatMap(([name, param]): readonly (readonly [string, Belief])[] => {
    if (!Object.hasOwn(config, name)) return [];
    const plain = plainOf(param);
    if (plain.kind !== "choice" || plain.ordered) return [[name, { near: config[name]!, sd: 0.25 }]];
    return [[name, { weights: plain.options.map((option) => (option === config[name] ? 2 : 1)) }]];
  });
  return densityOf(space, { params: Object.fromEntries(params) });
}
