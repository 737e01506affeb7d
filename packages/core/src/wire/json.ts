/**
 * JSON text that keeps every double, one value per line. `JSON.stringify` writes NaN and the infinities as null and -0 as 0, and drops what
 * it cannot write. `JSON.parse` turns 1e999 into Infinity. Here these four numbers are written as `{"$num":"NaN"}`. A user's key `$num`,
 * `$$num`, … gets one more `$`, so a text has only one meaning. What cannot be kept is refused, never changed.
 */
import { LimitError, ProtocolError } from "../contract/errors.ts";
import type { Json } from "../contract/json.ts";
import { limits } from "../contract/limits.ts";
import { below, type Path, showPath } from "../read/path.ts";
import { show } from "../text/show.ts";
import { scanJson } from "./scan.ts";

/**
 * The value as one line of text. Keys keep their order, the text has no line separators of any kind, and `parseWire` can read it.
 *
 * @param most the largest number of UTF-16 units of the text. A longer text is refused before it is complete.
 * @throws ProtocolError for values that are not `Json` (undefined, functions, symbols, bigints, class instances, holes in a list, a key
 * `__proto__`). LimitError for more than `limits.depth` levels, which also finds cycles, and for more than `most` UTF-16 units.
 */
export function stringifyWire(value: Json, most: number = limits.lineBytes): string {
  const text = writeScalar(value, most) ?? writeContainer(value, "message", 1, most);
  checkLength(text.length, "message", most);
  return text;
}

/**
 * The value of a text, as new plain objects and arrays.
 *
 * @throws ProtocolError for text that is not JSON, repeats a key in one object, or has a key `__proto__`, a number beyond the doubles, or a
 * `$num` that `stringifyWire` does not write. LimitError for more than `limits.lineBytes` UTF-16 units or `limits.depth` levels.
 */
export function parseWire(text: string): Json {
  if (typeof text !== "string") fail("malformedJson", "message", "a text", show(text), "Pass the line as a string.");
  checkLength(text.length, "message", limits.lineBytes);
  const members = scanJson(text);
  const tally = { members: 0 };
  const value = revive(JSON.parse(text) as Json, "message", 1, tally);
  if (tally.members !== members)
    fail(
      "repeatedKey",
      "message",
      "each key once in its object",
      `${members} keys, ${members - tally.members} of them repeated`,
      "Drop the repetitions.",
    );
  return value;
}

const numbers: ReadonlyMap<unknown, number> = new Map([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);
const numberKey = "$num";
const escapable = /^\$+num$/;
const escaped = /^\$\$+num$/;

/** undefined for what is not a scalar. */
function writeScalar(value: unknown, most: number): string | undefined {
  switch (typeof value) {
    case "string":
      return writeString(value, most);
    case "number":
      return writeNumber(value);
    case "boolean":
      return value ? "true" : "false";
    default:
      return value === null ? "null" : undefined;
  }
}

/**
 * Some readers also end a line at U+0085, U+2028 and U+2029, which JSON lets stand; as it does the other control characters from U+007F on.
 * An escape takes six characters, so the length is known before they are written.
 */
function writeString(text: string, most: number): string {
  if (asItStands.test(text)) return `"${text}"`;
  checkLength(text.length, "message", most);
  const quoted = JSON.stringify(text);
  let length = quoted.length;
  checkLength(length, "message", most);
  if (!lineEnd.test(quoted)) return quoted;
  for (let at = 0; at < quoted.length; at++) if (lineEnd.test(quoted[at]!)) length += 5;
  checkLength(length, "message", most);
  return quoted.replace(lineEnds, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const lineEnd = /[\u007f-\u009f\u2028\u2029]/;
const lineEnds = new RegExp(lineEnd, "g");
const asItStands = /^[ !#-[\]-~]{0,64}$/;

function writeNumber(value: number): string {
  if (Object.is(value, -0)) return `{"${numberKey}":"-0"}`;
  return Number.isFinite(value) ? String(value) : `{"${numberKey}":"${value}"}`;
}

function writeContainer(value: unknown, path: Path, depth: number, most: number): string {
  if (typeof value !== "object" || value === null) return refuse(path, value === undefined ? "undefined" : `a ${typeof value}`);
  checkDepth(depth, path);
  return Array.isArray(value) ? writeArray(value, path, depth, most) : writeObject(value, path, depth, most);
}

function writeArray(list: readonly unknown[], path: Path, depth: number, most: number): string {
  // A list without holes and without other properties has its indices and `length`.
  if (Reflect.ownKeys(list).length !== list.length + 1) refuse(path, "a list with holes or with named properties");
  let text = "[";
  for (let index = 0; index < list.length; index++) {
    if (!Object.hasOwn(list, index)) refuse(below(path, index), "a hole");
    const element = list[index];
    if (index > 0) text += ",";
    text += writeScalar(element, most) ?? writeContainer(element, below(path, index), depth + 1, most);
    checkLength(text.length, path, most);
  }
  return `${text}]`;
}

function writeObject(object: object, path: Path, depth: number, most: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  // Plain objects of every realm: their prototype is the last of its chain.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) refuse(path, "an instance of a class");
  const members = object as { readonly [key: string]: unknown };
  const keys = Object.keys(members);
  if (Reflect.ownKeys(members).length !== keys.length) refuse(path, "an object with symbols or hidden properties as keys");
  let text = "{";
  for (const key of keys) {
    checkKey(key, path);
    const member = members[key];
    if (text !== "{") text += ",";
    text += writeString(escapable.test(key) ? `$${key}` : key, most);
    text += ":";
    text += writeScalar(member, most) ?? writeContainer(member, below(path, key), depth + 1, most);
    checkLength(text.length, path, most);
  }
  return `${text}}`;
}

function refuse(path: Path, got: string): never {
  return fail("notJson", path, "null, a boolean, a number, a string, a list or a plain object", got, "Convert it to plain data first.");
}

/** It comes from `JSON.parse`, so this file may change it. */
type JsonObject = { [key: string]: Json };

function revive(value: Json, path: Path, depth: number, tally: { members: number }): Json {
  if (typeof value === "number" && !Number.isFinite(value))
    fail(
      "numberOverflow",
      path,
      "a number within ±1.7976931348623157e308",
      "a larger one",
      `Write infinity as {"${numberKey}":"Infinity"}.`,
    );
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? reviveArray(value, path, depth, tally) : reviveObject(value as JsonObject, path, depth, tally);
}

/** Most values are as they should be, and need no path to say otherwise. */
function isSettled(value: Json): boolean {
  return typeof value === "number" ? Number.isFinite(value) : typeof value !== "object" || value === null;
}

function reviveArray(list: Json[], path: Path, depth: number, tally: { members: number }): Json {
  checkDepth(depth, path);
  for (let index = 0; index < list.length; index++) {
    const element = list[index]!;
    if (!isSettled(element)) list[index] = revive(element, below(path, index), depth + 1, tally);
  }
  return list;
}

function reviveObject(object: JsonObject, path: Path, depth: number, tally: { members: number }): Json {
  const keys = Object.keys(object);
  tally.members += keys.length;
  if (Object.hasOwn(object, numberKey)) return reviveNumber(object, keys, path);
  checkDepth(depth, path);
  let rename = false;
  for (const key of keys) {
    checkKey(key, path);
    const member = object[key]!;
    if (!isSettled(member)) object[key] = revive(member, below(path, key), depth + 1, tally);
    rename ||= key.startsWith("$$") && escaped.test(key);
  }
  return rename ? Object.fromEntries(keys.map((key) => [escaped.test(key) ? key.slice(1) : key, object[key]!])) : object;
}

function reviveNumber(object: JsonObject, keys: readonly string[], path: Path): number {
  const text = object[numberKey];
  const value = numbers.get(text);
  if (value === undefined || keys.length !== 1)
    return fail(
      "forgedNumber",
      path,
      `"${numberKey}" alone, with "NaN", "Infinity", "-Infinity" or "-0"`,
      keys.length === 1 ? show(text) : `${keys.length} keys`,
      `Write a key ${numberKey} of your own as $${numberKey}.`,
    );
  return value;
}

function checkKey(key: string, path: Path): void {
  if (key === "__proto__") fail("reservedKey", below(path, key), "keys that JavaScript does not reserve", show(key), "Rename the key.");
}

function checkDepth(depth: number, path: Path): void {
  if (depth > limits.depth)
    limit("tooDeep", path, `at most ${limits.depth} levels of nesting`, "one more", "Flatten the data; undo any cycle.");
}

function checkLength(length: number, path: Path, most: number): void {
  if (length > most) limit("tooLong", path, `at most ${most} characters`, `${length} or more`, "Send the data in parts.");
}

function fail(code: string, path: Path, expected: string, got: string, remedy: string): never {
  throw new ProtocolError({ code, what: showPath(path), expected, got, remedy });
}

function limit(code: string, path: Path, expected: string, got: string, remedy: string): never {
  throw new LimitError({ code, what: showPath(path), expected, got, remedy });
}
