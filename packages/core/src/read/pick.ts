/**
 * Records of options in a hot loop, where a copy of each would cost too much: their names are checked, and each member is read once. A
 * member whose key is a symbol names no option, and is left alone: to list symbols would cost more than all the rest.
 */
import type { Path } from "./path.ts";
import { reject } from "./refuse.ts";
import { membersOf } from "./snapshot.ts";

/**
 * What `read` takes from a plain object that has no keys but `known`. `read` takes each member once, and throws nothing itself.
 *
 * @throws what `membersOf` throws at the same record.
 */
export function pick<T extends object, R>(value: T, path: Path, known: ReadonlySet<string>, read: (value: T) => R): R {
  try {
    if (isPlain(value, known)) return read(value);
  } catch {
    reject(path, "data that can be read", "a getter or a proxy that throws", "Pass plain data.");
  }
  return read(membersOf(value, path, known) as T);
}

function isPlain(value: unknown, known: ReadonlySet<string>): boolean {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key in value) if (!known.has(key)) return false;
  // Where somebody gave the prototype of all objects such a member, only a copy tells what the record has itself.
  for (const key of known) if (key in Object.prototype) return false;
  return true;
}
