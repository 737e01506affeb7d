import { describe, expect, test } from "vitest";
import { type CaviarError, LimitError, ProtocolError } from "../contract/errors.ts";
import type { Json } from "../contract/json.ts";
import { limits } from "../contract/limits.ts";
import {
  array,
  between,
  boolean,
  type Decoder,
  finite,
  json,
  map,
  name,
  nullable,
  number,
  object,
  oneOf,
  reject,
  string,
  tagged,
  tuple,
  whole,
} from "./decode.ts";

const job = object({ until: finite, tags: array(string, 3) }, { note: json });
const event: Decoder<unknown> = tagged({
  asked: object({ kind: oneOf("asked"), jobs: array(job, 10) }),
  closed: object({ kind: oneOf("closed") }),
});

test("a value of the right shape comes back as new plain data, its keys in the order of the decoder", () => {
  const note = { deep: [1, { a: null }] };
  const value = { note, tags: ["a"], until: 3 };
  const decoded: { readonly until: number; readonly tags: readonly string[]; readonly note?: Json } = job(value, "job");
  expect(decoded).toStrictEqual({ until: 3, tags: ["a"], note });
  expect(Object.keys(decoded)).toEqual(["until", "tags", "note"]);
  expect(decoded.note).not.toBe(note);
});

describe("what does not fit is refused with its path", () => {
  test.each<[string, Decoder<unknown>, unknown, string, string, string, string]>([
    // what is wrong, decoder, value, code, what, expected, got
    [
      "a wrong type deep inside",
      event,
      {
        kind: "asked",
        jobs: [
          { until: 1, tags: [] },
          { until: "3", tags: [] },
        ],
      },
      "wrongValue",
      "event.jobs[1].until",
      "a finite number",
      '"3"',
    ],
    [
      "an infinite number",
      event,
      { kind: "asked", jobs: [{ until: Infinity, tags: [] }] },
      "wrongValue",
      "event.jobs[0].until",
      "a finite number",
      "Infinity",
    ],
    ["a missing key", event, { kind: "asked", jobs: [{ until: 1 }] }, "missingKey", "event.jobs[0]", 'the key "tags"', "none"],
    ["an unknown key", event, { kind: "asked", jobs: [], job: 1 }, "unknownKey", "event", "no keys but kind, jobs", '"job"'],
    ["a key that only the prototype has", object({ toString: string }), {}, "missingKey", "event", 'the key "toString"', "none"],
    [
      "an unknown key that the prototype has too",
      event,
      { kind: "closed", constructor: 1 },
      "unknownKey",
      "event",
      "no keys but kind",
      '"constructor"',
    ],
    [
      "a prototype as key",
      event,
      JSON.parse('{"kind":"closed","__proto__":{"a":1}}'),
      "unknownKey",
      "event",
      "no keys but kind",
      '"__proto__"',
    ],
    ["a symbol as key", event, { kind: "closed", [Symbol("s")]: 1 }, "unknownKey", "event", "keys that are texts", '"Symbol(s)"'],
    ["an unknown kind", event, { kind: "toString" }, "wrongValue", "event.kind", '"asked" or "closed"', '"toString"'],
    ["no kind", event, { jobs: [] }, "missingKey", "event", 'the key "kind"', "none"],
    ["null for an object", event, null, "wrongValue", "event", "an object", "null"],
    ["a list for an object", event, [], "wrongValue", "event", "an object", "a list of 0"],
    ["an instance for an object", event, new Map(), "wrongValue", "event", "a plain object", "an object of class Map"],
    ["an object for a list", array(number, 3), { length: 1, 0: 1 }, "wrongValue", "event", "a list", "an object"],
    ["a hole in a list", array(number, 3), new Array(1), "wrongValue", "event[0]", "a number", "undefined"],
    ["a list too short", array(number, 3, 2), [1], "wrongValue", "event", "a list of at least 2", "a list of 1"],
    ["a list too long", array(number, 3), [1, 2, 3, 4], "tooMany", "event", "a list of at most 3", "4"],
    ["a tuple too long", tuple(number, string), [1, "a", 2], "wrongValue", "event", "a list of 2", "a list of 3"],
    ["a tuple in the wrong order", tuple(number, string), ["a", 1], "wrongValue", "event[0]", "a number", '"a"'],
    ["a fraction for a whole number", whole(0, 9), 1.5, "wrongValue", "event", "a whole number in [0, 9]", "1.5"],
    ["a whole number out of range", whole(0, 9), 10, "wrongValue", "event", "a whole number in [0, 9]", "10"],
    [
      "a whole number beyond 2^53",
      whole(0, Infinity),
      2 ** 53,
      "wrongValue",
      "event",
      "a whole number in [0, Infinity]",
      "9007199254740992",
    ],
    ["a number out of range", between(0, 1), -0.5, "wrongValue", "event", "a number in [0, 1]", "-0.5"],
    ["NaN in a range", between(0, 1), NaN, "wrongValue", "event", "a finite number", "NaN"],
    ["1 for true", boolean, 1, "wrongValue", "event", "true or false", "1"],
    ["a number object for a number", number, new Number(1), "wrongValue", "event", "a number", "an object of class Number"],
    ["undefined for null", nullable(number), undefined, "wrongValue", "event", "a number", "undefined"],
    ["an empty name", name, "", "wrongValue", "event", "a name that is not empty, of printable characters and not reserved", '""'],
    [
      "a name with an escape character",
      name,
      "\u001b[0m",
      "wrongValue",
      "event",
      "a name that is not empty, of printable characters and not reserved",
      '"\\u001b[0m"',
    ],
    [
      "a lone surrogate in a name",
      name,
      "a\ud800",
      "wrongValue",
      "event",
      "a name that is not empty, of printable characters and not reserved",
      '"a\\ud800"',
    ],
    [
      "a reserved name",
      name,
      "__proto__",
      "wrongValue",
      "event",
      "a name that is not empty, of printable characters and not reserved",
      '"__proto__"',
    ],
    [
      "a name too long",
      name,
      "a".repeat(limits.nameLength + 1),
      "tooMany",
      "event",
      `at most ${limits.nameLength} characters`,
      `${limits.nameLength + 1}`,
    ],
    [
      "a function in a note",
      job,
      { until: 1, tags: [], note: { "a b": [() => 1] } },
      "wrongValue",
      'event.note["a b"][0]',
      "plain data",
      "() => 1",
    ],
    [
      "a prototype in a note",
      json,
      JSON.parse('{"a":{"__proto__":1}}'),
      "unknownKey",
      "event.a",
      "keys that JavaScript does not reserve",
      '"__proto__"',
    ],
    ["an instance in a note", json, [new Date(0)], "wrongValue", "event[0]", "a plain object", "an object of class Date"],
  ])("%s", (_, decoder, value, code, what, expected, got) => {
    const error = thrown(() => decoder(value, "event"));
    expect(error).toMatchObject({ code, what, expected, got });
    expect(error.message).toBe(`${what}: expected ${expected}, got ${got}. ${error.remedy}`);
    expect(error.remedy).toMatch(/^[A-Z].*[.?]$/);
  });

  test("a note nested too deep, or in a cycle", () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(thrown(() => json(cycle, "note"))).toMatchObject({
      name: "LimitError",
      code: "tooMany",
      expected: "at most 64 levels of nesting",
    });
  });

  test("what an additional check rejects", () => {
    const even = map(whole(0, 9), (value, path) => (value % 2 === 0 ? value : reject(path, "an even number", value)));
    expect(even(4, "n")).toBe(4);
    expect(thrown(() => even(3, "n"))).toMatchObject({ what: "n", expected: "an even number", got: "3" });
  });
});

test("values at the edges pass", () => {
  expect(Object.is(whole(0, 9)(-0, "n"), 0)).toBe(true);
  expect(number(NaN, "n")).toBeNaN();
  expect(nullable(number)(null, "n")).toBeNull();
  expect(name("a".repeat(limits.nameLength), "n").length).toBe(limits.nameLength);
  expect(tuple(number, string)([1, "a"], "t")).toEqual([1, "a"]);
});

test("decoding reads own keys only, whatever others have put on the prototypes", () => {
  const hostile = { note: "stolen", until: 9, kind: "closed" };
  const setter = { set: () => undefined, get: () => "stolen", configurable: true };
  for (const key of Object.keys(hostile)) Object.defineProperty(Object.prototype, key, setter);
  try {
    expect(Object.keys(job({ until: 1, tags: [] }, "job"))).toEqual(["until", "tags"]);
    expect(job(JSON.parse('{"until":1,"tags":[]}'), "job").until).toBe(1);
    expect(thrown(() => job({ tags: [] }, "job"))).toMatchObject({ code: "missingKey" });
    expect(thrown(() => event({}, "event"))).toMatchObject({ code: "missingKey" });
  } finally {
    for (const key of Object.keys(hostile)) delete (Object.prototype as Record<string, unknown>)[key];
  }
});

test("an accessor or a proxy is read once and leaves plain data behind", () => {
  let reads = 0;
  const shifty = {
    tags: [],
    get until() {
      reads++;
      return reads === 1 ? 1 : NaN;
    },
  };
  const decoded = job(new Proxy(shifty, {}), "job");
  expect(reads).toBe(1);
  expect(Object.getOwnPropertyDescriptor(decoded, "until")).toMatchObject({ value: 1 });
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
