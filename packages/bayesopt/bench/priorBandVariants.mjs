/**
 * Variants of `priorBand` for beliefs.mjs, by name. They show which detail of the method matters. The names with a plus combine them.
 *
 * - `late`: points near the best trial begin only after the resources of one whole bracket and one full training, as in NePS.
 * - `sums`: the sums of the densities have at least eta trials, so the best trial alone never decides.
 * - `mode`: the first trial is the most believed configuration, at the fidelity of its place in the bracket.
 * - `full`: the first trial is the most believed configuration, trained to the end before the brackets begin, as in NePS.
 */
import { compose, derive, stream } from "@caviar-hpo/core";
import { beliefOf, drawUntried, triedIn } from "@caviar-hpo/core/contract";
import { hyperband } from "@caviar-hpo/hyperband";
import { around, drawBy, fit } from "../../samplers/dist/priorBand.js";
import { evidenceOf, ranked, rankedAt } from "../../samplers/dist/tpe/evidence.js";

/** @param name such as `priorBand:late+sums` */
export function priorBandVariant(name) {
  const details = new Set(name.split(":")[1].split("+"));
  const scheduler = details.has("full") ? modeFirst(hyperband()) : hyperband();
  return compose(scheduler, samplerOf(details));
}

function samplerOf(details) {
  return {
    name: "priorBandVariant",
    version: 1,
    can: { conditional: true, objectives: 1, constraints: true, external: true, beliefs: true },
    init: (_problem, key) => ({ key }),
    suggest: ({ key }, context, { slot, rungs, trial }) => {
      const { space } = context.problem;
      const source = stream(derive(key, trial));
      const mode = details.has("mode") || details.has("full") ? modeOf(space) : null;
      if (trial === 0 && mode !== null) return { config: mode };
      const shares = sharesOf(context, rungs, slot.until, details);
      const pick = source.uniform();
      const by = pick < shares.uniform ? "uniform" : pick < shares.uniform + shares.belief ? "belief" : "best";
      const draw = () => drawBy(by, context.problem, shares.incumbent, source);
      return { config: drawUntried(triedIn(context, []), draw, source) };
    },
    tell: () => {},
  };
}

function modeOf({ params, beliefs }) {
  return beliefs === undefined ? null : Object.fromEntries(params.map(([name]) => [name, beliefs.params[name].near]));
}

function sharesOf({ problem: { space }, history }, rungs, until, details) {
  const uniform = 1 / (1 + until / rungs[0]);
  const believed = { uniform, belief: 1 - uniform, incumbent: null };
  const eta = rungs[1] / rungs[0];
  const { measured } = evidenceOf(history, []);
  if (details.has("late") && !hasSpentBracket(measured, rungs, eta)) return believed;
  for (let rung = rungs.length - 1; rung >= 0; rung--) {
    const best = rankedAt(measured, rungs, rung);
    if (best.length < eta) continue;
    const least = details.has("sums") ? Math.ceil(eta) : 1;
    const top = best.slice(0, Math.max(least, Math.floor(best.length / eta))).map(({ config }) => config);
    const incumbent = details.has("sums") ? ranked(measured)[0].config : top[0];
    const [byBelief, byBest] = [beliefOf(space), around(space, incumbent)].map((density) => fit(space, density, top));
    return { uniform, belief: ((1 - uniform) * byBelief) / (byBelief + byBest), incumbent };
  }
  return believed;
}

/** The first bracket trains eta^(s - i) trials to rung i, each from a checkpoint. */
function hasSpentBracket(measured, rungs, eta) {
  const bracket = rungs.reduce((sum, fidelity, i) => sum + eta ** (rungs.length - 1 - i) * (fidelity - (rungs[i - 1] ?? 0)), 0);
  const reached = measured.map(({ curve }) => curve.at(-1).fidelity);
  return reached.includes(rungs.at(-1)) && reached.reduce((sum, fidelity) => sum + fidelity, 0) >= bracket;
}

/** A scheduler that trains the first trial to the end if there are beliefs, and then leaves the rest to another one. */
function modeFirst(inner) {
  const isFirst = (state, trial) => state.first === trial;
  return {
    name: "modeFirst",
    version: 1,
    init: (fidelity, key) => ({ inner: inner.init(fidelity, key), first: null, max: fidelity.max }),
    rungs: (state) => inner.rungs(state.inner),
    next: (state, context, open, prefer) => {
      if (state.first === null && context.problem.space.beliefs !== undefined)
        return { kind: "fill", slot: { until: state.max, bracket: 0, rung: 0, below: [] } };
      return inner.next(state.inner, context, open, prefer);
    },
    filled: (state, slot, trial) => {
      if (state.first === null && slot.until === state.max && trial === 0) state.first = trial;
      else inner.filled(state.inner, slot, trial);
    },
    tell: (state, context, report) => (isFirst(state, report.trial) ? [] : inner.tell(state.inner, context, report)),
  };
}
