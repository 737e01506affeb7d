import { describe, expect, it } from "vitest";
import { fingerprint } from "../../testing/accuracy.ts";
import { digamma } from "./digamma.ts";
import { erf, erfc, erfcx } from "./erf.ts";
import { log1mexp } from "./log1mexp.ts";
import { logGamma } from "./logGamma.ts";
import { logNormalCdf, logNormalPdf, normalCdf, normalHazard, normalPdf } from "./normal.ts";
import golden from "./special.golden.json" with { type: "json" };

const functions = { erf, erfc, erfcx, normalPdf, logNormalPdf, normalCdf, logNormalCdf, normalHazard, log1mexp, logGamma, digamma };
const table = golden as unknown as { readonly [name in keyof typeof functions]: readonly (readonly [x: number, exact: string])[] };

describe("the special functions are within 2e-15 of mpmath at 60 digits, relatively except for digamma", () => {
  it.each(Object.keys(functions) as (keyof typeof functions)[])("%s", (name) => {
    expect(table[name].length).toBeGreaterThanOrEqual(250);
    for (const [x, digits] of table[name]) {
      const exact = Number(digits);
      const scale = name === "digamma" ? Math.max(1, Math.abs(exact)) : Math.abs(exact);
      expect(Math.abs(functions[name](x) - exact), `at ${x}`).toBeLessThanOrEqual(2e-15 * scale);
    }
  });

  it("on 3,600 points in all", () => {
    expect(Object.values(table).reduce((total, rows) => total + rows.length, 0)).toBe(3600);
  });
});

describe("the bits of the special functions, which are the same on every engine and never change", () => {
  it.each([
    ["erf", "7f214a0739b8041b"],
    ["erfc", "83a7348730ae3cf8"],
    ["erfcx", "2f06c49215683acb"],
    ["normalPdf", "3a1436afd6c3fa25"],
    ["logNormalPdf", "b2be29ba59200df5"],
    ["normalCdf", "f4338cbe10812e3b"],
    ["logNormalCdf", "e8654d489671172b"],
    ["normalHazard", "ff1cc834380a2323"],
    ["log1mexp", "e6a7f107d7aaccdb"],
    ["logGamma", "739bc2aa58070e3b"],
    ["digamma", "47fe714183a375a7"],
  ] as const)("%s on its points of the table", (name, bits) => {
    expect(fingerprint(table[name].map(([x]) => functions[name](x)))).toBe(bits);
  });
});
