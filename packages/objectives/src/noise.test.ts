import { ConfigError, derive, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { testFunction } from "./catalogue.ts";
import { noisy, type SizedNoise, spread } from "./noise.ts";

const branin = testFunction("branin");
const x = Float64Array.of(2.5, 7.5);
const key = root("noise");
const models: readonly SizedNoise[] = [
  { model: "additive", sd: 0.5 },
  { model: "heteroscedastic", sd: 0.5 },
  { model: "multiplicative", sd: 0.5 },
  { model: "studentT3", sd: 0.5 },
  { model: "outliers", sd: 0.5 },
];

describe.each(models.map((noise) => [noise.model, noise] as const))("%s noise", (model, noise) => {
  it("does not depend on the order in which points are evaluated, nor on who evaluates them", () => {
    const asks = Array.from({ length: 60 }, (_, n) => ({ x: Float64Array.of((n % 12) - 3, n % 5), replicate: n % 3 }));
    const first = noisy(branin, noise, key);
    const forwards = asks.map((ask) => first(ask.x, ask.replicate));
    const second = noisy(branin, noise, key);
    const shuffled = asks.map((ask, n) => ({ ask, n })).sort((a, b) => ((a.n * 37) % 60) - ((b.n * 37) % 60));
    for (const { ask, n } of shuffled) expect(second(ask.x, ask.replicate)).toBe(forwards[n]);
  });

  it("differs between replicates, points, repetitions and functions", () => {
    const noiseAt = (f: typeof branin, k: typeof key, at: Float64Array, replicate: number): number =>
      (noisy(f, noise, k)(at, replicate) - f.evaluate(at)) / (model === "multiplicative" ? f.evaluate(at) - f.optimum.value : 1);
    const same = { ...branin, id: "branin-copy" };
    const deviations = [
      noiseAt(branin, key, x, 0),
      noiseAt(branin, key, x, 1),
      noiseAt(branin, key, Float64Array.of(2.5000000000000004, 7.5), 0),
      noiseAt(branin, key, Float64Array.of(7.5, 2.5), 0),
      noiseAt(branin, derive(key, "repetition", 2), x, 0),
      noiseAt(same, key, x, 0),
    ];
    deviations.forEach((a, i) => {
      for (const b of deviations.slice(i + 1)) expect(Math.abs(a - b)).toBeGreaterThan(1e-6);
    });
  });

  it("takes -0 for 0, and leaves the point alone", () => {
    const f = noisy(branin, noise, key);
    const minus = Float64Array.of(-0, 3);
    expect(f(minus, 0)).toBe(f(Float64Array.of(0, 3), 0));
    expect(Object.is(minus[0], -0)).toBe(true);
  });

  it("has mean 0 and the stated variance", () => {
    const f = noisy(branin, noise, key);
    const count = 20000;
    const truth = branin.evaluate(x);
    const deviations = Array.from({ length: count }, (_, n) => f(x, n) - truth);
    const mean = deviations.reduce((sum, value) => sum + value, 0) / count;
    const variance = deviations.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    // The point lies in the middle of the box, where heteroscedastic noise has its mean width; 1 in 20 outliers of variance 100.
    const stated =
      0.25 *
      { additive: 1, heteroscedastic: 1, multiplicative: (truth - branin.optimum.value) ** 2, studentT3: 1, outliers: 0.95 + 5 }[model];
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(stated / count));
    // The fourth moment of t3 is infinite: its sample variance converges slowly.
    expect(Math.abs(variance / stated - 1)).toBeLessThan(model === "studentT3" ? 0.2 : 0.1);
  });
});

describe("noise", () => {
  it("is wider towards the high corner when it is heteroscedastic, from half to one and a half", () => {
    const f = noisy(branin, { model: "heteroscedastic", sd: 1 }, key);
    const sdAt = (at: Float64Array): number => {
      const truth = branin.evaluate(at);
      return Math.sqrt(Array.from({ length: 4000 }, (_, n) => (f(at, n) - truth) ** 2).reduce((a, b) => a + b, 0) / 4000);
    };
    expect(sdAt(Float64Array.of(-5, 0))).toBeCloseTo(0.5, 1);
    expect(sdAt(Float64Array.of(10, 15))).toBeCloseTo(1.5, 1);
  });

  it("vanishes at the optimum when it is multiplicative", () => {
    const f = noisy(branin, { model: "multiplicative", sd: 1 }, key);
    for (let n = 0; n < 20; n++)
      expect(Math.abs(f(Float64Array.from(branin.minimisers[1]!), n) - branin.optimum.value)).toBeLessThan(1e-13);
  });

  it("throws outliers beyond five standard deviations about 3 times in 100, Gaussian noise never in 20000", () => {
    const beyond = (noise: SizedNoise): number => {
      const f = noisy(branin, noise, key);
      return Array.from({ length: 20000 }, (_, n) => Math.abs(f(x, n) - branin.evaluate(x))).filter((away) => away > 5).length;
    };
    // 5 % times the chance of 0.617 that ten standard deviations' worth exceeds five.
    expect(Math.abs(beyond({ model: "outliers", sd: 1 }) / 20000 - 0.0309)).toBeLessThan(0.005);
    expect(beyond({ model: "additive", sd: 1 })).toBe(0);
  });

  it("can be sized by the spread of the function", () => {
    const bySpread = noisy(branin, { model: "additive", sd: { spreads: 0.1 } }, key);
    const byNumber = noisy(branin, { model: "additive", sd: 0.1 * spread(branin) }, key);
    expect(bySpread(x, 3)).toBe(byNumber(x, 3));
    expect(bySpread(x, 3)).not.toBe(branin.evaluate(x));
  });

  it("of size zero is no noise", () => {
    expect(noisy(branin, { model: "studentT3", sd: 0 }, key)(x, 0)).toBe(branin.evaluate(x));
  });

  it.each([-1, NaN, Infinity])("refuses the standard deviation %d", (sd) => {
    expect(() => noisy(branin, { model: "additive", sd }, key)).toThrow(ConfigError);
    expect(() => noisy(branin, { model: "additive", sd: { spreads: sd } }, key)).toThrow(ConfigError);
  });
});

describe("the spread of a function", () => {
  it("is the interquartile range under the uniform law", () => {
    // x^2 on [-5.12, 5.12] is below (5.12 q)^2 with probability q.
    expect(Math.abs(spread(testFunction("sphere-d1")) / (5.12 ** 2 * (0.75 ** 2 - 0.25 ** 2)) - 1)).toBeLessThan(0.05);
  });

  it("does not change from call to call", () => {
    expect(spread(branin)).toBe(spread(branin));
  });
});
