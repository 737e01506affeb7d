/** Views of a history whose trials and jobs change in place: each is good for one version, and throws StateError afterwards. */
import { StateError } from "../contract/errors.ts";
import type { History } from "../contract/trial.ts";
import { shareCache } from "./historyCache.ts";
import type { RunningJobs } from "./runningJobs.ts";

export type HistoryViews = {
  /** The view of this version, the same until `advance`. */
  current(): History;
  /** Begins the next version. */
  advance(): void;
};

/** Views inherit all but their version, so that one costs a few words an event. */
export function historyViews(trials: History["trials"], running: RunningJobs): HistoryViews {
  let version = 0;
  const first: History = {
    version: 0,
    get trials() {
      checkCurrent(this.version, version);
      return trials;
    },
    get running() {
      checkCurrent(this.version, version);
      return running.list();
    },
  };
  shareCache(first);
  let newest = first;
  return {
    current() {
      if (newest.version === version) return newest;
      const next = Object.create(first) as { -readonly [name in keyof History]: History[name] };
      next.version = version;
      newest = next;
      return newest;
    },
    advance() {
      version++;
    },
  };
}

function checkCurrent(version: number, current: number): void {
  if (version === current) return;
  throw new StateError({
    code: "staleHistory",
    what: "history",
    expected: `version ${current}`,
    got: `version ${version}`,
    remedy: "Use the history of the current call.",
  });
}
