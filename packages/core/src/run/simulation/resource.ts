/**
 * The account of resource, in units of fidelity (a complete evaluation is one unit where the problem has none). Every unit that a job
 * spends is fresh, repeated or wasted, and only one of them.
 */
export type Resource = {
  /** Spent on taking a trial further than it had been. */
  readonly fresh: number;
  /** Spent on training a trial again up to where it had been, since it had no checkpoint to continue from. */
  readonly repeated: number;
  /** Spent without a report: since the last report of a job that was lost, ran out of time, was stopped by a directive, or was cut off. */
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
