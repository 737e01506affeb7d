import { ConfigError } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlainPickle, readPickle } from "./pickle.ts";

/** Bytes of a pickle of protocol 4: numbers are bytes, texts are ASCII. */
function bytes(...parts: readonly (number | string | readonly number[])[]): Uint8Array {
  const body = parts.flatMap((part) => (typeof part === "string" ? Array.from(part, (letter) => letter.charCodeAt(0)) : part));
  return Uint8Array.from([0x80, 4, ...body]);
}

const [memoize, binget, longBinget, emptyDict, emptyList, mark] = [0x94, 0x68, 0x6a, 0x7d, 0x5d, 0x28];
const [appends, setItems, shortText, stop] = [0x65, 0x75, 0x8c, 0x2e];
const float = (value: number): readonly number[] => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return [0x47, ...new Uint8Array(view.buffer)];
};

describe("a plain pickle", () => {
  it("is read as Python wrote it: pickle.dumps({'01': {'a': [0.5, -1.0]}, '10': {'a': []}}, 4)", () => {
    const frame = [0x95, 47, 0, 0, 0, 0, 0, 0, 0];
    const dumped = bytes(
      ...[frame, emptyDict, memoize, mark, shortText, 2, "01", memoize, emptyDict, memoize, mark, shortText, 1, "a", memoize],
      ...[emptyList, memoize, mark, float(0.5), float(-1), appends, setItems],
      ...[shortText, 2, "10", memoize, emptyDict, memoize, mark, binget, 3, emptyList, memoize, setItems, setItems, stop],
    );
    expect(readPickle(dumped)).toEqual(
      new Map([
        ["01", new Map([["a", [0.5, -1]]])],
        ["10", new Map([["a", []]])],
      ]),
    );
  });

  it("names a memoized value by one byte or by four", () => {
    expect(readPickle(bytes(emptyList, mark, shortText, 1, "k", memoize, binget, 0, longBinget, 0, 0, 0, 0, appends, stop))).toEqual([
      "k",
      "k",
      "k",
    ]);
  });

  it("gives back whatever lists, dictionaries, texts and numbers it was written from", () => {
    const value = fc.letrec<{ value: PlainPickle }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.double({ noNaN: true }),
        fc.string({ unit: fc.constantFrom(..."abc019_"), maxLength: 8 }),
        fc.array(tie("value"), { maxLength: 4 }),
        fc
          .dictionary(fc.string({ unit: fc.constantFrom(..."abc019_"), maxLength: 8 }), tie("value"), { maxKeys: 4, noNullPrototype: true })
          .map((object) => new Map(Object.entries(object)) as PlainPickle),
      ),
    })).value;
    fc.assert(
      fc.property(value, (written) => {
        expect(readPickle(bytes(...dump(written), stop))).toEqual(written);
      }),
    );
  });
});

/** The instructions that make a value, without memo. */
function dump(value: PlainPickle): readonly (number | string | readonly number[])[] {
  if (typeof value === "number") return [float(value)];
  if (typeof value === "string") return [shortText, value.length, value];
  if (value instanceof Map) return [emptyDict, mark, ...[...value].flatMap(([key, one]) => [...dump(key), ...dump(one)]), setItems];
  return [emptyList, mark, ...(value as readonly PlainPickle[]).flatMap(dump), appends];
}

describe("a pickle from an attacker", () => {
  // The codes of pickletools that name, build or call something, or that load what is elsewhere.
  const harmful = { GLOBAL: "c", STACK_GLOBAL: 0x93, REDUCE: "R", BUILD: "b", OBJ: "o", INST: "i", NEWOBJ: 0x81, NEWOBJ_EX: 0x92 };
  const more = { EXT1: 0x82, EXT4: 0x84, PERSID: "P", BINPERSID: "Q", NEXT_BUFFER: 0x97, POP: "0", DUP: "2", LONG4: 0x8b };

  it.each(Object.entries({ ...harmful, ...more }))("is refused at the instruction %s", (_name, opcode) => {
    expect(() => readPickle(bytes(emptyDict, opcode, stop))).toThrow(/instruction 0x/);
  });

  it("cannot call: pickle.dumps of an object whose __reduce__ gives (os.system, ('id',))", () => {
    const attack = bytes(
      shortText,
      5,
      "posix",
      memoize,
      shortText,
      6,
      "system",
      memoize,
      0x93,
      memoize,
      shortText,
      2,
      "id",
      memoize,
      0x85,
      "R",
      stop,
    );
    expect(() => readPickle(attack)).toThrow(ConfigError);
  });

  it.each<[string, readonly (number | string | readonly number[])[]]>([
    ["no value", [stop]],
    ["two values", [emptyList, emptyList, stop]],
    ["bytes after its end", [emptyList, stop, stop]],
    ["a mark as its value", [mark, stop]],
    ["a memo of nothing", [memoize, stop]],
    ["a memo that is not there", [binget, 0, stop]],
    ["a memo far beyond the others", [emptyList, memoize, longBinget, 255, 255, 255, 255, stop]],
    ["items without a mark", [emptyList, float(1), appends, stop]],
    ["items for a number", [float(1), mark, float(1), appends, stop]],
    ["items for nothing", [mark, float(1), appends, stop]],
    ["pairs for a list", [emptyList, mark, shortText, 1, "a", float(1), setItems, stop]],
    ["a key without a value", [emptyDict, mark, shortText, 1, "a", setItems, stop]],
    ["a number as a key", [emptyDict, mark, float(1), float(1), setItems, stop]],
    ["a key twice", [emptyDict, mark, shortText, 1, "a", float(1), shortText, 1, "a", float(2), setItems, stop]],
    ["a text that is not ASCII", [shortText, 1, 0xff, stop]],
    ["a text longer than the data", [shortText, 200, "abc"]],
    ["half a number", [0x47, 1, 2]],
    ["no end", [emptyList]],
  ])("is refused with %s", (_what, parts) => {
    expect(() => readPickle(bytes(...parts))).toThrow(ConfigError);
  });

  it("is refused if it is of another protocol", () => {
    for (const start of [[0x80, 2], [0x80, 5], [0x7d, 0x2e], []]) expect(() => readPickle(Uint8Array.from(start))).toThrow(ConfigError);
  });

  it("is only ever read or refused, whatever its bytes are", () => {
    const known = [0x95, 0x7d, 0x5d, 0x28, 0x94, 0x68, 0x6a, 0x8c, 0x47, 0x65, 0x75, 0x2e, 0, 1, 2, 0x61];
    const byte = fc.oneof(fc.constantFrom(...known), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 60 }), (body) => {
        try {
          readPickle(bytes(body));
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("with a list that contains itself ends", () => {
    const list = readPickle(bytes(emptyList, memoize, mark, binget, 0, appends, stop)) as readonly unknown[];
    expect(list[0]).toBe(list);
  });

  it("named __proto__ or constructor changes nothing", () => {
    const map = readPickle(
      bytes(emptyDict, mark, shortText, 9, "__proto__", emptyDict, shortText, 11, "constructor", emptyDict, setItems, stop),
    );
    expect([...(map as ReadonlyMap<string, unknown>).keys()]).toEqual(["__proto__", "constructor"]);
    expect(({} as { a?: unknown }).a).toBe(undefined);
  });
});
