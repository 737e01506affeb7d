/**
 * The configurations that a study has tried. Every adaptive sampler looks here, so that it tries no configuration twice while others are
 * left. Two configurations are the same if their active parameters have the same values. A trial counts from its start, also if it fails.
 * Pending configurations count too.
 */
import type { Key } from "../random/key.ts";
import { type Stream, stream } from "../random/stream.ts";
import { countValues } from "../space/lattice.ts";
import { acceptedNear } from "../space/nearby.ts";
import { type Config, plainOf, type Space } from "../space/param.ts";
import { historyCache } from "../study/historyCache.ts";
import type { TrialId } from "./ids.ts";
import type { Context } from "./strategy.ts";
import type { History } from "./trial.ts";

/** What a study has tried. */
export type Tried = {
  /** Whether this configuration has been tried, or is pending. */
  has(config: Config): boolean;
  /** An untried configuration near this one. null if none is left, or if the search found none. */
  near(config: Config, source: Stream): Config | null;
  /** Whether nothing is left. Then a sampler may repeat any configuration. This depends only on the trials, and not on earlier searches. */
  readonly spent: boolean;
};

/**
 * What the study of this context has tried. The cost is in proportion to the trials that are new since the last call.
 *
 * @param lost trials whose worker was lost; none by default. Their configurations count as untried, until a configuration was lost more
 * than three times.
 */
export function triedIn(context: Context, lost: readonly TrialId[] = []): Tried {
  const { problem, history, pending } = context;
  const { space } = problem;
  const known = knownIn(history, space);
  const losses = new Map<string, number>();
  for (const id of lost) add(losses, keyOf(space, history.trials[id]!.config));
  const isPending = (config: Config): boolean => {
    for (const other of pending) {
      const isUnseen = other.trial === null || other.trial >= history.trials.length;
      if (isUnseen && isSame(space, other.config, config)) return true;
    }
    return false;
  };
  const has = (config: Config): boolean => {
    const key = keyOf(space, config);
    const lostOnes = losses.get(key) ?? 0;
    return lostOnes > mostRetries || (known.counts.get(key) ?? 0) > lostOnes || isPending(config);
  };
  const search = (from: Config, source: Stream): NearbyResult => acceptedNear(space, from, (config) => !has(config), source);
  return {
    has,
    near(config, source) {
      const found = search(config, source);
      return typeof found === "string" ? null : found;
    },
    get spent() {
      const { left } = known;
      if (left === "unknown" || (left === "none" && known.losses === lost.length)) return left === "none";
      if (left !== null && left !== "none" && !has(left)) return false;
      known.left = search({}, stream(anywhere));
      known.losses = lost.length;
      return known.left === "none";
    },
  };
}

/**
 * The first of 16 draws that has not been tried. If all have been tried, an untried configuration near the first draw. If no configuration
 * is left, the first draw.
 */
export function drawUntried(tried: Tried, draw: () => Config, source: Stream): Config {
  const first = draw();
  if (!tried.has(first) || tried.spent) return first;
  for (let drawn = 1; drawn < mostDraws; drawn++) {
    const config = draw();
    if (!tried.has(config)) return config;
  }
  return tried.near(first, source) ?? first;
}

const [mostDraws, mostRetries] = [16, 3];

type NearbyResult = Config | "none" | "unknown";

/**
 * `counts` has the number of trials of each configuration, among the first `trials`. `left` is an untried configuration; null if no search
 * was made yet; "none" if nothing was left after `losses` lost trials; "unknown" if the space is too large to search it completely.
 */
type TriedTrials = { trials: number; readonly counts: Map<string, number>; left: NearbyResult | null; losses: number };

function knownIn(history: History, space: Space): TriedTrials {
  const known = historyCache<TriedTrials>(history, "tried", () => {
    const ends = space.params.every(([, param]) => countValues(plainOf(param)) < Infinity);
    return { trials: 0, counts: new Map(), left: ends ? null : "unknown", losses: 0 };
  });
  for (; known.trials < history.trials.length; known.trials++) add(known.counts, keyOf(space, history.trials[known.trials]!.config));
  return known;
}

/** Where searches for anything untried begin: far from where a sampler concentrates, so that what they find stays untried for long. */
const anywhere: Key = [0x616e7977, 0x68657265, 0, 0];

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function keyOf(space: Space, config: Config): string {
  return JSON.stringify(space.params.map(([name]) => (Object.hasOwn(config, name) ? config[name] : null)));
}

function isSame(space: Space, one: Config, other: Config): boolean {
  return space.params.every(([name]) => one[name] === other[name]);
}
