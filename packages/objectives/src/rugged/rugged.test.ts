/** What is promised of the rugged problems: flat basins, ties, steps, conditions and idle parameters, next to exact minima. */
import { type Config, ConfigError, decode, plainOf, root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MixedFunction } from "../mixed/mixedFunction.ts";
import { plateaus } from "./plateaus.ts";
import { rugged } from "./rugged.ts";

const anyInstance = fc.integer({ min: 1, max: 1_000_000 });

function configs({ space }: MixedFunction, count: number): readonly Config[] {
  const draws = stream(root("rugged test"));
  return Array.from({ length: count }, () => decode(space, Float64Array.from({ length: space.dims }, draws.uniform)));
}

describe("a rugged problem", () => {
  it("attains its minimum where it says, and has no lower value: at random, and along each parameter from the minimiser", () => {
    fc.assert(
      fc.property(anyInstance, (number) => {
        const fn = rugged(number);
        const [minimiser] = fn.minimisers;
        expect(fn.evaluate(minimiser!)).toBe(fn.optimum.value);
        const values = configs(fn, 30).flatMap((config) => [
          fn.evaluate(config),
          ...fn.space.params
            .filter(([name, param]) => param.kind !== "given" && name !== "method")
            .map(([name]) => fn.evaluate({ ...minimiser!, [name]: config[name]! })),
        ]);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(fn.optimum.value);
      }),
      { numRuns: 40 },
    );
  });

  it("is the same function each time it is made, and another one for another instance", () => {
    fc.assert(
      fc.property(anyInstance, (number) => {
        const [fn, again, other] = [rugged(number), rugged(number), rugged((number % 1_000_000) + 1)];
        expect(again.space).toEqual(fn.space);
        for (const config of configs(fn, 10)) expect(again.evaluate(config)).toBe(fn.evaluate(config));
        expect(other.optimum.value).not.toBe(fn.optimum.value);
      }),
      { numRuns: 20 },
    );
  });

  it("does not change with an idle parameter, and in every second instance values are shares of whole rows, with ties", () => {
    let granular = 0;
    for (let number = 1; number <= 30; number++) {
      const fn = rugged(number);
      const points = configs(fn, 100);
      const values = points.map(fn.evaluate);
      const changed = points.map((config) => ({
        ...config,
        ...(config.idle1 !== undefined && { idle1: config.idle1 === false }),
        ...(config.idle2 !== undefined && { idle2: 0.5 }),
      }));
      expect(changed.map(fn.evaluate)).toEqual(values);
      const rows = Array.from({ length: 1500 }, (_, n) => n + 90).find((n) =>
        values.every((value) => Math.abs(n * value - Math.round(n * value)) < 1e-9),
      );
      if (rows === undefined) continue;
      granular++;
      expect(new Set(values).size).toBeLessThan(100);
    }
    expect(granular).toBeGreaterThanOrEqual(10);
    expect(granular).toBeLessThanOrEqual(20);
  });

  it("mostly has its minimum with a method and a level that look worse on average than others", () => {
    const hidden = Array.from({ length: 24 }, (_, k) => rugged(k + 1)).filter((fn) => {
      const groups = new Map<string, number[]>();
      for (const config of configs(fn, 200)) {
        const name = `${config.method} ${config.level}`;
        groups.set(name, [...(groups.get(name) ?? []), fn.evaluate(config)]);
      }
      const [minimiser] = fn.minimisers;
      const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value / values.length, 0);
      const best = mean(groups.get(`${minimiser!.method} ${minimiser!.level}`)!);
      return [...groups.values()].some((values) => mean(values) < best);
    });
    expect(hidden.length).toBeGreaterThanOrEqual(16);
  });

  it("has a parameter that exists with one method only", () => {
    const { space } = rugged(1);
    const extra = space.params.find(([name]) => name === "extra")![1];
    expect(extra.kind).toBe("given");
    expect(plainOf(extra).kind).toBe("real");
  });

  it.each([0, -1, 1.5, 1_000_001, NaN])("%d is refused", (number) => {
    expect(() => rugged(number)).toThrow(ConfigError);
  });
});

describe("plateaus", () => {
  const up = (z: number): number => Math.max(0, z);
  const oracle = ({ degree, alpha, l1, scale }: { degree: number; alpha: number; l1: number; scale: string }): number => {
    const a = Math.log10(alpha) - 0.5 * l1;
    const q = scale === "quantile";
    if (degree === 1) return (q ? 0.514 : 0.5104) + 0.00006 * (a + 2.4) ** 2 + 0.12 * up(a + 0.5) ** 2;
    if (degree === 2) return (q ? 0.502 : 0.524) + 0.012 * (a + 0.5) ** 2 * (a > -0.5 ? 4 : 0.5);
    return (q ? 0.508 : 0.548) + (q ? 0.02 : 0.07) * a ** 2;
  };
  const fn = plateaus();

  it("has the values of its formula, and none below 0.502", () => {
    for (const config of configs(fn, 500)) {
      const value = fn.evaluate(config);
      expect(value).toBeCloseTo(oracle(config as Parameters<typeof oracle>[0]), 12);
      expect(value).toBeGreaterThanOrEqual(fn.optimum.value);
      expect(fn.evaluate({ ...config, power: config.power === false })).toBe(value);
    }
    for (const minimiser of fn.minimisers) expect(fn.evaluate(minimiser)).toBeLessThanOrEqual(fn.optimum.value + fn.optimum.tolerance);
  });

  it("has a flat basin at 0.5104 that most of its volume comes to within 0.002", () => {
    const flat = configs(fn, 500).filter(({ degree, scale, alpha }) => degree === 1 && scale !== "quantile" && (alpha as number) < 0.1);
    for (const config of flat) expect(fn.evaluate(config)).toBeLessThan(0.5124);
    expect(flat.length).toBeGreaterThan(50);
  });
});
