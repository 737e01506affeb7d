import fc from "fast-check";
import { expect, test } from "vitest";
import { CaviarError, ProtocolError } from "../contract/errors.ts";
import type { Json } from "../contract/json.ts";
import { parseWire, stringifyWire } from "./json.ts";
import { scanJson } from "./scan.ts";

/** Keys with a meaning somewhere, and arbitrary ones. Only `__proto__` cannot be kept. */
const key = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.constantFrom(
      "$num",
      "$$num",
      "$$$num",
      "num",
      "$num$",
      "constructor",
      "prototype",
      "toString",
      "hasOwnProperty",
      "toJSON",
      "",
      "0",
      "17",
    ),
  )
  .filter((text) => text !== "__proto__");
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom("NaN", "-0", "\u2028", "\u0085", "\ud800", "\udfff\ud800", "\0", "\ufeff", "</script>"),
);
const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE));
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc.constantFrom(null, true, false),
    number,
    text,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(key, tie("value"), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

test("a value comes back with every number the same double and every key in its place", () => {
  fc.assert(
    fc.property(json, (value) => same(parseWire(stringifyWire(value)), value)),
    { numRuns: 2000 },
  );
});

test("the text is one line, has no character that ends a line anywhere, and is text that any JSON reader accepts", () => {
  fc.assert(
    fc.property(json, (value) => {
      const line = stringifyWire(value);
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]|\p{Cs}/u);
      JSON.parse(line);
    }),
    { numRuns: 1000 },
  );
});

test("two values have the same text only if they are the same value", () => {
  fc.assert(
    fc.property(json, json, (one, other) => (stringifyWire(one) === stringifyWire(other)) === same(one, other)),
    { numRuns: 1000 },
  );
});

test("the scan accepts exactly the texts that JSON.parse accepts, however a text was broken", () => {
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "\\u",
    "-",
    "+",
    ".",
    "0",
    "1e",
    "E",
    "tru",
    "null",
    " ",
    "\n",
    "\v",
    "\u00a0",
    "\ufeff",
    "\0",
    "a",
  ];
  const broken = fc
    .tuple(json, fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom("", ...pieces)), { maxLength: 3 }))
    .map(([value, edits]) =>
      edits.reduce((line, [place, drop, insert]) => {
        const at = place % (line.length + 1);
        return line.slice(0, at) + insert + line.slice(at + drop);
      }, stringifyWire(value)),
    );
  const texts = fc.oneof(
    broken,
    fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((list) => list.join("")),
  );
  fc.assert(
    fc.property(texts, (line) => accepts(() => scanJson(line)) === accepts(() => JSON.parse(line))),
    { numRuns: 20_000 },
  );
});

test("whatever the text, reading it gives a value that can be written, or one of our errors, and leaves the prototypes alone", () => {
  const members = prototypeMembers();
  const tokens = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"$num"',
    '"NaN"',
    '"-0"',
    '"$$num"',
    '"__proto__"',
    '"constructor"',
    '"a"',
    "1e999",
    "-0",
    "1",
    "null",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 12 }), (list) => {
      try {
        const value = parseWire(list.join(""));
        return same(parseWire(stringifyWire(value)), value);
      } catch (error) {
        return error instanceof CaviarError && error instanceof ProtocolError;
      }
    }),
    { numRuns: 20_000 },
  );
  expect(prototypeMembers()).toEqual(members);
});

function accepts(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

/** Equal in shape, in the order of keys, and by `Object.is` in every leaf. */
function same(one: Json, other: Json): boolean {
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) return Object.is(one, other);
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  const others = Object.keys(other);
  return (
    keys.length === others.length &&
    keys.every(
      (name, index) => name === others[index] && same((one as Record<string, Json>)[name]!, (other as Record<string, Json>)[name]!),
    )
  );
}

function prototypeMembers(): readonly PropertyKey[][] {
  return [Object.prototype, Array.prototype, String.prototype, Number.prototype].map((prototype) => Reflect.ownKeys(prototype));
}
