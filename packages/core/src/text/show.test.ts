import { expect, test } from "vitest";
import { show } from "./show.ts";

test.each([
  ["text", '"text"'],
  ["line\nbreak", '"line\\nbreak"'],
  [1.5, "1.5"],
  [NaN, "NaN"],
  [12n, "12n"],
  [true, "true"],
  [null, "null"],
  [undefined, "undefined"],
  [[1, 2, 3], "a list of 3"],
  [{ a: 1 }, "an object"],
  [Object.create(null), "an object"],
  [new Map(), "an object of class Map"],
  [new (class Settings {})(), "an object of class Settings"],
  [Object.create({ a: 1 }), "an object with inherited members"],
  [Symbol("s"), "Symbol(s)"],
])("%o is shown short", (value, text) => {
  expect(show(value)).toBe(text);
});

test("what is longer than 60 characters is cut, the cut marked", () => {
  expect(show("x".repeat(58))).toBe(`"${"x".repeat(58)}"`);
  const cut = show("x".repeat(59));
  expect([cut.length, cut.endsWith("...")]).toEqual([60, true]);
});

test("no character is cut in two, so that what is shown is well-formed wherever it is cut", () => {
  for (let start = 0; start < 4; start++) {
    const cut = show(`${"x".repeat(54 + start)}${"🐼".repeat(20)}`);
    expect(cut).not.toMatch(/\p{Cs}/u);
    expect(cut.endsWith("...")).toBe(true);
  }
});

test("a text of any length is shown, because only its beginning is escaped", () => {
  expect(show("\0".repeat(1e8))).toBe(`"${"\\u0000".repeat(9)}\\u...`);
});
