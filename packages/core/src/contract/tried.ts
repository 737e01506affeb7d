/**
 * What a study has tried. Every adaptive sampler looks here, so that it tries no configuration twice while others are left. Two
 * configurations are the same where their active parameters have the same values. A trial counts from its start, also if it fails.
 * Pending configurations count too.
 */
import type { Stream } from "../random/stream.ts";
import { acceptedNear } from "../space/nearby.ts";
import type { Config, Space } from "../space/param.ts";
import { historyCache } from "../study/historyCache.ts";
import type { TrialId } from "./ids.ts";
import type { Context } from "./strategy.ts";
import type { History } from "./trial.ts";

export type Tried = {
  has(config: Config): boolean;
  /** An untried configuration near this one; null where none is left, or none was found. */
  near(config: Config, source: Stream): Config | null;
  /** Whether it is known that nothing is left: then a sampler may repeat what it likes. */
  readonly spent: boolean;
};

/**
 * To know it costs as much as the trials that are new since the last call.
 *
 * @param lost trials whose worker was lost. Their configurations count as untried, until a configuration was lost more than three times.
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
  return {
    has,
    near(config, source) {
      if (known.spentAfter === lost.length) return null;
      const found = acceptedNear(space, config, (other) => !has(other), source);
      if (found === "none") known.spentAfter = lost.length;
      return typeof found === "string" ? null : found;
    },
    get spent() {
      return known.spentAfter === lost.length;
    },
  };
}

/** The first of 16 draws that has not been tried, else an untried configuration near the first draw; the first draw where none is left. */
export function drawUntried(tried: Tried, draw: () => Config, source: Stream): Config {
  const first = draw();
  if (tried.spent || !tried.has(first)) return first;
  for (let drawn = 1; drawn < mostDraws; drawn++) {
    const config = draw();
    if (!tried.has(config)) return config;
  }
  return tried.near(first, source) ?? first;
}

const [mostDraws, mostRetries] = [16, 3];

/** `counts` has the number of trials of each configuration, among the first `trials`. `spentAfter` losses nothing was left; else -1. */
type Known = { trials: number; readonly counts: Map<string, number>; spentAfter: number };

function knownIn(history: History, space: Space): Known {
  const known = historyCache<Known>(history, "tried", () => ({ trials: 0, counts: new Map(), spentAfter: -1 }));
  for (; known.trials < history.trials.length; known.trials++) add(known.counts, keyOf(space, history.trials[known.trials]!.config));
  return known;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function keyOf(space: Space, config: Config): string {
  return JSON.stringify(space.params.map(([name]) => (Object.hasOwn(config, name) ? config[name] : null)));
}

function isSame(space: Space, one: Config, other: Config): boolean {
  return space.params.every(([name]) => one[name] === other[name]);
}
