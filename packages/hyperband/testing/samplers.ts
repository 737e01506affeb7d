/** Samplers for tests, as this package has none: independent uniform points, and a few of them. */
import { derive, type Key, type Sampler, uniformConfig } from "@caviar-hpo/core";

export type PointsState = { readonly key: Key; index: number };

export function uniformPoints(): Sampler<PointsState> {
  return {
    name: "uniform",
    version: 1,
    can: { conditional: true, objectives: 64, constraints: true, external: true },
    init: (_problem, key) => ({ key, index: 0 }),
    suggest: (state, { problem }) => {
      state.index++;
      return { config: uniformConfig(problem.space, derive(state.key, state.index)) };
    },
    tell: () => {},
  };
}

/** Exhausted after `count` points. */
export function fewPoints(count: number): Sampler<PointsState> {
  const plenty = uniformPoints();
  return {
    ...plenty,
    name: "few",
    suggest: (state, ...rest) => (state.index >= count ? "exhausted" : plenty.suggest(state, ...rest)),
  };
}

/** Makes every second asker wait while something runs, and is exhausted after `count` points. */
export function haltingPoints(count: number): Sampler<PointsState> {
  const plenty = uniformPoints();
  return {
    ...plenty,
    name: "halting",
    suggest: (state, context, ...rest) => {
      if (state.index >= count) return context.pending.size > 0 ? "wait" : "exhausted";
      if (state.index % 2 === 1 && context.pending.size > 0) return "wait";
      return plenty.suggest(state, context, ...rest);
    },
  };
}
