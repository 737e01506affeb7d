/** The machine's own monotonic clock, for time limits and costs; what it says is only recorded, never decided on, but for time-outs. */
import type { Clock } from "@caviar-hpo/core";

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
