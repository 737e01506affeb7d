/**
 * Time as a parameter. Pure code never reads a clock: it is handed one. `stillClock` never moves (a study without time limits needs no
 * other); `virtualClock` jumps from one timer to the next, so that hours of training take milliseconds and no real time enters.
 */
import { StateError } from "../contract/errors.ts";

/** A clock with timers. */
export type Clock = {
  /** Milliseconds since some fixed moment. */
  nowMs(): number;
  /** Calls back once, after `delayMs`. The returned function cancels it. */
  after(delayMs: number, callback: () => void): () => void;
  /**
   * True if no time passes while code runs, as in virtual time. False by default: then `drive` gives the thread back to the host before
   * each evaluation, so that timers and signals are heard although evaluations block the thread.
   */
  readonly virtual?: boolean;
};

export const stillClock: Clock = { nowMs: () => 0, after: () => () => {} };

/** A clock that jumps from one timer to the next. */
export type VirtualClock = Clock & {
  /** A promise that resolves `delayMs` from now. */
  sleep(delayMs: number): Promise<void>;
  /** Lets time pass until `work` has settled, and returns its result. Rejects if no timer is left and `work` still waits. */
  run<T>(work: Promise<T>): Promise<T>;
};

/**
 * Makes a virtual clock. Timers fire in the order of their times, and timers of the same time in the order of their creation.
 *
 * @param turn lets everything run that is ready, and resolves after it. In Node `() => new Promise(setImmediate)`, in a browser a macrotask
 * (`setTimeout(resolve, 0)`). Time only moves between turns.
 */
export function virtualClock(turn: () => Promise<unknown>): VirtualClock {
  type Timer = { readonly atMs: number; readonly order: number; readonly callback: () => void };
  const timers = new Set<Timer>();
  let nowMs = 0;
  let order = 0;

  const after: Clock["after"] = (delayMs, callback) => {
    const timer: Timer = { atMs: nowMs + (delayMs > 0 ? delayMs : 0), order: order++, callback };
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  };

  const earliest = (): Timer | null => {
    let first: Timer | null = null;
    for (const timer of timers) {
      if (first === null || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order)) first = timer;
    }
    return first;
  };

  const run = async <T>(work: Promise<T>): Promise<T> => {
    let settled = false;
    const mark = (): void => {
      settled = true;
    };
    work.then(mark, mark);
    for (;;) {
      await turn();
      if (settled) return work;
      const timer = earliest();
      if (timer === null) {
        throw new StateError({
          code: "nothingToWaitFor",
          what: "virtual clock",
          expected: "a pending timer while the work waits",
          got: "none",
          remedy: "Let the work wait only for timers of this clock.",
        });
      }
      timers.delete(timer);
      nowMs = timer.atMs;
      timer.callback();
    }
  };

  return { nowMs: () => nowMs, after, virtual: true, sleep: (delayMs) => new Promise((resolve) => after(delayMs, resolve)), run };
}
