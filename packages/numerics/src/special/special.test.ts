import { describe, expect, it } from "vitest";
import { digamma } from "./digamma.ts";
import { erf, erfc, erfcx } from "./erf.ts";
import { log1mexp } from "./log1mexp.ts";
import { logGamma } from "./logGamma.ts";
import { logNormalCdf, logNormalPdf, normalCdf, normalHazard, normalPdf } from "./normal.ts";
import golden from "./special.golden.json" with { type: "json" };

const functions = { erf, erfc, erfcx, normalPdf, logNormalPdf, normalCdf, logNormalCdf, normalHazard, log1mexp, logGamma, digamma };
const table = golden as unknown as { readonly [name in keyof typeof functions]: readonly (readonly [x: number, exact: string])[] };

describe("the special functions stay within 1e-13 of mpmath at 60 digits, relative but for digamma", () => {
  it.each(Object.keys(functions) as (keyof typeof functions)[])("%s", (name) => {
    expect(table[name].length).toBeGreaterThanOrEqual(250);
    for (const [x, digits] of table[name]) {
      const exact = Number(digits);
      const scale = name === "digamma" ? Math.max(1, Math.abs(exact)) : Math.abs(exact);
      expect(Math.abs(functions[name](x) - exact), `at ${x}`).toBeLessThanOrEqual(1e-13 * scale);
    }
  });

  it("on 3,600 points in all", () => {
    expect(Object.values(table).reduce((total, rows) => total + rows.length, 0)).toBe(3600);
  });
});
