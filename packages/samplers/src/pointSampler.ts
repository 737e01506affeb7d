/**
 * Samplers that do not adapt: point i is a function of i and of the key, whatever has been measured, however many workers ask and in
 * which order they answer. A configuration is what the codec makes of the point, so every space is served: a conditional parameter has
 * its coordinate whether it is active or not.
 */
import { decode, type Key, type Sampler } from "@caviar/core";

/** `index` counts the points given so far. */
export type PointState = { readonly key: Key; index: number };
/** Point i of the unit cube. */
export type PointAt = (index: number) => Float64Array;

/** @param create makes the sequence of one study: `dimensions` coordinates, one a parameter. */
export function pointSampler(name: string, create: (dimensions: number, key: Key) => PointAt): Sampler<PointState> {
  const sequences = new WeakMap<PointState, PointAt>();
  return {
    name,
    version: 1,
    can: { conditional: true, objectives: Number.MAX_SAFE_INTEGER, constraints: true, external: true },
    init: (_problem, key) => ({ key, index: 0 }),
    suggest: (state, { problem }) => {
      let at = sequences.get(state);
      if (at === undefined) {
        at = create(Math.max(1, problem.space.dims), state.key);
        sequences.set(state, at);
      }
      const unit = at(state.index);
      state.index += 1;
      return { config: decode(problem.space, unit) };
    },
    observe: () => {},
  };
}
