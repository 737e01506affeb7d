/**
 * Keys: 128 bits from which every random stream is made. The user's seed becomes a root through seedrandom; `derive` folds path
 * elements into another key, so that streams are addressed, never drawn from a shared cursor.
 */

export type Key = readonly [number, number, number, number];

export function root(_seed: string | number): Key {
  throw new Error("pending");
}

export function derive(_key: Key, ..._path: readonly (string | number)[]): Key {
  throw new Error("pending");
}
