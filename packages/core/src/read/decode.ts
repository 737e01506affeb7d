/**
 * Strict decoders: each takes a value of unknown shape and gives it back typed, or throws with the path to what is wrong. They read own
 * keys only, refuse keys they do not know, and build new plain objects, so that no prototype, accessor or alias of the input survives.
 */
import { LimitError, ProtocolError } from "../contract/errors.ts";
import type { Json } from "../contract/json.ts";
import { limits } from "../contract/limits.ts";
import { show } from "../text/show.ts";
import { below, type Path, showPath } from "./path.ts";

/** @throws ProtocolError or LimitError whose `what` is the path, for instance `event.jobs[2].until`. */
export type Decoder<T> = (value: unknown, path: Path) => T;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

type Fields = { readonly [name: string]: Decoder<unknown> };
type Fixed<R extends Fields, O extends Fields> = { readonly [K in keyof R]: Decoded<R[K]> } & { readonly [K in keyof O]?: Decoded<O[K]> };

export const string: Decoder<string> = (value, path) => (typeof value === "string" ? value : reject(path, "a string", value));

export const boolean: Decoder<boolean> = (value, path) => (typeof value === "boolean" ? value : reject(path, "true or false", value));

/** Any double, NaN and the infinities included. */
export const number: Decoder<number> = (value, path) => (typeof value === "number" ? value : reject(path, "a number", value));

export const finite: Decoder<number> = (value, path) =>
  typeof value === "number" && Number.isFinite(value) ? value : reject(path, "a finite number", value);

/** A number in [low, high]; both may be infinite, the number may not. */
export function between(low: number, high: number): Decoder<number> {
  return (value, path) => {
    const given = finite(value, path);
    return given >= low && given <= high ? given : reject(path, `a number in [${low}, ${high}]`, value);
  };
}

/** A whole number in [low, high]; -0 becomes 0. */
export function whole(low: number, high: number): Decoder<number> {
  return (value, path) =>
    Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high
      ? (value as number) + 0
      : reject(path, `a whole number in [${low}, ${high}]`, value);
}

/** One of a few words (or numbers, or booleans). */
export function oneOf<const T extends string | number | boolean>(...allowed: readonly T[]): Decoder<T> {
  return (value, path) =>
    allowed.includes(value as T) ? (value as T) : reject(path, allowed.map((word) => show(word)).join(" or "), value);
}

/** A name that can be shown and used as a key: printable, of 1 to `limits.nameLength` characters. */
export const name: Decoder<string> = (value, path) => {
  const text = string(value, path);
  if (text.length > limits.nameLength) tooMany(path, `at most ${limits.nameLength} characters`, text.length);
  if (text.length === 0 || /[\p{Cc}\p{Cs}]/u.test(text) || text === "__proto__")
    reject(path, "a name that is not empty, of printable characters and not reserved", value);
  return text;
};

export function nullable<T>(decoder: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null ? null : decoder(value, path));
}

/** A list of `least` to `most` elements. */
export function array<T>(decoder: Decoder<T>, most: number, least = 0): Decoder<readonly T[]> {
  return (value, path) => {
    const list = asArray(value, path);
    if (list.length > most) tooMany(path, `a list of at most ${most}`, list.length);
    if (list.length < least) reject(path, `a list of at least ${least}`, value);
    const elements: T[] = [];
    for (let index = 0; index < list.length; index++) elements.push(decoder(list[index], below(path, index)));
    return elements;
  };
}

/** A list of as many elements as there are decoders. */
export function tuple<const D extends readonly Decoder<unknown>[]>(...decoders: D): Decoder<{ readonly [I in keyof D]: Decoded<D[I]> }> {
  return (value, path) => {
    const list = asArray(value, path);
    if (list.length !== decoders.length) reject(path, `a list of ${decoders.length}`, value);
    return decoders.map((decoder, index) => decoder(list[index], below(path, index))) as { readonly [I in keyof D]: Decoded<D[I]> };
  };
}

/** An object with these keys and no others, in this order; the `optional` ones may be absent. */
export function object<const R extends Fields, const O extends Fields = Record<never, never>>(
  required: R,
  optional?: O,
): Decoder<Fixed<R, O>> {
  const fields = new Map<unknown, Decoder<unknown>>([...Object.entries(required), ...Object.entries(optional ?? {})]);
  return (value, path) => {
    const members = asObject(value, path);
    for (const key of Reflect.ownKeys(members)) if (!fields.has(key)) unknownKey(path, key, fields);
    const result = {};
    for (const [key, decoder] of fields as ReadonlyMap<string, Decoder<unknown>>) {
      if (Object.hasOwn(members, key)) put(result, key, decoder(members[key], below(path, key)));
      else if (Object.hasOwn(required, key)) missingKey(path, key);
    }
    return result as Fixed<R, O>;
  };
}

/** Assignment, except where a prototype has that key too: its setter would get the value, or its being read-only would refuse it. */
function put(result: { [key: string]: unknown }, key: string, value: unknown): void {
  if (key in result) Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
  else result[key] = value;
}

/** An object whose key `kind` says which of the decoders is meant. */
export function tagged<const D extends Fields>(decoders: D): Decoder<Decoded<D[keyof D]>> {
  const kinds = oneOf(...Object.keys(decoders));
  return (value, path) => {
    const members = asObject(value, path);
    if (!Object.hasOwn(members, "kind")) missingKey(path, "kind");
    return decoders[kinds(members.kind, below(path, "kind"))]!(value, path) as Decoded<D[keyof D]>;
  };
}

/** Whatever `decoder` gives, changed by `change`. */
export function map<T, U>(decoder: Decoder<T>, change: (value: T, path: Path) => U): Decoder<U> {
  return (value, path) => change(decoder(value, path), path);
}

/** Any plain data, copied; a key `__proto__` and more than `limits.depth` levels are refused. */
export const json: Decoder<Json> = (value, path) => copyJson(value, path, 1);

function copyJson(value: unknown, path: Path, depth: number): Json {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object") return reject(path, "plain data", value);
  if (depth > limits.depth) tooMany(path, `at most ${limits.depth} levels of nesting`, depth);
  if (Array.isArray(value)) return Array.from(value, (element, index) => copyJson(element, below(path, index), depth + 1));
  const members = asObject(value, path);
  return Object.fromEntries(
    Reflect.ownKeys(members).map((key) => {
      if (typeof key !== "string" || key === "__proto__") return unknownKey(path, key, new Map());
      return [key, copyJson(members[key], below(path, key), depth + 1)];
    }),
  );
}

function asArray(value: unknown, path: Path): readonly unknown[] {
  return Array.isArray(value) ? value : reject(path, "a list", value);
}

function asObject(value: unknown, path: Path): { readonly [key: string]: unknown } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return reject(path, "an object", value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return reject(path, "a plain object", value);
  return value as { readonly [key: string]: unknown };
}

/** For checks beyond shape: the value at `path` is not what it has to be. */
export function reject(path: Path, expected: string, value: unknown, remedy = "Correct the value."): never {
  throw new ProtocolError({ code: "wrongValue", what: showPath(path), expected, got: show(value), remedy });
}

function missingKey(path: Path, key: string): never {
  throw new ProtocolError({
    code: "missingKey",
    what: showPath(path),
    expected: `the key ${show(key)}`,
    got: "none",
    remedy: "Add it.",
  });
}

function unknownKey(path: Path, key: string | symbol, fields: ReadonlyMap<unknown, unknown>): never {
  throw new ProtocolError({
    code: "unknownKey",
    what: showPath(path),
    expected: fields.size === 0 ? "keys that JavaScript does not reserve" : `no keys but ${[...fields.keys()].join(", ")}`,
    got: show(typeof key === "symbol" ? String(key) : key),
    remedy: "Drop it, or correct its spelling.",
  });
}

function tooMany(path: Path, expected: string, got: number): never {
  throw new LimitError({ code: "tooMany", what: showPath(path), expected, got: String(got), remedy: "Send less, or in parts." });
}
