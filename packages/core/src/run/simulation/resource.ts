/**
 * The account of resource, in units of fidelity (a complete evaluation is one unit where the problem has none). Every unit that a job spends is
 * fresh, repeated or wasted, and only one of them.
 */
export type Resource = {
  /** Took a trial further than it had been. */
  readonly fresh: number;
  /** Went through again what the trial had been through: from scratch, since there was no checkpoint to go on from. */
  readonly repeated: number;
  /** Told nobody anything: spent since the last report of a job that was lost, ran out of time, was stopped from elsewhere, or was cut off. */
  readonly wasted: number;
  readonly total: number;
};

export type ResourceAccount = {
  /** A job came from fidelity `from` to `to` and reported there; its trial had been at `known`. */
  report(from: number, to: number, known: number): void;
  /** A job came from `from` to `to`, of which nobody was told. */
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
