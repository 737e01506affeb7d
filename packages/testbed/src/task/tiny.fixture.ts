/** A task small enough to be trained in milliseconds, and a strategy that pauses and resumes: what the tests of tasks share. */
import {
  type Choice,
  type Config,
  choice,
  compose,
  decode,
  derive,
  type Int,
  int,
  type Json,
  type Key,
  type Real,
  real,
  root,
  type Strategy,
  stream,
  type TrialId,
} from "@caviar-hpo/core";
import { moons } from "../data/moons.ts";
import { split } from "../data/split.ts";
import { createTask, type Metric, type Task } from "./task.ts";

export type TinySpace = {
  readonly learningRate: Real;
  readonly batchSize: Int;
  readonly batchNorm: Choice<boolean>;
  readonly preprocessing: Choice<"none" | "standard" | "unit">;
};

export const tinySpace: TinySpace = {
  learningRate: real(1e-3, 1e30, { scale: "log" }),
  batchSize: int(4, 64, { scale: "log" }),
  batchNorm: choice([true, false]),
  preprocessing: choice(["none", "standard", "unit"]),
};

export function tinyTask(metric: Metric = "loss"): Task<TinySpace> {
  const data = split(moons({ n: 300, noise: 0.25 }, root("tiny")), { train: 150, validation: 100, test: 50 }, root("split"));
  return createTask({
    name: "tiny",
    space: tinySpace,
    data,
    epochs: { min: 1, max: 9 },
    recipe: ({ learningRate, batchSize, batchNorm, preprocessing }) => ({
      network: { hidden: [8], batchNorm },
      training: { learningRate, batchSize, optimiser: { name: "momentum" } },
      preprocessing,
    }),
    metric,
  });
}

export const tinyConfig = { learningRate: 0.1, batchSize: 16, batchNorm: true, preprocessing: "standard" } as const satisfies Config;

/** Without batch norm and at such a rate every loss is infinite after a step or two. */
export const exploding = { learningRate: 1e30, batchSize: 16, batchNorm: false, preprocessing: "none" } as const satisfies Config;

/** Nine random configurations train for 1 epoch, the best three for 3, the best for 9: successive halving with a barrier at each rung. */
export function tournament(): Strategy {
  type Rungs = { started: number; rung: number; waiting: TrialId[] };
  return compose<Rungs, { key: Key; index: number } & { readonly [name: string]: Json }>(
    {
      name: "tournament",
      version: 1,
      init: () => ({ started: 0, rung: 0, waiting: [] }),
      rungs: () => [1, 3, 9],
      next: (state, { history }) => {
        const trials = history.trials;
        if (state.started < 9) return { kind: "fill", slot: { until: 1, bracket: 0, rung: 0, below: [] } };
        if (state.waiting.length === 0) {
          if (trials.some(({ status }) => status === "running")) return { kind: "wait" };
          if (state.rung === 2) return { kind: "done" };
          const reached = [1, 3][state.rung]!;
          const ranked = trials.filter(({ status, curve }) => status === "paused" && curve.at(-1)!.fidelity === reached);
          ranked.sort((a, b) => a.curve.at(-1)!.values[0]! - b.curve.at(-1)!.values[0]! || a.id - b.id);
          state.rung++;
          state.waiting = ranked.slice(0, [3, 1][state.rung - 1]!).map(({ id }) => id);
        }
        const [trial, ...rest] = state.waiting;
        state.waiting = rest;
        return trial === undefined ? { kind: "done" } : { kind: "resume", trial, until: [1, 3, 9][state.rung]! };
      },
      filled: (state) => {
        state.started++;
      },
      tell: () => [],
    },
    {
      name: "draws",
      version: 1,
      can: { conditional: true, objectives: 1, constraints: true, external: true },
      init: (_problem, key) => ({ key, index: 0 }),
      suggest: (state, { problem }) => {
        state.index++;
        return {
          config: decode(problem.space, Float64Array.from({ length: problem.space.dims }, stream(derive(state.key, state.index)).uniform)),
        };
      },
      tell: () => {},
    },
  );
}
