/**
 * Samplers that do not adapt: point i is a function of i and of the key. Measurements, the number of workers and the order of their reports
 * change nothing. The codec turns the point into a configuration, so these samplers serve every space: a conditional parameter has a
 * coordinate whether it is active or not. A point that breaks a constraint between parameters is left out, and the next one takes its
 * place. After 512 such points in a row the first of them is moved into the feasible part of the space.
 */
import { type Config, decodeFeasible, decodeNear, type Key, type Problem, type Sampler, type Space } from "@caviar-hpo/core";

/** `index` counts the points given so far, and those that were left out. */
export type PointState = { readonly key: Key; index: number };
/** Point i of the unit cube. */
export type PointAt = (index: number) => Float64Array;

/**
 * @param create makes the sequence of one study: `dimensions` coordinates, one per parameter. It throws at once for what it cannot serve.
 */
export function pointSampler(name: string, create: (dimensions: number, key: Key) => PointAt): Sampler<PointState> {
  const sequences = new WeakMap<PointState, PointAt>();
  const sequenceOf = (state: PointState, { space }: Problem): PointAt => {
    const known = sequences.get(state);
    if (known !== undefined) return known;
    const sequence = create(Math.max(1, space.dims), state.key);
    sequences.set(state, sequence);
    return sequence;
  };
  return {
    name,
    version: 1,
    can: { conditional: true, objectives: Number.MAX_SAFE_INTEGER, constraints: true, external: true },
    init: (problem, key) => {
      const state: PointState = { key, index: 0 };
      sequenceOf(state, problem);
      return state;
    },
    suggest: (state, { problem }) => ({ config: nextConfig(state, problem.space, sequenceOf(state, problem)) }),
    tell: () => {},
  };
}

/** The next point that fulfils the constraints. */
export function nextConfig(state: PointState, space: Space, at: PointAt): Config {
  const first = state.index;
  while (state.index < first + mostLeftOut) {
    const config = decodeFeasible(space, at(state.index));
    state.index++;
    if (config !== null) return config;
  }
  return decodeNear(space, at(first));
}

const mostLeftOut = 512;
