import { describe, expect, test } from "vitest";
import { choice, int, real } from "../space/param.ts";
import { ConfigError } from "./errors.ts";
import { type OptionSpec, readOptions } from "./options.ts";

type Knobs = {
  readonly points?: number;
  readonly shrink?: number;
  readonly mode?: string;
  readonly trials?: number | null;
  readonly start?: number | "auto";
};

const specs: { readonly [N in keyof Required<Knobs>]: OptionSpec } = {
  points: { param: int(1, 100), default: 10, doc: "How many points." },
  shrink: { param: real(0, 1), default: 0.5, doc: "How much smaller." },
  mode: { param: choice(["slow", "fast"]), default: "slow", doc: "How fast." },
  trials: { param: int(1, 9), special: null, formerly: 0, default: null, doc: "How many trials." },
  start: { param: int(2, 9), special: "auto", default: 4, doc: "How many points first." },
};

const read = (given: object): Required<Knobs> => readOptions<Knobs>("widget", specs, given as Knobs);

function refusal(given: object): ConfigError {
  try {
    read(given);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("not refused");
}

test("what is not given has its default", () => {
  const defaults = { points: 10, shrink: 0.5, mode: "slow", trials: null, start: 4 };
  expect(read({})).toEqual(defaults);
  expect(read({ points: 100, mode: undefined })).toEqual({ ...defaults, points: 100 });
});

test("both ends of a range are inside it", () => {
  expect(read({ points: 1, shrink: 0 })).toMatchObject({ points: 1, shrink: 0 });
  expect(read({ shrink: 1 })).toMatchObject({ shrink: 1 });
});

test("a special value is read next to the ordinary values, and so is the number that format 1 has for it", () => {
  expect(read({ trials: null, start: "auto" })).toMatchObject({ trials: null, start: "auto" });
  expect(read({ trials: 9, start: 2 })).toMatchObject({ trials: 9, start: 2 });
  expect(read({ trials: 0 })).toMatchObject({ trials: null });
});

test("a refusal names the special value too", () => {
  expect(refusal({ trials: 10 })).toMatchObject({ expected: "a whole number in [1, 9], or null", got: "10" });
  expect(refusal({ start: "automatic" })).toMatchObject({ expected: 'a whole number in [2, 9], or "auto"', got: '"automatic"' });
});

describe("refused is", () => {
  test.each([
    ["a number below its range", { points: 0 }, "points"],
    ["a number above its range", { points: 101 }, "points"],
    ["a fraction for a whole number", { points: 1.5 }, "points"],
    ["NaN", { shrink: NaN }, "shrink"],
    ["infinity", { shrink: Infinity }, "shrink"],
    ["text for a number", { points: "10" }, "points"],
    ["null", { points: null }, "points"],
    ["the special value of another option", { trials: "auto" }, "trials"],
    ["null where it is not the special value", { start: null }, "start"],
    ["0 where it never stood for the special value", { start: 0 }, "start"],
    ["a list", { mode: ["slow"] }, "mode"],
    ["a value that is not one of the choices", { mode: "medium" }, "mode"],
    ["a member of Object as a choice", { mode: "constructor" }, "mode"],
  ])("%s, by the option's name, its owner and what it is for", (_name, given, option) => {
    const error = refusal(given);
    expect(error.what).toBe(`option ${option} of widget`);
    expect(error.remedy).toBe(specs[option as keyof Knobs].doc);
  });

  test.each([
    ["point", "points"],
    ["Shrink", "shrink"],
    ["mod", "mode"],
  ])("the unknown name %s, with the similar one", (name, known) => {
    const error = refusal({ [name]: 1 });
    expect(error).toMatchObject({ code: "unknownOption", what: "option of widget", got: `"${name}"` });
    expect(error.remedy).toBe(`Did you mean "${known}"?`);
  });

  test("the names toString and __proto__, which are like none of the options", () => {
    expect(refusal({ toString: 1 }).remedy).toBe("Write one of these.");
    expect(refusal(JSON.parse('{"__proto__": {"points": 5}}')).got).toBe('"__proto__"');
  });

  test("any option of what has none", () => {
    expect(() => readOptions<object>("plain", {}, { points: 1 })).toThrow('option of plain: expected no options, got "points". Drop it.');
  });
});
