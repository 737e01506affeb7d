/**
 * CMA-ES, the evolution strategy with covariance matrix adaptation (N. Hansen, The CMA Evolution Strategy: A Tutorial, arXiv 1604.00772v2),
 * with active updates and BIPOP restarts. It sees only how trials rank: any strictly increasing transformation of the values gives the same
 * points, bit for bit.
 *
 * A generation closes as soon as enough of its members have ended. An ask never waits: while members run, it draws more of them from the
 * same distribution. A member that ends after its generation counts in the next one, as a point that the distribution has not sampled.
 */
import { derive, int, type Key, real, type Sampler, type SamplerCard, stream, type TrialId } from "@caviar-hpo/core";
import {
  type Context,
  type LeastTrials,
  type OptionSpec,
  type OptionSpecs,
  readOptions,
  samplerCard,
  triedIn,
} from "@caviar-hpo/core/contract";
import { draw, genotypeOf } from "./draw.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { endedAndOpen, type Member, meritOf, ranked } from "./members.ts";
import { defaultPopulation } from "./parameters.ts";
import { firstRegime, nextRegime, noRestarts, type Restarts } from "./restarts.ts";
import { advanced, endOf, firstRun, type Run, restarted } from "./run.ts";
import { compareMerit } from "./stopping.ts";

/**
 * `members` are drawn and have not been part of a generation. `guests` are trials from elsewhere that no generation has considered. The
 * sampler has searched all trials below `scanned` for guests. `lost` are trials that failed for a reason other than their configuration.
 */
export type CmaesState = {
  readonly key: Key;
  run: Run | null;
  restarts: Restarts;
  members: readonly Member[];
  guests: readonly TrialId[];
  lost: TrialId[];
  scanned: number;
};

export type CmaesOptions = {
  readonly population?: number | "auto";
  readonly sigma?: number;
};

export const cmaesOptions: OptionSpecs & Record<keyof CmaesOptions, OptionSpec> = {
  population: {
    param: int(4, 10_000),
    special: "auto",
    default: "auto",
    doc: "How many members a generation of the first run has. auto: 4 + floor(3 ln n) for n parameters. Restarts change the number.",
  },
  sigma: {
    param: real(0.001, 1),
    default: 0.2,
    doc: "The first standard deviation of each parameter, as a fraction of its range. Earlier trials replace it, if there are at least ten.",
  },
};

/**
 * Makes a sampler by CMA-ES. It takes every kind of parameter and any number of workers. Use it alone, or with schedulers whose trials start
 * at one fidelity.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function cmaesSampler(options: CmaesOptions = {}): Sampler<CmaesState> {
  const rules = readOptions<CmaesOptions>("cmaes", cmaesOptions, options);
  return {
    name: "cmaes",
    version: 1,
    can: { conditional: true, objectives: 1, constraints: true, external: true },
    init: (_problem, key) => ({ key, run: null, restarts: noRestarts, members: [], guests: [], lost: [], scanned: 0 }),
    leastTrials: (problem) => leastFor(populationOf(rules, layoutOf(problem.space))),
    suggest: (state, context, { slot, trial, given }) => {
      const layout = layoutOf(context.problem.space);
      welcome(state, context);
      const run = settled(state, context, layout, rules);
      const tried = triedIn(context, state.lost);
      const { config, ...drawn } = draw(layout, run, tried, stream(derive(state.key, "member", trial)), given);
      state.members = [...state.members, { ...drawn, trial, fidelity: slot.until, generation: run.generation }];
      return { config, note: { run: run.index, generation: run.generation, population: run.regime.population } };
    },
    tell: (state, _context, report) => {
      if (report.kind === "failed" && report.reason === "lost") state.lost.push(report.trial);
    },
    observe: (state, { history }, trial) => {
      if (history.trials[trial]!.failure?.reason === "lost") state.lost.push(trial);
    },
  };
}

export const cmaesCard: SamplerCard = samplerCard({
  name: "cmaes",
  doc: "CMA-ES: a normal distribution that learns from the ranks of its samples where to search, how far, and along which axes.",
  options: cmaesOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { population: 4 },
  sampler: cmaesSampler,
});

type Rules = Required<CmaesOptions>;

function populationOf({ population }: Rules, { axes, choices }: Layout): number {
  return population === "auto" ? defaultPopulation(axes.length + choices.length) : population;
}

function leastFor(population: number): LeastTrials {
  return {
    trials: population + 1,
    observed: false,
    because: `the first ${population} points come from a distribution that has learned nothing`,
    remedy: `Allow more than ${population} trials, or set the option population lower.`,
  };
}

/** Trials that the sampler has not drawn are guests. */
function welcome(state: CmaesState, { history }: Context): void {
  const own = new Set(state.members.map(({ trial }) => trial));
  const others = history.trials.slice(state.scanned).filter(({ id }) => !own.has(id));
  state.guests = [...state.guests, ...others.map(({ id }) => id)];
  state.scanned = history.trials.length;
}

/** The run after the generation that has closed since the last ask, if there is one. It is the next run if this generation has ended the last. */
function settled(state: CmaesState, context: Context, layout: Layout, rules: Rules): Run {
  if (state.run === null) state.run = first(state, context, layout, rules);
  const { run, key, members, lost } = state;
  const { history } = context;
  const { ended, open } = endedAndOpen(members, history, lost);
  if (ended.length < run.regime.population) return run;
  const generation = ranked([...ended, ...guestIn(state, context, layout, run)], history, run.generation);
  const next = advanced(layout, run, generation);
  const reason = endOf(layout, next, generation);
  if (reason === null) {
    state.members = open;
    state.run = next;
    return next;
  }
  const from = derive(key, "restart", run.index + 1);
  const ending = { size: run.regime.size, evaluations: next.evaluations };
  const [restarts, regime] = nextRegime(state.restarts, ending, populationOf(rules, layout), stream(derive(from, "regime")));
  // A point of the last run would pull the new one to where that run has been.
  state.members = [];
  state.restarts = restarts;
  state.run = restarted(layout, run.index + 1, regime, rules.sigma, derive(from, "mean"));
  return state.run;
}

function first(state: CmaesState, { history }: Context, layout: Layout, rules: Rules): Run {
  const guests = state.guests.map((trial) => history.trials[trial]!);
  return firstRun(layout, firstRegime(populationOf(rules, layout)), rules.sigma, guests);
}

/** The best guest that has a measurement, if it is better than all of the run. All guests that have ended leave. */
function guestIn(state: CmaesState, { history }: Context, layout: Layout, run: Run): readonly Member[] {
  const guests = state.guests.map((trial) => history.trials[trial]!);
  state.guests = guests.filter(({ status }) => status === "running").map(({ id }) => id);
  const measured = guests.filter(({ status, curve }) => status !== "running" && status !== "failed" && curve.length > 0);
  if (measured.length === 0) return [];
  const merits = measured.map(({ curve }) => meritOf(curve.at(-1)!));
  const best = merits.reduce((least, merit, index) => (compareMerit(merit, merits[least]!) < 0 ? index : least), 0);
  if (run.best !== null && compareMerit(merits[best]!, run.best) >= 0) return [];
  const { id, config, curve } = measured[best]!;
  const { generation } = run;
  const { fidelity } = curve.at(-1)!;
  return [{ ...genotypeOf(layout, run, config), trial: id, fidelity, generation, isForeign: true, isRepeat: false }];
}
