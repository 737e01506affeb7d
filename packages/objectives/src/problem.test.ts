import { ConfigError, decode, encode } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testFunction } from "./catalogue.ts";
import { asProblem, toPoint } from "./problem.ts";

const branin = testFunction("branin");

describe("a test function as a problem", () => {
  it("has one linear real coordinate for each of its own, and one objective to minimise", () => {
    const problem = asProblem(branin);
    expect(problem.space.params).toEqual([
      ["x1", { kind: "real", low: -5, high: 10, scale: "linear" }],
      ["x2", { kind: "real", low: 0, high: 15, scale: "linear" }],
    ]);
    expect(problem.objectives).toEqual([{ name: "value", goal: "minimize" }]);
    expect(problem.constraints).toEqual([]);
    expect(problem.fidelity).toBe(null);
  });

  it("reads back the point of every configuration, in the order of the coordinates", () => {
    const fn = testFunction("trid-d12");
    const { space } = asProblem(fn);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }), (unit) => {
        const config = decode(space, Float64Array.from(unit));
        const point = toPoint(fn, config);
        point.forEach((value, k) => {
          expect(value).toBe(config[`x${k + 1}`]);
          expect(value).toBeGreaterThanOrEqual(-144);
          expect(value).toBeLessThanOrEqual(144);
        });
        encode(space, config).forEach((value, k) => {
          expect(value).toBeCloseTo(unit[k]!, 12);
        });
      }),
    );
  });

  it("does not care in which order a configuration names its coordinates", () => {
    expect(Array.from(toPoint(branin, { x2: 1, x1: 2 }))).toEqual([2, 1]);
  });

  it.each([[{ x1: 1 }], [{ x1: 1, x2: "2" }], [{ x1: 1, x2: NaN }], [{ x1: 1, x2: 15.000001 }], [{ x1: -6, x2: 0 }]])(
    "refuses %j",
    (config: { readonly [name: string]: number | string }) => {
      expect(() => toPoint(branin, config)).toThrow(ConfigError);
    },
  );
});
