/**
 * Samplers that do not adapt: point i is a function of i and of the key, whatever has been measured, however many workers ask and in
 * which order they answer. A configuration is what the codec makes of the point, so every space is served: a conditional parameter has
 * its coordinate whether it is active or not.
 */
import { decode, type Key, type Problem, type Sampler } from "@caviar-hpo/core";

/** `index` counts the points given so far. */
export type PointState = { readonly key: Key; index: number };
/** Point i of the unit cube. */
export type PointAt = (index: number) => Float64Array;

/** @param create makes the sequence of one study: `dimensions` coordinates, one a parameter. It refuses what it cannot serve, at once. */
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
    suggest: (state, { problem }) => {
      const unit = sequenceOf(state, problem)(state.index);
      state.index += 1;
      return { config: decode(problem.space, unit) };
    },
    tell: () => {},
  };
}
