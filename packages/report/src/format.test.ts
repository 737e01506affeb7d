import { describe, expect, it, test } from "vitest";
import { factor, regret } from "./format.ts";

describe("a number that is given by its log10", () => {
  test.each([
    [0, "1.00"],
    [1.5, "31.6"],
    [299.5, "3.16×10²⁹⁹"],
    [308.2, "1.58×10³⁰⁸"],
    [308.55, "3.55×10³⁰⁸"],
    [317.9999, "1.00×10³¹⁸"],
    [-318.3, "5.01×10⁻³¹⁹"],
    [-330, "1.00×10⁻³³⁰"],
  ])("of %d is shown as %s, also beyond the doubles", (log10, shown) => {
    expect(factor(log10)).toBe(shown);
  });

  it("is no number at all where a run has no success", () => {
    expect([factor(1000), factor(-1000), regret(Infinity, -10)]).toEqual(["∞", "0", "no success"]);
  });
});
