/**
 * The monotonic clock of the machine, for time limits and costs. Only time-outs depend on it. Otherwise its times are recorded and nothing
 * depends on them.
 */
import type { Clock } from "@caviar-hpo/core";

/** A clock of real time, from `performance.now()` and timers. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after: (delayMs, callback) => {
    let timer: NodeJS.Timeout;
    const wait = (restMs: number): void => {
      const stepMs = Math.min(restMs, longestTimerMs);
      timer = setTimeout(() => (restMs > stepMs ? wait(restMs - stepMs) : callback()), stepMs);
    };
    wait(Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

/** Node fires longer timers at once. */
const longestTimerMs = 2 ** 31 - 1;
