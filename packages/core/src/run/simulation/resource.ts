/**
 * The resource that was spent, in units of fidelity. If the problem has no fidelity, an evaluation is one unit. Every unit that a job
 * spends is exactly one of fresh, repeated and wasted.
 */
export type Resource = {
  /** Spent on training a trial further than before. */
  readonly fresh: number;
  /** Spent on training a trial again up to where it had been, because it had no checkpoint. */
  readonly repeated: number;
  /**
   * Spent without a report: after the last report of a job that was lost, ran out of time, was stopped by a directive, or was still running
   * at the end.
   */
  readonly wasted: number;
  readonly total: number;
};

export type ResourceAccount = {
  /** A job trained from fidelity `from` to `to` and reported there; its trial had reported `known` before. */
  report(from: number, to: number, known: number): void;
  /** A job trained from `from` to `to` without a report. */
  waste(from: number, to: number): void;
  resource(): Resource;
  readonly total: number;
};

export function createResourceAccount(): ResourceAccount {
  let fresh = 0;
  let repeated = 0;
  let wasted = 0;
  let total = 0;
  return {
    report: (from, to, known) => {
      const border = Math.min(Math.max(from, known), to);
      fresh += to - border;
      repeated += border - from;
      total += to - from;
    },
    waste: (from, to) => {
      wasted += to - from;
      total += to - from;
    },
    resource: () => ({ fresh, repeated, wasted, total }),
    get total() {
      return total;
    },
  };
}
