/**
 * Throw-away strategies written against the contract, one of each family it has to carry: random search, synchronous and asynchronous
 * successive halving (promoting and stopping), population based training, a model inside Hyperband, evolution across rungs, Gaussian
 * process search. They decide crudely and keep their promises carefully. Only tests use them.
 */
import { exp } from "@caviar-hpo/numerics";
import type { Dependence } from "../contract/card.ts";
import { complete, compose } from "../contract/compose.ts";
import { type TrialId, trialId } from "../contract/ids.ts";
import type { Fidelity, Problem } from "../contract/problem.ts";
import type { Sampler } from "../contract/sampler.ts";
import type { Scheduler } from "../contract/scheduler.ts";
import type { Capabilities, Context, Prediction, Proposal, Strategy } from "../contract/strategy.ts";
import type { History } from "../contract/trial.ts";
import { derive, type Key } from "../random/key.ts";
import { stream } from "../random/stream.ts";
import { encode } from "../space/codec.ts";
import type { Config, Space } from "../space/param.ts";
import { decodeNear } from "../space/where/sets.ts";
import { historyCache } from "../study/historyCache.ts";

const eta = 3;
const can: Sampler["can"] = { conditional: true, objectives: 1, constraints: true, external: true };

function randomConfig(space: Space, key: Key): Config {
  const source = stream(key);
  return decodeNear(
    space,
    Float64Array.from({ length: space.dims }, () => source.uniform()),
  );
}

/** Fidelities a factor of eta apart, from the most downwards, ascending. */
function ladder({ min, max, whole }: Fidelity): readonly number[] {
  const rungs: number[] = [];
  for (let at = max; at >= min; at /= eta) {
    const fidelity = whole ? Math.floor(at) : at;
    if (rungs[0] === undefined || fidelity < rungs[0]) rungs.unshift(fidelity);
  }
  return rungs;
}

// ---- which point

/** Point i is a function of i. */
export function randomStub(): Sampler<{ readonly key: Key; index: number }> {
  return {
    name: "random stub",
    version: 1,
    can: { ...can, objectives: 64 },
    init: (_problem, key) => ({ key, index: 0 }),
    suggest: (state, { problem }) => {
      state.index++;
      return { config: randomConfig(problem.space, derive(state.key, state.index)) };
    },
    tell: () => {},
  };
}

/** Gives `count` points and is exhausted; waits before it says so while a lost one could come back. */
export function fewStub(count: number): Sampler<{ readonly key: Key; index: number }> {
  return {
    ...randomStub(),
    name: "few stub",
    suggest: (state, { problem, pending }) => {
      if (state.index >= count) return pending.size > 0 ? "wait" : "exhausted";
      state.index++;
      return { config: randomConfig(problem.space, derive(state.key, state.index)) };
    },
  };
}

/** BOHB's half: four random points that must come back first, then neighbours of the best third at the highest rung that has enough. */
export function modelStub(): Sampler<{ readonly key: Key; index: number }> {
  return {
    name: "model stub",
    version: 1,
    can,
    init: (_problem, key) => ({ key, index: 0 }),
    suggest: (state, { problem, history, pending }, { rungs, trial }) => {
      const measured = [...rungs].reverse().map((rung) => measuredAt(history, rung));
      const enough = measured.find((points) => points.length >= 3);
      if (enough === undefined && state.index >= 4 && pending.size > 0) return "wait";
      state.index++;
      const key = derive(state.key, trial);
      if (enough === undefined) return { config: randomConfig(problem.space, key) };
      const source = stream(key);
      const good = enough.slice(0, Math.max(1, Math.floor(enough.length / 3)));
      const centre = encode(problem.space, history.trials[good[source.integer(good.length)]!.trial]!.config);
      return {
        config: decodeNear(
          problem.space,
          centre.map((u) => u + 0.1 * source.normal()),
        ),
        note: { model: enough.length },
      };
    },
    tell: () => {},
  };
}

/** Every trial measured at `fidelity`, best first. */
function measuredAt(history: History, fidelity: number): readonly { readonly trial: TrialId; readonly value: number }[] {
  return history.trials
    .flatMap(({ id, curve }) => curve.filter((m) => m.fidelity === fidelity).map((m) => ({ trial: id, value: m.values[0]! })))
    .sort((a, b) => a.value - b.value || a.trial - b.trial);
}

/**
 * DEHB's half: rand/1 on the trials of the rung below, each child against one parent. Which child challenges whom is kept by trial id; the
 * child takes the parent's place if it is better.
 */
export function evolutionStub(): Sampler<{ readonly key: Key; population: TrialId[]; readonly parents: { [child: string]: TrialId } }> {
  return {
    name: "evolution stub",
    version: 1,
    can,
    init: (_problem, key) => ({ key, population: [], parents: {} }),
    suggest: (state, { problem, history }, { slot, trial }) => {
      const pool = slot.below.length > 0 ? slot.below : state.population;
      const key = derive(state.key, trial);
      const known = pool.filter((one) => one < history.trials.length);
      if (known.length === 0) return { config: randomConfig(problem.space, key) };
      const source = stream(key);
      const pick = (): TrialId => known[source.integer(known.length)]!;
      const parent = pick();
      state.parents[trial] = parent;
      const [a, b, c] = [parent, pick(), pick()].map((one) => encode(problem.space, history.trials[one]!.config));
      return {
        config: decodeNear(
          problem.space,
          a!.map((u, axis) => u + 0.5 * (b![axis]! - c![axis]!)),
        ),
        note: { parent },
      };
    },
    tell: (state, { history }, report) => {
      if (report.kind === "measured") return;
      const parent = state.parents[report.trial];
      delete state.parents[report.trial];
      if (report.kind === "failed") return;
      const rival = parent === undefined ? undefined : history.trials[parent]!.curve.at(-1)?.values[0];
      if (rival === undefined || report.measurement.values[0]! <= rival) {
        state.population = [...state.population.filter((one) => one !== parent && one !== report.trial), report.trial].slice(-9);
      }
    },
  };
}

// ---- how far

/** `members` of the rung that is being filled; `settled` with their values, null where they failed; `promote` wait to be resumed. */
type Bracket = {
  readonly rungs: readonly number[];
  bracket: number;
  rung: number;
  members: TrialId[];
  settled: (readonly [trial: TrialId, value: number | null])[];
  promote: TrialId[];
  below: TrialId[];
};

/**
 * Synchronous brackets, one after the other. `promote: "resume"` trains the best third on; `"refill"` leaves the upper rungs' slots to the
 * sampler, with the best below them. Failures count as worst; refilled rungs are filled though all below failed. When no configurations are
 * left, a rung closes with what it has, and the best below are trained further.
 */
export function barrierStub(brackets: number, promote: "resume" | "refill"): Scheduler<Bracket> {
  const sizeOf = (state: Bracket): number => state.rungs.slice(state.rung + 1).reduce((size) => size * eta, 1);
  const close = (state: Bracket): void => {
    const survivors = state.settled
      .flatMap(([trial, value]) => (value === null ? [] : [{ trial, value }]))
      .sort((a, b) => a.value - b.value || a.trial - b.trial)
      .map(({ trial }) => trial);
    state.members = [];
    state.settled = [];
    if (state.rung + 1 < state.rungs.length && (survivors.length > 0 || promote === "refill")) {
      state.rung++;
      state.below = survivors.slice(0, sizeOf(state));
      state.promote = promote === "resume" ? state.below.splice(0) : [];
      return;
    }
    state.bracket++;
    state.rung = 0;
    state.below = [];
  };
  return {
    name: `barrier ${promote} stub`,
    version: 1,
    init: (fidelity) => ({ rungs: ladder(fidelity), bracket: 0, rung: 0, members: [], settled: [], promote: [], below: [] }),
    rungs: (state) => state.rungs,
    next: (state, _context, open) => {
      for (;;) {
        if (state.bracket >= brackets) return { kind: "done" };
        const until = state.rungs[state.rung]!;
        if (!open) state.promote.push(...state.below.splice(0));
        const trial = state.promote.shift();
        if (trial !== undefined) {
          state.members.push(trial);
          return { kind: "resume", trial, until };
        }
        const filling = state.rung === 0 || promote === "refill";
        if (filling && open && state.members.length < sizeOf(state)) {
          return { kind: "fill", slot: { until, bracket: state.bracket, rung: state.rung, below: [...state.below] } };
        }
        if (state.settled.length < state.members.length) return { kind: "wait" };
        if (state.members.length === 0 && !open) return { kind: "done" };
        close(state);
      }
    },
    filled: (state, _slot, trial) => {
      state.members.push(trial);
    },
    tell: (state, _context, report) => {
      if (report.kind === "measured" || !state.members.includes(report.trial)) return [];
      state.settled.push([report.trial, report.kind === "failed" ? null : report.measurement.values[0]!]);
      return [];
    },
  };
}

/** Asynchronous halving: `results` of each rung, and who was promoted out of it. */
type Ladder = { readonly rungs: readonly number[]; readonly results: [trial: TrialId, value: number][][]; readonly promoted: TrialId[][] };

function enter(state: Ladder, rung: number, trial: TrialId, value: number): boolean {
  const results = state.results[rung]!;
  results.push([trial, value]);
  results.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  return results.findIndex(([one]) => one === trial) < Math.max(1, Math.floor(results.length / eta));
}

function freshLadder(fidelity: Fidelity): Ladder {
  const rungs = ladder(fidelity);
  return { rungs, results: rungs.map(() => []), promoted: rungs.map(() => []) };
}

/**
 * ASHA: it promotes the best third of a rung, the highest rung first. If there is nothing to promote, a new trial starts. At the end, a
 * rung promotes at least its best trial.
 */
export function promotingStub(): Scheduler<Ladder> {
  return {
    name: "promoting stub",
    version: 1,
    init: freshLadder,
    rungs: (state) => state.rungs,
    next: (state, { history, pending }, open) => {
      const least = !open && pending.size === 0 ? 1 : 0;
      for (let rung = state.rungs.length - 2; rung >= 0; rung--) {
        const results = state.results[rung]!;
        const best = results.slice(0, Math.max(least, Math.floor(results.length / eta))).map(([trial]) => trial);
        const trial = best.find((one) => !state.promoted[rung]!.includes(one) && history.trials[one]!.status === "paused");
        if (trial === undefined) continue;
        state.promoted[rung]!.push(trial);
        return { kind: "resume", trial, until: state.rungs[rung + 1]! };
      }
      if (open) return { kind: "fill", slot: { until: state.rungs[0]!, bracket: 0, rung: 0, below: [] } };
      return { kind: pending.size > 0 ? "wait" : "done" };
    },
    filled: () => {},
    tell: (state, _context, report) => {
      if (report.kind === "finished")
        enter(state, state.rungs.indexOf(report.measurement.fidelity), report.trial, report.measurement.values[0]!);
      return [];
    },
  };
}

/**
 * ASHA's stopping variant: every trial aims for the top, and stops at the first rung in whose best third it is not. Its result at a rung is
 * its first report at or past the rung.
 */
export function stoppingStub(): Scheduler<Ladder> {
  return {
    name: "stopping stub",
    version: 1,
    init: freshLadder,
    rungs: (state) => state.rungs,
    next: (state, _context, open) =>
      open ? { kind: "fill", slot: { until: state.rungs.at(-1)!, bracket: 0, rung: 0, below: [] } } : { kind: "done" },
    filled: () => {},
    tell: (state, _context, report) => {
      if (report.kind === "failed") return [];
      const { fidelity, values } = report.measurement;
      const isNew = (rung: number): boolean => !state.results[rung]!.some(([trial]) => trial === report.trial);
      const reached = state.rungs.flatMap((least, rung) => (least <= fidelity && isNew(rung) ? [rung] : []));
      const stays = reached.every((rung) => enter(state, rung, report.trial, values[0]!));
      return stays || report.kind === "finished" ? [] : [{ kind: "stop", job: report.job }];
    },
  };
}

// ---- whole strategies

const everything: Capabilities = { batch: false, fidelity: true, ...can };

/** `fidelity` and `value` are the last that `trial` has finished; null before. */
type Member = { phase: "empty" | "running" | "ready" | "over"; trial: TrialId; fidelity: number; value: number | null };

/**
 * PBT: four members trained in segments. A ready member that is the worst of those measured continues from the best one's checkpoint with
 * a perturbed configuration, and its own checkpoints go; the others continue. Without checkpoints it starts the perturbed one from scratch.
 */
export function populationStub(): Strategy<{
  readonly key: Key;
  asked: number;
  readonly ends: readonly number[];
  readonly members: Member[];
}> {
  return {
    name: "population stub",
    version: 1,
    can: everything,
    init: ({ fidelity }, key) => {
      const { min, max, whole } = fidelity ?? { min: 1, max: 1, whole: true };
      const quarters = [0.25, 0.5, 0.75, 1].map((share) => Math.max(min, whole ? Math.ceil(share * max) : share * max));
      const members = Array.from({ length: 4 }, (): Member => ({ phase: "empty", trial: trialId(0), fidelity: 0, value: null }));
      return { key, asked: 0, ends: [...new Set(quarters)], members };
    },
    ask: (state, { problem }, want, nextTrial) => {
      const proposals: Proposal[] = [];
      const losers: TrialId[] = [];
      let starts = 0;
      const begin = (member: Member, proposal: Proposal): void => {
        proposals.push(proposal);
        member.phase = "running";
        if (proposal.kind === "resume") return;
        member.trial = trialId(nextTrial + starts);
        member.value = null;
        starts++;
      };
      for (const member of state.members) {
        if (proposals.length >= want || (member.phase !== "empty" && member.phase !== "ready")) continue;
        state.asked++;
        const key = derive(state.key, state.asked);
        const after = (fidelity: number): number => state.ends.find((end) => end > fidelity)!;
        const best = rivalOf(state.members, member);
        if (member.phase === "empty") {
          begin(member, { kind: "start", config: randomConfig(problem.space, key), until: state.ends[0]! });
        } else if (best === null || best.fidelity >= state.ends.at(-1)!) {
          begin(member, { kind: "resume", trial: member.trial, until: after(member.fidelity) });
        } else {
          losers.push(member.trial);
          const config = randomConfig(problem.space, key);
          begin(
            member,
            problem.resumable
              ? { kind: "clone", parent: best.trial, at: best.fidelity, config, until: after(best.fidelity), note: { from: best.trial } }
              : { kind: "start", config, until: after(best.fidelity) },
          );
        }
      }
      const phases = state.members.map((member) => member.phase);
      const waits = phases.includes("running") ? "wait" : "done";
      const idle = phases.includes("empty") || phases.includes("ready");
      return { proposals, directives: losers.map((trial) => ({ kind: "discard", trial })), then: idle ? "more" : waits };
    },
    tell: (state, _context, report) => {
      const member = state.members.find((one) => one.phase === "running" && one.trial === report.trial);
      if (member === undefined || report.kind === "measured") return [];
      if (report.kind === "failed") {
        member.phase = "empty";
        member.value = null;
        return [];
      }
      const { fidelity, values } = report.measurement;
      Object.assign(member, { phase: fidelity < state.ends.at(-1)! ? "ready" : "over", fidelity, value: values[0]! });
      return [];
    },
  };
}

/** The best member, where `member` is the worst of at least three that have measured something. */
function rivalOf(members: readonly Member[], member: Member): Member | null {
  const measured = members.filter((one) => one.value !== null).sort((a, b) => a.value! - b.value!);
  return measured.length >= 3 && measured.at(-1) === member ? measured[0]! : null;
}

/**
 * GP-BO's outline: a surrogate rebuilt from history and cached on it, running jobs fantasised, one proposal predicted and said why, a
 * recommendation by the model. The surrogate is a kernel average of ranks, which no value can overflow.
 */
export function surrogateStub(): Strategy<{ readonly key: Key }> {
  return {
    name: "surrogate stub",
    version: 1,
    can: { ...everything, fidelity: false },
    init: (_problem, key) => ({ key }),
    ask: (state, context, want, nextTrial) => {
      const { problem } = context;
      const until = problem.fidelity?.max ?? 1;
      const surrogate = surrogateOf(context);
      const proposals: Proposal[] = [];
      const pending = context.pending.after(proposals, nextTrial);
      for (let place = 0; place < want; place++) {
        const trial = trialId(nextTrial + place);
        const busy = [...pending].map((one) => one.config);
        const candidates = Array.from({ length: 8 }, (_unused, index) => randomConfig(problem.space, derive(state.key, trial, index)));
        const { mean, sd } = surrogate(candidates, busy);
        const bounds = mean.map((value, index) => value - sd[index]!);
        const chosen = bounds.indexOf(Math.min(...bounds));
        const config = context.queue[place] ?? candidates[chosen]!;
        proposals.push({ kind: "start", config, until, prediction: { mean: [mean[chosen]!], sd: [sd[chosen]!] }, note: { candidates: 8 } });
      }
      return { proposals, directives: [], then: "more" };
    },
    tell: () => [],
    predict: (_state, context, configs) => surrogateOf(context)(configs, []),
    recommend: (_state, context) => {
      const configs = context.history.trials.filter((trial) => trial.status === "finished").map((trial) => trial.config);
      const { mean } = surrogateOf(context)(configs, []);
      return configs[mean.indexOf(Math.min(...mean))] ?? null;
    },
  };
}

type Surrogate = (configs: readonly Config[], pending: readonly Config[]) => Prediction;

function surrogateOf({ problem, history }: Context): Surrogate {
  const cache = historyCache(history, "surrogate stub", (): { version: number; points: ReturnType<typeof rankedPoints> } => ({
    version: -1,
    points: [],
  }));
  if (cache.version !== history.version) {
    cache.points = rankedPoints(problem, history);
    cache.version = history.version;
  }
  return (configs, pending) => {
    const fantasies = pending.map((config) => encode(problem.space, config));
    const predictions = configs.map((config) => {
      const unit = encode(problem.space, config);
      const weights = cache.points.map((point) => closeness(point.unit, unit));
      const total = weights.reduce((sum, weight) => sum + weight, 1e-9);
      const mean = cache.points.reduce((sum, { rank }, index) => sum + weights[index]! * rank, 0.5e-9) / total;
      return { mean, sd: Math.sqrt(1 / (1 + fantasies.reduce((sum, one) => sum + closeness(one, unit), total))) };
    });
    return { mean: predictions.map(({ mean }) => mean), sd: predictions.map(({ sd }) => sd) };
  };
}

function rankedPoints(problem: Problem, history: History): readonly { readonly unit: Float64Array; readonly rank: number }[] {
  const measured = history.trials
    .filter((trial) => trial.status === "finished")
    .sort((a, b) => a.curve.at(-1)!.values[0]! - b.curve.at(-1)!.values[0]! || a.id - b.id);
  return measured.map((trial, place) => ({ unit: encode(problem.space, trial.config), rank: place / measured.length }));
}

function closeness(a: Float64Array, b: Float64Array): number {
  return exp(-8 * a.reduce((sum, u, axis) => sum + (u - b[axis]!) * (u - b[axis]!), 0));
}

/** All families, each as a whole strategy. */
export const stubs: readonly { readonly name: string; readonly create: () => Strategy; readonly dependsOn?: Dependence }[] = [
  { name: "random search", create: () => compose(complete, randomStub()), dependsOn: "nothing" },
  { name: "a few points", create: () => compose(complete, fewStub(12)), dependsOn: "nothing" },
  { name: "synchronous halving", create: () => compose(barrierStub(3, "resume"), randomStub()), dependsOn: "results" },
  { name: "synchronous halving of a few points", create: () => compose(barrierStub(3, "resume"), fewStub(12)), dependsOn: "results" },
  { name: "BOHB", create: () => compose(barrierStub(3, "resume"), modelStub()) },
  { name: "DEHB", create: () => compose(barrierStub(2, "refill"), evolutionStub()) },
  { name: "ASHA by promotion", create: () => compose(promotingStub(), randomStub()) },
  { name: "ASHA by promotion of a few points", create: () => compose(promotingStub(), fewStub(12)) },
  { name: "ASHA by stopping", create: () => compose(stoppingStub(), randomStub()) },
  { name: "PBT", create: populationStub },
  { name: "GP-BO", create: surrogateStub },
];
