/**
 * Records of options in a hot loop, where a copy of each record would cost too much. Their names are checked, and each member is read once.
 * A member whose key is a symbol is ignored, because it costs too much to list symbols.
 */
import type { Path } from "./path.ts";
import { membersOf, readable } from "./snapshot.ts";

/**
 * A reader of records whose keys are those that `read` returns. It checks that a plain object has no other keys, and returns what `read`
 * makes of it. `read` must take each member once, return every key, also of an empty record, and must not throw.
 *
 * @throws what `membersOf` throws for the same record.
 */
export function picker<T extends object, R extends object>(read: (value: T) => R): (value: T, path: Path) => R {
  const known = new Set(Object.keys(read({} as T)));
  return (value, path) => readable(path, () => (isPlain(value, known) ? read(value) : null)) ?? read(membersOf(value, path, known) as T);
}

function isPlain(value: unknown, known: ReadonlySet<string>): boolean {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key in value) if (!known.has(key)) return false;
  // Where somebody gave the prototype of all objects such a member, only a copy tells what the record has itself.
  for (const key of known) if (key in Object.prototype) return false;
  return true;
}
