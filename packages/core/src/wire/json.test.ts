import { describe, expect, test } from "vitest";
import { type CaviarError, LimitError, ProtocolError } from "../contract/errors.ts";
import type { Json } from "../contract/json.ts";
import { limits } from "../contract/limits.ts";
import { parseWire, stringifyWire } from "./json.ts";

test("numbers that JSON lacks are written under $num, others as JSON writes them", () => {
  expect(stringifyWire([NaN, Infinity, -Infinity, -0, 0, 0.1, 5e-324, 1.7976931348623157e308])).toBe(
    '[{"$num":"NaN"},{"$num":"Infinity"},{"$num":"-Infinity"},{"$num":"-0"},0,0.1,5e-324,1.7976931348623157e+308]',
  );
  expect(stringifyWire(NaN)).toBe('{"$num":"NaN"}');
});

test("a key of the user's that looks like ours gets one more dollar, and loses it on reading", () => {
  const value = { $num: "NaN", $$num: [{ $num: 1 }], num: 2, $numb: 3 };
  const line = '{"$$num":"NaN","$$$num":[{"$$num":1}],"num":2,"$numb":3}';
  expect(stringifyWire(value)).toBe(line);
  expect(parseWire(line)).toStrictEqual(value);
});

test("keys keep their order, strings their lone surrogates, NUL and line separators, on one line", () => {
  const value = { z: "\ud800", a: "\0\n\u2028\u2029\u0085", m: "\ufeff</script>" };
  const line = stringifyWire(value);
  expect(line).toBe('{"z":"\\ud800","a":"\\u0000\\n\\u2028\\u2029\\u0085","m":"\ufeff</script>"}');
  expect(Object.entries(parseWire(line) as typeof value)).toEqual(Object.entries(value));
});

test("results are plain objects, and names like constructor are ordinary keys", () => {
  const value = parseWire('{"constructor":{"prototype":{"polluted":1}},"toString":2,"hasOwnProperty":3}') as { readonly constructor: Json };
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.keys(value)).toEqual(["constructor", "toString", "hasOwnProperty"]);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("a number below the smallest double is read as zero, as by every JSON reader; -0 keeps its sign", () => {
  expect(parseWire("[1e-400,-0]")).toStrictEqual([0, -0]);
});

const bare = "a message from outside";
const nested = (levels: number, core: string): string => `${"[".repeat(levels)}${core}${"]".repeat(levels)}`;

describe.each([
  // name, text, code, what, expected, got
  ["nothing", "", "malformedJson", "message at offset 0", "a value", "the end of the text"],
  ["blanks only", " \t ", "malformedJson", "message at offset 3", "a value", "the end of the text"],
  ["a byte order mark", '\ufeff{"a":1}', "malformedJson", "message at offset 0", "a value", '"\\ufeff{"a":1}"'],
  ["a NUL between tokens", "[1,\u00002]", "malformedJson", "message at offset 3", "a value", '"\\u00002]"'],
  ["a NUL in a string", '["\u0000"]', "malformedJson", "message at offset 2", "control characters escaped", '"\\u0000"]"'],
  ["a line end in a string", '["a\nb"]', "malformedJson", "message at offset 3", "control characters escaped", '"\\u000ab"]"'],
  ["a terminal escape", "\u001b[31m", "malformedJson", "message at offset 0", "a value", '"\\u001b[31m"'],
  ["an unfinished string", '{"a', "malformedJson", "message at offset 3", "a closing quote", "the end of the text"],
  ["an unfinished object", '{"a":1', "malformedJson", "message at offset 6", '"," or "}"', "the end of the text"],
  ["an unfinished list", "[1", "malformedJson", "message at offset 2", '"," or "]"', "the end of the text"],
  ["a wrong bracket", "[1}", "malformedJson", "message at offset 2", '"," or "]"', '"}"'],
  ["a trailing comma", '{"a":1,}', "malformedJson", "message at offset 7", "a key in double quotes", '"}"'],
  ["a comment", "[1 /* one */]", "malformedJson", "message at offset 3", '"," or "]"', '"/* one */]"'],
  ["single quotes", "{'a':1}", "malformedJson", "message at offset 1", "a key in double quotes", "\"'a':1}\""],
  ["no colon", '{"a" 1}', "malformedJson", "message at offset 5", '":"', '"1}"'],
  ["two values", "1 2", "malformedJson", "message at offset 2", "the end of the text", '"2"'],
  ["NaN as such", "[NaN]", "malformedJson", "message at offset 1", "a value", '"NaN]"'],
  ["Infinity as such", "-Infinity", "malformedJson", "message at offset 1", "a digit", '"Infinity"'],
  ["a leading zero", "01", "malformedJson", "message at offset 1", "the end of the text", '"1"'],
  ["a number without digits after the point", "1.", "malformedJson", "message at offset 2", "a digit", "the end of the text"],
  ["a number without digits in the exponent", "1e+", "malformedJson", "message at offset 3", "a digit", "the end of the text"],
  [
    "a hexadecimal escape",
    '"\\x41"',
    "malformedJson",
    "message at offset 2",
    'one of "\\/bfnrt, or u and four hexadecimal digits',
    '"x41""',
  ],
  [
    "a short unicode escape",
    '"\\u12g4"',
    "malformedJson",
    "message at offset 2",
    'one of "\\/bfnrt, or u and four hexadecimal digits',
    '"u12g4""',
  ],
  [
    "a number beyond the doubles",
    '{"a":[0,1e999]}',
    "numberOverflow",
    "message.a[1]",
    "a number within ±1.7976931348623157e308",
    "a larger one",
  ],
  ["the same in the negative", "-1e999", "numberOverflow", "message", "a number within ±1.7976931348623157e308", "a larger one"],
  ["a repeated key", '{"a":1,"b":{"c":1,"c":2}}', "repeatedKey", "message", "each key once in its object", "4 keys, 1 of them repeated"],
  [
    "a repeated key spelled with an escape",
    '{"a":1,"\\u0061":2}',
    "repeatedKey",
    "message",
    "each key once in its object",
    "2 keys, 1 of them repeated",
  ],
  ["a repeated $num", '{"$num":"NaN","$num":"-0"}', "repeatedKey", "message", "each key once in its object", "2 keys, 1 of them repeated"],
  [
    "an unknown $num",
    '{"x":{"$num":"nan"}}',
    "forgedNumber",
    "message.x",
    '"$num" alone, with "NaN", "Infinity", "-Infinity" or "-0"',
    '"nan"',
  ],
  ["a $num that is a number", '{"$num":1}', "forgedNumber", "message", '"$num" alone, with "NaN", "Infinity", "-Infinity" or "-0"', "1"],
  [
    "a $num that is an object",
    '{"$num":{"$num":"NaN"}}',
    "forgedNumber",
    "message",
    '"$num" alone, with "NaN", "Infinity", "-Infinity" or "-0"',
    "an object",
  ],
  [
    "a $num spelled with an escape",
    '{"\\u0024num":"0"}',
    "forgedNumber",
    "message",
    '"$num" alone, with "NaN", "Infinity", "-Infinity" or "-0"',
    '"0"',
  ],
  [
    "a $num with company",
    '{"$num":"NaN","a":1}',
    "forgedNumber",
    "message",
    '"$num" alone, with "NaN", "Infinity", "-Infinity" or "-0"',
    "2 keys",
  ],
  [
    "a prototype",
    '{"__proto__":{"polluted":1}}',
    "reservedKey",
    "message.__proto__",
    "keys that JavaScript does not reserve",
    '"__proto__"',
  ],
  [
    "a prototype deeper",
    '[{"a":{"__proto__":null}}]',
    "reservedKey",
    "message[0].a.__proto__",
    "keys that JavaScript does not reserve",
    '"__proto__"',
  ],
  [
    "a prototype spelled with an escape",
    '{"__pr\\u006fto__":1}',
    "reservedKey",
    "message.__proto__",
    "keys that JavaScript does not reserve",
    '"__proto__"',
  ],
])(`${bare}: %s`, (_, line, code, what, expected, got) => {
  test("is refused, saying where, what was expected, what came and what to do", () => {
    const error = thrown(() => parseWire(line));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code, what, expected, got });
    expect(error.message).toBe(`${what}: expected ${expected}, got ${got}. ${error.remedy}`);
    expect(error.remedy).toMatch(/^[A-Z].*\.$/);
  });
});

describe("limits", () => {
  test("nesting is allowed to the limit, with a $num at the deepest level, and refused beyond", () => {
    const deepest = nested(limits.depth, '{"$num":"NaN"}');
    expect(stringifyWire(parseWire(deepest))).toBe(deepest);
    expect(thrown(() => parseWire(nested(limits.depth + 1, "")))).toMatchObject({ name: "LimitError", code: "tooDeep" });
    expect(thrown(() => parseWire(nested(limits.depth, "{}")))).toMatchObject({ name: "LimitError", code: "tooDeep" });
  });

  test("200,000 brackets, or 200,000 nested objects, are refused at the first one too deep", () => {
    expect(thrown(() => parseWire("[".repeat(200_000)))).toMatchObject({
      code: "tooDeep",
      what: "message at offset 65",
      expected: "at most 64 levels of nesting",
    });
    expect(thrown(() => parseWire(nested(200_000, "1")))).toMatchObject({ code: "tooDeep", what: "message at offset 65" });
    expect(thrown(() => parseWire('{"a":'.repeat(200_000)))).toMatchObject({ code: "tooDeep", what: "message at offset 325" });
  });

  test("a text longer than the limit is refused before it is read, one of the limit is not", () => {
    const long = `"${"a".repeat(limits.lineBytes - 2)}"`;
    expect((parseWire(long) as string).length).toBe(limits.lineBytes - 2);
    expect(thrown(() => parseWire(`${long} `))).toMatchObject({ name: "LimitError", code: "tooLong", what: "message" });
    expect(thrown(() => stringifyWire("a".repeat(limits.lineBytes - 1)))).toMatchObject({ name: "LimitError", code: "tooLong" });
  });

  test("a list of a million numbers and an object of a hundred thousand keys are read", () => {
    expect((parseWire(`[${"0,".repeat(999_999)}0]`) as readonly Json[]).length).toBe(1_000_000);
    const keys = Array.from({ length: 100_000 }, (_, index) => `"k${index}":${index}`);
    expect(Object.keys(parseWire(`{${keys.join(",")}}`) as object).length).toBe(100_000);
  });

  test("an error about a long text or a long key stays short", () => {
    const key = "k".repeat(100_000);
    expect(thrown(() => parseWire(`{"${key}":{"${key}":1e999}}`)).message.length).toBeLessThan(400);
    expect(thrown(() => parseWire(`[${"1,".repeat(100_000)}x]`)).message.length).toBeLessThan(200);
  });
});

describe("writing refuses what it cannot keep", () => {
  class Point {
    readonly x = 1;
  }
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  let doubling: unknown = "x".repeat(1_000_000);
  for (let level = 0; level < 60; level++) doubling = [doubling, doubling];
  test.each<[string, unknown, string, string]>([
    ["undefined", undefined, "message", "undefined"],
    ["undefined in an object", { a: undefined }, "message.a", "undefined"],
    ["undefined in a list", [1, undefined], "message[1]", "undefined"],
    ["a function", { a: () => 1 }, "message.a", "a function"],
    ["an own toJSON", { toJSON: () => 1 }, "message.toJSON", "a function"],
    ["a bigint", [[1n]], "message[0][0]", "a bigint"],
    ["a symbol", { "a b": Symbol("s") }, 'message["a b"]', "a symbol"],
    ["a symbol as key", { [Symbol("s")]: 1 }, "message", "an object with symbols or hidden properties as keys"],
    ["a hidden property", Object.defineProperty({}, "a", { value: 1 }), "message", "an object with symbols or hidden properties as keys"],
    ["a Date", new Date(0), "message", "an instance of a class"],
    ["a Map", new Map([["a", 1]]), "message", "an instance of a class"],
    ["a typed array", new Float64Array(2), "message", "an instance of a class"],
    ["an instance", new Point(), "message", "an instance of a class"],
    ["a hole", { list: new Array(2) }, "message.list", "a list with holes or with named properties"],
    ["a hole next to a named property", Object.assign(new Array(1), { a: 1 }), "message[0]", "a hole"],
    ["a list with a named property", Object.assign([1], { a: 1 }), "message", "a list with holes or with named properties"],
  ])("%s", (_, value, what, got) => {
    const error = thrown(() => stringifyWire(value as Json));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: "notJson", what, got });
  });

  test("a key __proto__, which reading would refuse", () => {
    expect(thrown(() => stringifyWire(JSON.parse('{"__proto__":1}')))).toMatchObject({ code: "reservedKey", what: "message.__proto__" });
  });

  test("a cycle, at the depth limit; and a value shared so often that its text would never end, at the length limit", () => {
    expect(thrown(() => stringifyWire(cycle as Json))).toMatchObject({ name: "LimitError", code: "tooDeep" });
    expect(thrown(() => stringifyWire(doubling as Json))).toMatchObject({ name: "LimitError", code: "tooLong" });
  });
});

test.each([
  ["a text that escapes lengthen beyond what the engine can hold", "\0".repeat(1e8)],
  ["a text of line ends, which take six characters each", "\u2028".repeat(12_000_000)],
  ["a key and its value that are short enough one by one", { ["\0".repeat(7_000_000)]: "\0".repeat(7_000_000) }],
])("%s is refused by the limit before it is written", (_name, value) => {
  expect(thrown(() => stringifyWire(value))).toMatchObject({ name: "LimitError", code: "tooLong" });
});

test("a text may be bounded to less than a message, to the unit", () => {
  const value = { a: ["é\u2028", -0, "x".repeat(100)] };
  const { length } = stringifyWire(value);
  expect(stringifyWire(value, length)).toHaveLength(length);
  for (let most = 0; most < length; most++)
    expect(thrown(() => stringifyWire(value, most))).toMatchObject({ name: "LimitError", code: "tooLong" });
});

test("reading and writing hold on prototypes that others have poisoned or made read-only", () => {
  const hostile = { toJSON: { value: () => "stolen" }, $num: { value: "NaN" }, a: { value: 1, writable: false } };
  for (const [key, property] of Object.entries(hostile)) Object.defineProperty(Object.prototype, key, { ...property, configurable: true });
  try {
    const line = '{"a":[{"$num":"-0"}],"$$num":"x"}';
    const value = parseWire(line);
    expect(Object.keys(value as object)).toEqual(["a", "$num"]);
    expect(stringifyWire(value)).toBe(line);
  } finally {
    for (const key of Object.keys(hostile)) delete (Object.prototype as Record<string, unknown>)[key];
  }
});

test("what is not a text is refused", () => {
  expect(thrown(() => parseWire(new Uint8Array(2) as unknown as string))).toMatchObject({ code: "malformedJson", expected: "a text" });
});

function thrown(act: () => unknown): CaviarError {
  try {
    act();
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof LimitError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}
