import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { halfRank } from "./halfRank.ts";
import { chain, identity, type Monotone } from "./monotone.ts";
import { robustScale } from "./robustScale.ts";
import { shiftedLog } from "./shiftedLog.ts";
import { winsorise } from "./winsorise.ts";
import { yeoJohnson } from "./yeoJohnson.ts";

const ranked = halfRank({ worse: [0.5, 2, 3], deviation: 1.5, denominator: 3.5 });
const maps: readonly (readonly [string, Monotone])[] = [
  ["identity", identity],
  ["robustScale", robustScale({ centre: -3, spread: 0.01 })],
  ["robustScale beyond a million", robustScale({ centre: 200, spread: 1e-7 })],
  ["winsorise", winsorise({ fence: 2, width: 0.5 })],
  ["yeoJohnson(0)", yeoJohnson(0)],
  ["yeoJohnson(0.4)", yeoJohnson(0.4)],
  ["yeoJohnson(2)", yeoJohnson(2)],
  ["shiftedLog", shiftedLog({ minimum: -20, offset: 0.1 })],
  ["halfRank", ranked],
  ["halfRank, then shiftedLog", chain(ranked, shiftedLog({ minimum: -20, offset: 40 }))],
];
const place = fc.double({ min: -100, max: 100, noNaN: true });

describe.each(maps)("%s", (_, { forward, inverse, logSlope }) => {
  it("never descends, not by a bit", () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 40 }), (x, exponent) => {
        const above = x + Math.max(Math.abs(x), 1) * 2 ** -exponent * Number.EPSILON * 2 ** 20;
        expect(forward(above)).toBeGreaterThanOrEqual(forward(x));
      }),
    );
  });

  it("rises over a millionth", () => {
    fc.assert(
      fc.property(place, (x) => {
        expect(forward(x + 1e-6)).toBeGreaterThan(forward(x));
      }),
    );
  });

  it("is undone by its inverse", () => {
    fc.assert(
      fc.property(place, (x) => {
        expect(Math.abs(inverse(forward(x)) - x)).toBeLessThanOrEqual(1e-12 * Math.max(Math.abs(x), 100));
      }),
    );
  });

  it("has the slope it says, away from corners", () => {
    const corners = [0, 0.5, 2, 3];
    fc.assert(
      fc.property(place, (x) => {
        const step = 1e-4;
        fc.pre(corners.every((corner) => Math.abs(corner - x) > 2 * step));
        const difference = (forward(x - 2 * step) - forward(x + 2 * step) + 8 * (forward(x + step) - forward(x - step))) / (12 * step);
        expect(Math.abs(Math.log(difference) - logSlope(x))).toBeLessThan(1e-6);
      }),
    );
  });
});
