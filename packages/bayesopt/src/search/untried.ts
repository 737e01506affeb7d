/** What has been tried, and what is left: the first points of a design, and points where the search finds nothing new. */
import {
  type Config,
  decode,
  derive,
  encode,
  type FeasibleSet,
  feasibleSetOf,
  type Key,
  permutation,
  plainOf,
  type Space,
  stream,
  type TrialId,
} from "@caviar-hpo/core";
import { type Context, unseenIn } from "@caviar-hpo/core/contract";
import { feasiblePoint } from "../feasiblePoint.ts";
import { everyConfig, keyOfConfig } from "./distinct.ts";
import { levelsOf } from "./levels.ts";
import { type Spread, spread } from "./spread.ts";

/**
 * Keys of the configurations that have been tried or are pending. One that was `lost` with its worker is to be tried again, three
 * times at most.
 */
export function triedConfigs(context: Context, lost: readonly TrialId[]): ReadonlySet<string> {
  const { problem, history } = context;
  const { space } = problem;
  const forgiven = new Set(lost);
  const losses = new Map<string, number>();
  const tried = new Set(unseenIn(context).map((config) => keyOfConfig(space, config)));
  for (const { id, config } of history.trials) {
    const key = keyOfConfig(space, config);
    const count = (losses.get(key) ?? 0) + 1;
    if (forgiven.has(id)) losses.set(key, count);
    if (!forgiven.has(id) || count > mostRetries) tried.add(key);
  }
  return tried;
}

const mostRetries = 3;

/** The first of the next 64 points of the design that has not been tried; they are all feasible. */
export function designed(space: Space, index: number, isTried: (unit: Float64Array) => boolean, key: Key): Float64Array | null {
  const sequence = spread(space.dims, derive(key, "initial"));
  const set = feasibleSetOf(space);
  if (set !== null) return designedFeasible(space, set, sequence, { index, isTried, key });
  for (let skip = 0; skip < 64; skip++) {
    const unit = encode(space, decode(space, sequence.at(index + skip)));
    if (!isTried(unit)) return unit;
  }
  return null;
}

type DesignPlace = { readonly index: number; readonly isTried: (unit: Float64Array) => boolean; readonly key: Key };

/** The feasible points of the sequence in its order. Where they are rare, random feasible points. */
function designedFeasible(space: Space, set: FeasibleSet, sequence: Spread, { index, isTried, key }: DesignPlace): Float64Array | null {
  let number = 0;
  for (let at = 0; at < mostPassed && number < index + 64; at++) {
    const unit = feasiblePoint(space, set, sequence.at(at));
    if (unit === null) continue;
    if (number >= index && !isTried(unit)) return unit;
    number++;
  }
  for (let skip = 0; skip < 64 && number < index + 64; skip++) {
    const unit = encode(space, set.draw(stream(derive(key, "initial", index, skip))));
    if (!isTried(unit)) return unit;
  }
  return null;
}

/** Points of the sequence that one suggestion looks at. */
const mostPassed = 4096;

/**
 * At most `most` points that have not been tried, in random order: none where all have been. Where they cannot be listed, random points,
 * untried ones if there are any among them.
 */
export function untriedPoints(space: Space, tried: ReadonlySet<string>, most: number, key: Key): readonly Float64Array[] {
  const source = stream(derive(key, "untried"));
  const isFresh = (config: Config): boolean => !tried.has(keyOfConfig(space, config));
  const all = everyConfig(space, enumerable);
  if (all !== null) {
    const left = all.filter(isFresh);
    return some(left, most, source).map((config) => encode(space, config));
  }
  const set = feasibleSetOf(space);
  const drawn = Array.from({ length: 64 }, () =>
    set === null
      ? decode(
          space,
          Float64Array.from({ length: space.dims }, () => source.uniform()),
        )
      : set.draw(source),
  );
  const fresh = drawn.filter(isFresh);
  return (fresh.length > 0 ? fresh : drawn).map((config) => encode(space, config));
}

const enumerable = 100_000;

/** Up to `most` of them, in random order. */
export function some<T>(all: readonly T[], most: number, source: ReturnType<typeof stream>): readonly T[] {
  return [...permutation(source, all.length).subarray(0, most)].map((index) => all[index]!);
}

/** Whether a space has finitely many configurations that a search could come to the end of. */
export function isDiscrete(space: Space): boolean {
  return space.params.every(([, param]) => levelsOf(plainOf(param)) !== null);
}
