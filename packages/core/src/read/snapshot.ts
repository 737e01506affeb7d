/**
 * Copies of given objects and lists. Each member is read once, and only the copy is used afterwards: what was checked is what is used.
 * Only own, enumerable members of plain objects count. All else (a class instance, a `Map`, inherited or hidden members) is refused, and a
 * getter or a proxy that throws is refused as well, so that no foreign error comes through.
 */
import type { Path } from "./path.ts";
import { noObject, oddKey, reject, tooMany, unknownKey } from "./refuse.ts";

/** Without a prototype, so that every key is a member. */
export type Members = { readonly [key: string]: unknown };

/** The members of a plain object. @param known the keys that it may have; null where any key will do. */
export function membersOf(value: unknown, path: Path, known: ReadonlySet<string> | null): Members {
  if (typeof value !== "object" || value === null) noObject(path, value, known);
  const keys = readable(path, () => keysOf(value));
  if (keys === "list") noObject(path, value, known);
  if (keys === "instance") reject(path, "a plain object", value, "Pass an object literal.");
  for (const key of keys) {
    if (typeof key === "symbol") oddKey(path, key);
    if (known?.has(key) === false) unknownKey(path, key, [...known]);
  }
  const names = keys as readonly string[];
  const copy: { [key: string]: unknown } = Object.create(null);
  const hidden = readable(path, () => {
    for (const name of names) copy[name] = (value as Members)[name];
    return names.find((name) => !Object.prototype.propertyIsEnumerable.call(value, name));
  });
  if (hidden !== undefined) reject(path, "enumerable members", `${hidden}, which is hidden`, "Drop it, or make it enumerable.");
  return copy;
}

/** The elements of a list of `least` to `most`. A hole is undefined, which the reader of the elements refuses. */
export function elementsOf(value: unknown, path: Path, most: number, least: number): readonly unknown[] {
  const length = readable(path, () => (Array.isArray(value) ? (value.length as number) : null));
  if (length === null) reject(path, "a list", value);
  if (length > most) tooMany(path, `a list of at most ${most}`, length);
  if (length < least) reject(path, `a list of at least ${least}`, value);
  return readable(path, () => Array.from({ length }, (_, index) => (value as readonly unknown[])[index]));
}

/** Not `Array.isArray`, which throws for a revoked proxy. */
export function isList(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

function keysOf(value: object): readonly (string | symbol)[] | "list" | "instance" {
  if (Array.isArray(value)) return "list";
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || isObjectPrototype(prototype as object) ? Reflect.ownKeys(value) : "instance";
}

/** Also that of another realm, as a frame or a context of `node:vm` has it. */
function isObjectPrototype(prototype: object): boolean {
  if (prototype === Object.prototype) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "propertyIsEnumerable");
}

/** What `read` returns. What it throws is not of ours: the data cannot be read. */
export function readable<T>(path: Path, read: () => T): T {
  try {
    return read();
  } catch {
    return reject(path, "data that can be read", "a getter or a proxy that throws", "Pass plain data.");
  }
}
