/** The search for a configuration near another one: through the neighbouring values of each parameter, the last parameter's first. */
import type { Stream } from "../random/stream.ts";
import { countValues, indexOfValue, valueAt } from "./lattice.ts";
import { type Config, isActive, type ParamValue, type Plain, plainOf, type Space } from "./param.ts";
import { cellAt, realAt } from "./scale.ts";
import type { FeasibleSet } from "./where/feasibleSet.ts";
import { feasibleSetOf } from "./where/sets.ts";

/**
 * A feasible configuration near `from` that is accepted. "none" means that a finite space has no such configuration. "unknown" means that
 * the search found none and has not seen the whole space: because of constraints between parameters, or because a parameter has infinitely
 * many values, of which the search tries the one in `from` and a random one.
 */
export function acceptedNear(space: Space, from: Config, accept: (config: Config) => boolean, source: Stream): Config | "none" | "unknown" {
  const set = feasibleSetOf(space);
  const ends = space.params.every(([, param]) => countValues(plainOf(param)) < Infinity);
  if (set === null || ends) {
    const found = firstAround({ space, from, accept, source, set });
    if (typeof found === "object" || (found === "none" && ends)) return found;
  }
  for (let drawn = 0; set !== null && drawn < mostDraws; drawn++) {
    const config = set.draw(source);
    if (accept(config)) return config;
  }
  return "unknown";
}

/** How many values of parameters a search may try if constraints do not let it continue from each of them. After that, it draws. */
const [mostSteps, mostDraws] = [50_000, 64];

type NearbySearch = {
  readonly space: Space;
  readonly from: Config;
  readonly accept: (config: Config) => boolean;
  readonly source: Stream;
  readonly set: FeasibleSet | null;
};

/** Depth first through the tree whose levels are the parameters; a loop, because thousands of levels would overflow the stack. */
function firstAround({ space, from, accept, source, set }: NearbySearch): Config | "none" | "unknown" {
  const { params } = space;
  const config: { [name: string]: ParamValue } = {};
  const open: Iterator<ParamValue | undefined>[] = [];
  for (let steps = 0; set === null || steps < mostSteps; ) {
    if (open.length < params.length) {
      const [name, param] = params[open.length]!;
      const own = Object.hasOwn(from, name) ? from[name] : undefined;
      open.push(isActive(param, config) ? valuesAround(plainOf(param), own, source) : [undefined].values());
    } else if (accept(config)) return Object.freeze({ ...config });
    for (let holds = false; !holds; steps++) {
      const values = open.at(-1);
      if (values === undefined) return "none";
      const [name] = params[open.length - 1]!;
      const { done, value } = values.next();
      if (done === true) {
        delete config[name];
        open.pop();
      } else {
        if (value !== undefined) config[name] = value;
        holds = set === null || (set.broken(config) === null && set.mayHold(config));
      }
    }
  }
  return "unknown";
}

/** The nearest values first, the value itself before all; without a value, those around a random one. */
function* valuesAround(param: Plain, value: ParamValue | undefined, source: Stream): IterableIterator<ParamValue> {
  const count = countValues(param);
  if (param.kind === "real" && count === Infinity) {
    if (value !== undefined) yield value;
    yield realAt(param, source.uniform());
    return;
  }
  const start = value === undefined ? cellAt(source.uniform(), count) : indexOfValue(param, value);
  const first = source.uniform() < 0.5 ? 1 : -1;
  for (let rank = 0; rank < count; rank++) yield valueAt(param, placeNear(start, count, rank, first));
}

/** The place of 0 … count - 1 that is nearest to `start` after `rank` others; of two, the one in the direction `first` (1 or -1). */
function placeNear(start: number, count: number, rank: number, first: number): number {
  const onBothSides = Math.min(start, count - 1 - start);
  if (rank > 2 * onBothSides) return onBothSides === start ? rank : count - 1 - rank;
  const distance = Math.ceil(rank / 2);
  return rank % 2 === 1 ? start + first * distance : start - first * distance;
}
