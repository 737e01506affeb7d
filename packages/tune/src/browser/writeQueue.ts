/**
 * What is written to the database of a study, in order. IndexedDB answers later, so changes wait in a queue. Those that wait are written in
 * one transaction: all of them or none. Each transaction checks that the database still names this queue as its writer, so two tabs never
 * write one log, with or without a lock.
 */
import { type CaviarError, StateError } from "@caviar-hpo/core";
import { completionOf, type Database, databaseFailed, type ObjectStore, type StoreName, stores } from "./indexedDb.ts";

/** A value to store under a key. Without a value, the key is deleted. A key of the log is written once. */
export type StoreChange = { readonly store: StoreName; readonly key: string | number; readonly value?: unknown };

export type WriteQueue = {
  /** @throws the error of an earlier write, or of `fail`. */
  add(change: StoreChange): void;
  /** Resolves once all changes so far are stored. Rejects with the error of a write that failed. */
  saved(): Promise<void>;
  /** Makes every later `add` throw this error. */
  fail(error: CaviarError): void;
};

type Waiter = { readonly changes: number; resolve(): void; reject(error: CaviarError): void };

/** @param writer the number that the database must have as its writer. */
export function writeQueue(database: Database, name: string, writer: number): WriteQueue {
  let waiting: StoreChange[] = [];
  let added = 0;
  let stored = 0;
  let writing = false;
  let failure: CaviarError | null = null;
  let waiters: Waiter[] = [];
  const settle = (): void => {
    const ready = waiters.filter(({ changes }) => failure !== null || changes <= stored);
    waiters = waiters.filter((waiter) => !ready.includes(waiter));
    for (const { resolve, reject, changes } of ready) changes <= stored ? resolve() : reject(failure!);
  };
  const fail = (error: CaviarError): void => {
    failure ??= error;
    settle();
  };
  const writeAll = async (): Promise<void> => {
    // Changes of one call come together. They are written together, too.
    await Promise.resolve();
    while (waiting.length > 0 && failure === null) {
      const batch = waiting;
      waiting = [];
      try {
        await write(database, name, writer, batch);
        stored += batch.length;
        settle();
      } catch (error) {
        fail(error as CaviarError);
      }
    }
    writing = false;
  };
  return {
    add: (change) => {
      if (failure !== null) throw failure;
      waiting.push(change);
      added++;
      if (writing) return;
      writing = true;
      void writeAll();
    },
    saved: () =>
      new Promise((resolve, reject) => {
        waiters.push({ changes: added, resolve, reject });
        settle();
      }),
    fail,
  };
}

/** @throws StateError "takenOver"; JournalError "diskFailed". */
async function write(database: Database, name: string, writer: number, changes: readonly StoreChange[]): Promise<void> {
  let isOwner = true;
  try {
    const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
    const done = completionOf(transaction);
    const owner = transaction.objectStore("study").get("writer");
    owner.onsuccess = () => {
      isOwner = owner.result === writer;
      if (!isOwner) transaction.abort();
      else for (const { store, key, value } of changes) change(transaction.objectStore(store), store, key, value);
    };
    await done;
  } catch (error) {
    throw isOwner ? databaseFailed(name, error) : takenOver(name);
  }
}

function change(target: ObjectStore, store: StoreName, key: string | number, value: unknown): void {
  if (value === undefined) target.delete(key);
  else if (store === "log") target.add(value, key);
  else target.put(value, key);
}

export function takenOver(name: string): StateError {
  return new StateError({
    code: "takenOver",
    what: `study ${name}`,
    expected: "to be its only writer",
    got: "another tab that has opened or deleted it since",
    remedy: "Leave the study to the other tab, or open it again.",
  });
}
