/** A few small strategies that show what the shipped ones do not: a model, early stopping, points of its own only, a breach of contract. */
import { type Card, decode, derive, type Key, type Problem, type Strategy, stream } from "@caviar-hpo/core";
import { readOptions } from "@caviar-hpo/core/contract";
import type { Registry } from "@caviar-hpo/runtime";

const can = { batch: false, fidelity: true, conditional: true, objectives: 8, constraints: true, external: true };

export type Count = { readonly key: Key; asked: number };

function configAt(problem: Problem, key: Key, index: number) {
  return decode(problem.space, Float64Array.from({ length: problem.space.dims }, stream(derive(key, index)).uniform));
}

/** Uniform points. */
export const uniform: Strategy<Count> = {
  name: "uniform",
  version: 1,
  can,
  init: (_problem, key) => ({ key, asked: 0 }),
  ask: (state, { problem }, want) => ({
    proposals: Array.from({ length: want }, () => ({
      kind: "start",
      config: configAt(problem, state.key, state.asked++),
      until: problem.fidelity?.max ?? 1,
    })),
    directives: [],
    then: "more",
  }),
  tell: () => [],
};

/** Predicts the mean of what it was told, says so with every proposal, and recommends the last configuration it heard of. */
const mean: Strategy<Count & { sum: number; told: number; last: number }> = {
  ...uniform,
  name: "mean",
  init: (_problem, key) => ({ key, asked: 0, sum: 0, told: 0, last: -1 }),
  ask: (state, { problem }, want) => ({
    proposals: Array.from({ length: want }, () => ({
      kind: "start",
      config: configAt(problem, derive(state.key, state.told), state.asked++),
      until: problem.fidelity?.max ?? 1,
      prediction: { mean: [state.sum / Math.max(1, state.told)], sd: [state.told] },
    })),
    directives: [],
    then: "more",
  }),
  tell: (state, _context, report) => {
    if (report.kind === "failed") return [];
    state.sum += report.measurement.values[0]!;
    state.told++;
    state.last = report.trial;
    return [];
  },
  predict: (state, _context, configs) => ({
    mean: configs.map(() => state.sum / Math.max(1, state.told)),
    sd: configs.map(() => state.told),
  }),
  recommend: (state, { history }) => history.trials[state.last]?.config ?? null,
};

/** Stops a job whose first measurement is worse than the best first measurement so far. */
const racing: Strategy<Count & { best: number | null }> = {
  ...uniform,
  name: "racing",
  init: (_problem, key) => ({ key, asked: 0, best: null }),
  ask: (state, context, want, nextTrial) => {
    const answer = uniform.ask(state, context, want, nextTrial);
    return { ...answer, proposals: answer.proposals.map((proposal) => ({ ...proposal, milestones: [3] })) };
  },
  tell: (state, _context, report) => {
    if (report.kind !== "measured") return [];
    const value = report.measurement.values[0]!;
    if (state.best !== null && value > state.best) return [{ kind: "stop", job: report.job }];
    state.best = value;
    return [];
  },
};

const hermit: Strategy<Count> = { ...uniform, name: "hermit", can: { ...can, external: false } };

/** Proposes what is not in the space. */
const stray: Strategy<Count> = {
  ...uniform,
  name: "stray",
  ask: () => ({ proposals: [{ kind: "start", config: { nowhere: 1 }, until: 1 }], directives: [], then: "more" }),
};

const all: readonly Strategy[] = [uniform, mean, racing, hermit, stray];
const options = { offset: { param: { kind: "int", low: 0, high: 9, scale: "linear" }, default: 0, doc: "Points to leave out." } } as const;

export const registry: Registry = all.map(cardFor);

export function cardFor(strategy: Strategy): Card {
  return {
    name: strategy.name,
    doc: `The ${strategy.name} one.`,
    options,
    needs: [],
    adaptive: strategy.name === "mean",
    random: true,
    dependsOn: "order",
    cheap: {},
    create: (given = {}) => {
      const { offset } = readOptions<{ readonly offset?: number }>(strategy.name, options, given);
      return { ...strategy, init: (problem, key) => ({ ...(strategy.init(problem, key) as Count), asked: offset }) };
    },
    ...(strategy.name === "racing" && { describePlan: ({ max, unit }) => `races to ${max} ${unit}` }),
  };
}

export function canOf(name: string): Strategy["can"] {
  return all.find((strategy) => strategy.name === name)!.can;
}
