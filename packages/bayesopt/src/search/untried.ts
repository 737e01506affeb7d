/** What is left to try: the first points of a design, and points where the search finds nothing new. */
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
} from "@caviar-hpo/core";
import { drawConfig, type Tried } from "@caviar-hpo/core/contract";
import { feasiblePoint } from "../feasiblePoint.ts";
import { everyConfig } from "./everyConfig.ts";
import { levelsOf } from "./levels.ts";
import { type Spread, spread } from "./spread.ts";

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
 * untried ones if any were found.
 */
export function untriedPoints(space: Space, tried: Tried, most: number, key: Key): readonly Float64Array[] {
  const source = stream(derive(key, "untried"));
  const isFresh = (config: Config): boolean => !tried.has(config);
  const all = everyConfig(space, enumerable);
  if (all !== null) {
    const left = all.filter(isFresh);
    return some(left, most, source).map((config) => encode(space, config));
  }
  const drawn = Array.from({ length: 64 }, () => drawConfig(space, source));
  const fresh = drawn.filter(isFresh);
  if (fresh.length > 0) return fresh.map((config) => encode(space, config));
  if (tried.spent) return [];
  const near = tried.near(drawn[0]!, source);
  return (near === null ? drawn : [near]).map((config) => encode(space, config));
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
