/**
 * Data that is derived from a history, such as a factorised kernel or a sorted list. It can be computed again at any time, so it is never
 * saved.
 */
import type { History } from "../contract/trial.ts";

/** One map per ledger, under the view that all views of the ledger inherit from; other histories have a map each. */
const caches = new WeakMap<object, Map<string, unknown>>();

/** Lets all views that inherit from `view` share one cache. */
export function shareCache(view: History): void {
  caches.set(view, new Map());
}

/** The entry `name` of a cache that exists as long as the study behind `history`. `create` makes the entry at its first use. */
export function historyCache<T>(history: History, name: string, create: () => T): T {
  const shared = Object.getPrototypeOf(history) as object;
  const owner = caches.has(shared) ? shared : history;
  const entries = caches.get(owner) ?? new Map<string, unknown>();
  caches.set(owner, entries);
  if (!entries.has(name)) entries.set(name, create());
  return entries.get(name) as T;
}
