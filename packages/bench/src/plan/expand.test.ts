import { configRoot } from "@caviar-hpo/core/read";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { expandId } from "./expand.ts";
import { readPlan } from "./plan.ts";

const at = configRoot("plan", "badPlan");

test("braces hold lists and rising ranges, and the last ones change fastest", () => {
  expect(expandId("bbob-f{1..2}-d{2,5}-i{seed}", at)).toEqual([
    "bbob-f1-d2-i{seed}",
    "bbob-f1-d5-i{seed}",
    "bbob-f2-d2-i{seed}",
    "bbob-f2-d5-i{seed}",
  ]);
  expect(expandId("bbob-f{1..24}-d{2,5}-i{101..103}", at)).toHaveLength(144);
  expect(expandId("f{3,8..10}", at)).toEqual(["f3", "f8", "f9", "f10"]);
  expect(expandId("{ackley,levy}-d5", at)).toEqual(["ackley-d5", "levy-d5"]);
  expect(expandId("branin", at)).toEqual(["branin"]);
});

test.each(["f{", "f}", "f{}", "f{1", "f{1..}", "f{3..1}", "f{1,,2}", "f{1}}", "f{{1}}", "f{1..2..3}", "f{-1..2}", "f{1.. 2}", "f{1;2}"])(
  "%s is refused, with what braces may hold",
  (text) => {
    expect(() => expandId(text, at)).toThrow(
      /^plan: expected in braces a list such as \{2,5\}, a rising range such as \{1\.\.24\}, or \{seed\}/,
    );
  },
);

test("a range that stands for too many problems is refused before they are made", () => {
  expect(() => expandId("f{1..1000}-d{1..1000}-i{1..1000}", at)).toThrow(/at most 100000 problems.* It stands for 1000000000 problems\./);
  expect(() => expandId("f{0..9999999999}", at)).toThrow(/ranges of at most 100000 numbers/);
});

test("the ids of ranges are those of nested loops", () => {
  const item = fc.oneof(
    fc.nat(30).map((n) => ({ text: `${n}`, all: [`${n}`] })),
    fc.tuple(fc.nat(30), fc.nat(5)).map(([from, more]) => ({
      text: `${from}..${from + more}`,
      all: Array.from({ length: more + 1 }, (_, k) => `${from + k}`),
    })),
    fc.constantFrom("a", "x-y", "0.5").map((text) => ({ text, all: [text] })),
  );
  const braces = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => ({
    text: `{${items.map(({ text }) => text).join(",")}}`,
    all: items.flatMap(({ all }) => all),
  }));
  const plain = fc.constantFrom("", "bbob-f", "-d", "{seed}").map((text) => ({ text, all: [text] }));
  fc.assert(
    fc.property(fc.array(fc.oneof(braces, plain), { minLength: 1, maxLength: 4 }), (parts) => {
      const expected = parts.reduce<string[]>((heads, { all }) => heads.flatMap((head) => all.map((tail) => `${head}${tail}`)), [""]);
      expect(expandId(parts.map(({ text }) => text).join(""), at)).toEqual(expected);
    }),
  );
});

describe("a plan", () => {
  const least = { name: "tiny", seeds: { count: 2 }, budget: 8, strategies: [{ name: "random" }], problems: ["branin"] };

  it("takes seeds as a range", () => {
    expect(readPlan({ ...least, seeds: "3..20" }).seeds).toEqual({ first: 3, count: 18 });
    expect(readPlan({ ...least, seeds: "0..0" }).seeds).toEqual({ first: 0, count: 1 });
  });

  it.each(["", "20", "20..1", "1..2..3", "-1..2", "1..1000001", "1..99999999999", "a..b"])("refuses the seeds %j", (seeds) => {
    expect(() => readPlan({ ...least, seeds })).toThrow(/^plan\.seeds: expected /);
  });

  it("writes ranges and suites out, in the order of the list", () => {
    const { problems } = readPlan({ ...least, problems: ["sphere-d{2..3}", { suite: "bbob-held-out" }, "branin"] });
    expect(problems.slice(0, 3)).toEqual(["sphere-d2", "sphere-d3", "bbob-f1-d2-i101"]);
    expect(problems).toHaveLength(2 + 144 + 1);
    expect(problems.at(-1)).toBe("branin");
  });

  it("refuses an unknown suite with the nearest one, and a problem that two ranges name", () => {
    expect(() => readPlan({ ...least, problems: [{ suite: "bbob-holdout" }] })).toThrow(
      /plan\.problems\[0\]\.suite: expected one of .*bbob-held-out/,
    );
    expect(() => readPlan({ ...least, problems: ["sphere-d{2..4}", "sphere-d3"] })).toThrow(
      /plan\.problems: expected each name once, got "sphere-d3"/,
    );
  });
});
