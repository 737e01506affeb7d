/**
 * Leases: a worker that has not renewed its lease for three intervals is lost. Intervals are counted, and not read from a clock, so a
 * coordinator that was busy or suspended for an hour has counted one of them.
 */
import type { Clock } from "@caviar-hpo/core";

/** How many intervals a lease has. A worker renews it once in each. */
export const renewals = 3;

export type LeaseWatch = { renew(): void; stop(): void };

/** @param onLost is called once, unless the watch was stopped. */
export function watchLease(clock: Clock, seconds: number, onLost: () => void): LeaseWatch {
  let missed = 0;
  let over = false;
  let cancel = (): void => {};
  const count = (): void => {
    if (over) return;
    missed++;
    if (missed <= renewals) wait();
    else {
      over = true;
      onLost();
    }
  };
  const wait = (): void => {
    cancel = clock.after((seconds * 1000) / renewals, count);
  };
  wait();
  return {
    renew: () => {
      missed = 0;
    },
    stop: () => {
      over = true;
      cancel();
    },
  };
}
