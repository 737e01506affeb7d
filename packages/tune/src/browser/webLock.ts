/**
 * One writer: the Web Lock of a study (w3.org/TR/web-locks), which a tab holds while it has the study open, and which ends with the tab.
 * Browsers have Web Locks on pages of https and of localhost. Elsewhere there is no lock, and the last one that opens the study is its
 * writer (`writeQueue.ts`).
 */
import { StateError } from "@caviar-hpo/core";

/** What `navigator.locks` is in a browser. */
export type LockManager = {
  request(
    name: string,
    options: { readonly ifAvailable?: true; readonly steal?: true },
    hold: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
};

/** The locks of this page; null if it has none. */
export function locksHere(): LockManager | null {
  return typeof navigator === "undefined" ? null : (navigator.locks ?? null);
}

declare const navigator: { readonly locks?: LockManager } | undefined;

/**
 * Takes the lock of a study. Returns the function that releases it, which resolves once other tabs can take it.
 *
 * @param steal whether to take it from the tab that holds it.
 * @param onLost is called if another tab takes it.
 * @throws StateError "locked" if another tab holds it.
 */
export function takeLock(locks: LockManager | null, name: string, steal: boolean, onLost: () => void): Promise<() => Promise<void>> {
  if (locks === null) return Promise.resolve(() => Promise.resolve());
  return new Promise((resolve, reject) => {
    let isHeld = false;
    const hold = (lock: unknown): Promise<void> => {
      if (lock === null) return Promise.reject(lockedStudy(name));
      isHeld = true;
      return new Promise<void>((release) => {
        resolve(() => {
          release();
          return ended;
        });
      });
    };
    const ended: Promise<void> = locks.request(`caviar/${name}`, steal ? { steal: true } : { ifAvailable: true }, hold).then(
      () => {},
      (error) => {
        if (isHeld) onLost();
        else reject(error);
      },
    );
  });
}

export function lockedStudy(name: string): StateError {
  return new StateError({
    code: "locked",
    what: `study ${name}`,
    expected: "a study that no other tab has open",
    got: "one that another tab has open",
    remedy: "Close the study there. Or pass takeOver: true, and the other tab can no longer write.",
  });
}
