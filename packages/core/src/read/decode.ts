/**
 * Strict decoders. A decoder takes a value of unknown shape and returns it with its type, or throws an error with the path to what is
 * wrong. Decoders read only own keys, refuse unknown keys, and build new plain objects. So no prototype, accessor or alias of the input
 * survives.
 */
import type { Json } from "../contract/json.ts";
import { limits } from "../contract/limits.ts";
import { show } from "../text/show.ts";
import { below, type Path } from "./path.ts";
import { missingKey, oddKey, reject, tooMany } from "./refuse.ts";
import { elementsOf, isList, type Members, membersOf } from "./snapshot.ts";
import { remedyForWord } from "./spelling.ts";

/**
 * Reads a value.
 *
 * @throws ProtocolError or LimitError whose `what` is the path, for instance `event.jobs[2].until`. If the path begins with a `Root`, the
 * error that the root names.
 */
export type Decoder<T> = (value: unknown, path: Path) => T;
/** The type that a decoder returns. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

type Fields = { readonly [name: string]: Decoder<unknown> };
type Fixed<R extends Fields, O extends Fields> = { readonly [K in keyof R]: Decoded<R[K]> } & { readonly [K in keyof O]?: Decoded<O[K]> };

/** Any value, unchanged: for values that are not data, or that are checked later. */
export const anything: Decoder<unknown> = (value) => value;

/** A function, unchanged. */
export function func<F extends (...args: never[]) => unknown>(value: unknown, path: Path): F {
  return typeof value === "function" ? (value as F) : reject(path, "a function", value);
}

/** An object of any class that has these methods, as it is. */
export function withMethods<T>(...names: readonly string[]): Decoder<T> {
  return (value, path) => {
    try {
      if (typeof value === "object" && names.every((name) => typeof (value as Members)[name] === "function")) return value as T;
    } catch {
      // Null, or a proxy that throws.
    }
    return reject(path, `an object with the methods ${names.join(", ")}`, value);
  };
}

/** A string. */
export const string: Decoder<string> = (value, path) => (typeof value === "string" ? value : reject(path, "a string", value));

/** true or false. */
export const boolean: Decoder<boolean> = (value, path) => (typeof value === "boolean" ? value : reject(path, "true or false", value));

/** Any double, including NaN and the infinities. */
export const number: Decoder<number> = (value, path) => (typeof value === "number" ? value : reject(path, "a number", value));

/** A finite number. */
export const finite: Decoder<number> = (value, path) =>
  typeof value === "number" && Number.isFinite(value) ? value : reject(path, "a finite number", value);

/** A finite number in [low, high]. The bounds may be infinite. */
export function between(low: number, high: number): Decoder<number> {
  return (value, path) => {
    const given = finite(value, path);
    return given >= low && given <= high ? given : reject(path, `a number in [${low}, ${high}]`, value);
  };
}

/** A whole number in [low, high]. -0 becomes 0. */
export function whole(low: number, high: number): Decoder<number> {
  return (value, path) =>
    Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high
      ? (value as number) + 0
      : reject(path, `a whole number in [${low}, ${high}]`, value);
}

/** One of some strings, numbers or booleans. */
export function oneOf<const T extends string | number | boolean>(...allowed: readonly T[]): Decoder<T> {
  return (value, path) => (allowed.includes(value as T) ? (value as T) : refuseWord(path, allowed, value));
}

function refuseWord(path: Path, allowed: readonly unknown[], value: unknown): never {
  const words = allowed.filter((word) => typeof word === "string");
  return reject(path, allowed.map((word) => show(word)).join(" or "), value, remedyForWord(value, words));
}

/** A value that a parameter or an option can have: a string, a boolean or a finite number. */
export const scalar: Decoder<string | number | boolean> = (value, path) =>
  typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))
    ? value
    : reject(path, "a string, a boolean or a finite number", value);

/** A string of 1 to `most` characters. */
export function text(most: number): Decoder<string> {
  return (value, path) =>
    typeof value === "string" && value.length > 0 && value.length <= most
      ? value
      : reject(path, `a text of 1 to ${most} characters`, value);
}

/** A name that can be shown and used as a key: printable, with 1 to `limits.nameLength` characters. */
export const name: Decoder<string> = (value, path) => {
  const text = string(value, path);
  if (text.length > limits.nameLength) tooMany(path, `at most ${limits.nameLength} characters`, text.length);
  if (text.length === 0 || /[\p{Cc}\p{Cs}]/u.test(text) || text === "__proto__")
    reject(path, "a name that is not empty, of printable characters and not reserved", value);
  return text;
};

/** What `decoder` reads, or null. */
export function nullable<T>(decoder: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null ? null : decoder(value, path));
}

/** A list of `least` to `most` elements; at least 0 by default. */
export function array<T>(decoder: Decoder<T>, most: number, least = 0): Decoder<readonly T[]> {
  return (value, path) => elementsOf(value, path, most, least).map((element, index) => decoder(element, below(path, index)));
}

/** A list with one element per decoder, in order. */
export function tuple<const D extends readonly Decoder<unknown>[]>(...decoders: D): Decoder<{ readonly [I in keyof D]: Decoded<D[I]> }> {
  return (value, path) => {
    const list = elementsOf(value, path, Infinity, 0);
    if (list.length !== decoders.length) reject(path, `a list of ${decoders.length}`, value);
    return decoders.map((decoder, index) => decoder(list[index], below(path, index))) as { readonly [I in keyof D]: Decoded<D[I]> };
  };
}

/**
 * An object with these keys and no others, in this order. The `optional` keys may be absent. A key whose value is undefined counts as
 * absent.
 */
export function object<const R extends Fields, const O extends Fields = Record<never, never>>(
  required: R,
  optional?: O,
): Decoder<Fixed<R, O>> {
  const fields = Object.entries<Decoder<unknown>>({ ...required, ...optional });
  const known = new Set(fields.map(([key]) => key));
  return (value, path) => {
    const members = membersOf(value, path, known);
    const result = {};
    for (const [key, decoder] of fields) {
      const member = members[key];
      if (key in members && (member !== undefined || Object.hasOwn(required, key))) put(result, key, decoder(member, below(path, key)));
      else if (Object.hasOwn(required, key)) missingKey(path, key);
    }
    return result as Fixed<R, O>;
  };
}

/** An object with at most `most` names of any kind, whose values `decoder` reads. */
export function named<T>(decoder: Decoder<T>, most: number): Decoder<{ readonly [name: string]: T }> {
  return (value, path) => {
    const members = Object.entries(membersOf(value, path, null));
    if (members.length > most) tooMany(path, `at most ${most} names`, members.length);
    return Object.fromEntries(members.map(([key, member]) => [reserved(path, key), decoder(member, below(path, key))]));
  };
}

/** Assignment, except where a prototype has that key too: its setter would get the value, or its being read-only would refuse it. */
function put(result: { [key: string]: unknown }, key: string, value: unknown): void {
  if (key in result) Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
  else result[key] = value;
}

/** An object whose key `kind` says which decoder reads it. */
export function tagged<const D extends Fields>(decoders: D): Decoder<Decoded<D[keyof D]>> {
  const kinds = oneOf(...Object.keys(decoders));
  return (value, path) => {
    const members = membersOf(value, path, null);
    if (!("kind" in members)) missingKey(path, "kind");
    return decoders[kinds(members.kind, below(path, "kind"))]!(members, path) as Decoded<D[keyof D]>;
  };
}

/**
 * Data of one of several types. The first alternative whose `is` accepts the value reads it.
 *
 * @param expected what the error says if no alternative accepts the value.
 */
export function union<const A extends readonly Alternative<unknown>[]>(
  expected: string,
  ...alternatives: A
): Decoder<A[number] extends Alternative<infer T> ? T : never> {
  return (value, path) => {
    const found = alternatives.find(({ is }) => is(value)) ?? reject(path, expected, value);
    return found.read(value, path) as A[number] extends Alternative<infer T> ? T : never;
  };
}

/** One type of a union. */
export type Alternative<T> = { readonly is: (value: unknown) => boolean; readonly read: Decoder<T> };

/** An alternative of `union` for one JavaScript type. null does not count as an object. */
export function typed<T>(type: "string" | "number" | "boolean" | "object" | "function", read: Decoder<T>): Alternative<T> {
  return { is: (value) => typeof value === type && value !== null, read };
}

/** An alternative of `union` for objects that have a key which no other alternative has. */
export function keyed<T>(key: string, read: Decoder<T>): Alternative<T> {
  return { is: (value) => hasKey(value, key), read };
}

/** Whether a value is an object with this member. A member that the object inherits does not count. */
export function hasKey<K extends string>(value: unknown, key: K): value is { readonly [P in K]: unknown } {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

/** What `decoder` returns, changed by `change`. */
export function map<T, U>(decoder: Decoder<T>, change: (value: T, path: Path) => U): Decoder<U> {
  return (value, path) => change(decoder(value, path), path);
}

/** Any plain data, copied. A key `__proto__` and more than `limits.depth` levels are refused. */
export const json: Decoder<Json> = (value, path) => copyJson(value, path, 1);

function copyJson(value: unknown, path: Path, depth: number): Json {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object") return reject(path, "plain data", value);
  if (depth > limits.depth) tooMany(path, `at most ${limits.depth} levels of nesting`, depth);
  if (isList(value)) return array((element, at) => copyJson(element, at, depth + 1), Infinity)(value, path);
  const members: Members = membersOf(value, path, null);
  return Object.fromEntries(
    Object.entries(members).map(([key, member]) => [reserved(path, key), copyJson(member, below(path, key), depth + 1)]),
  );
}

function reserved(path: Path, key: string): string {
  return key === "__proto__" ? oddKey(path, key) : key;
}

export { reject } from "./refuse.ts";
