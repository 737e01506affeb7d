/**
 * IndexedDB (w3.org/TR/IndexedDB-3), as far as a study needs it: the types, because a pure package is compiled without those of a browser,
 * and promises for its requests and transactions.
 */
import { JournalError, StateError } from "@caviar-hpo/core";
import { thrownText } from "@caviar-hpo/core/text";

/** What `indexedDB` is in a browser. */
export type DatabaseFactory = {
  open(name: string, version: number): OpenRequest;
  deleteDatabase(name: string): DatabaseRequest<unknown>;
};

export type DatabaseRequest<T> = {
  readonly result: T;
  readonly error: unknown;
  readonly transaction: Transaction | null;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
};

type OpenRequest = DatabaseRequest<Database> & { onupgradeneeded: (() => void) | null };

export type Database = {
  createObjectStore(name: string): unknown;
  transaction(stores: readonly string[], mode: "readonly" | "readwrite", options?: { readonly durability: "strict" }): Transaction;
  close(): void;
  /** Another tab wants to delete the database. */
  onversionchange: (() => void) | null;
};

export type Transaction = {
  readonly error: unknown;
  objectStore(name: string): ObjectStore;
  abort(): void;
  oncomplete: (() => void) | null;
  onabort: (() => void) | null;
};

export type ObjectStore = {
  get(key: string): DatabaseRequest<unknown>;
  getAll(): DatabaseRequest<readonly unknown[]>;
  getAllKeys(): DatabaseRequest<readonly unknown[]>;
  add(value: unknown, key: string | number): unknown;
  put(value: unknown, key: string | number): unknown;
  delete(key: string | number): unknown;
};

/** The stores of a study's database. `log` has the records by number, `checkpoints` the checkpoints by name. */
export const stores = ["study", "log", "checkpoints"] as const;
export type StoreName = (typeof stores)[number];

/**
 * The database of a study.
 *
 * @param make whether a database is made if there is none. Otherwise the result is null.
 * @throws JournalError "diskFailed"; "laterFormat" for a database of a later version.
 */
export async function openDatabase(databases: DatabaseFactory, name: string, make: boolean): Promise<Database | null> {
  try {
    const request = databases.open(databaseName(name), 1);
    let isMissing = false;
    request.onupgradeneeded = () => {
      if (make) for (const store of stores) request.result.createObjectStore(store);
      else request.transaction!.abort();
      isMissing = !make;
    };
    return await resultOf(request).catch((error) => (isMissing ? null : Promise.reject(error)));
  } catch (error) {
    if ((error as { readonly name?: unknown } | null)?.name === "VersionError") throw laterFormat(name);
    throw databaseFailed(name, error);
  }
}

export function databaseName(name: string): string {
  return `caviar/${name}`;
}

export function resultOf<T>(request: DatabaseRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves once the changes of a transaction are stored. */
export function completionOf(transaction: Transaction): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? "the transaction was aborted");
  });
  // A caller that already failed on a request of the transaction does not wait for its end.
  done.catch(() => {});
  return done;
}

/** Where there is IndexedDB. */
export function databasesHere(): DatabaseFactory {
  if (typeof indexedDB !== "undefined") return indexedDB;
  throw new StateError({
    code: "noDatabase",
    what: "IndexedDB",
    expected: "a browser that has it",
    got: "none",
    remedy: "In Node, use openStudy of @caviar-hpo/runtime.",
  });
}

declare const indexedDB: DatabaseFactory | undefined;

export function databaseFailed(name: string, error: unknown): JournalError {
  return new JournalError({
    code: "diskFailed",
    what: `study ${name}`,
    expected: "a database that can be read and written",
    got: thrownText(error),
    remedy: "Free some storage of the browser, and open the study again. It continues after what was stored.",
  });
}

export function laterFormat(name: string): JournalError {
  return new JournalError({
    code: "laterFormat",
    what: `study ${name}`,
    expected: "a study of this version of Caviar",
    got: "one of a later version",
    remedy: "Update Caviar.",
  });
}
