import { derive, root, type Stream, stream } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { type BbobNoise, bbobNoisy } from "./bbobNoise.ts";
import { testFunction } from "./catalogue.ts";
import { noisy } from "./noise.ts";

const key = root("bbob noise");
const count = 20_000;

function sample(noise: BbobNoise, distance: number, dimensions: number): Float64Array {
  const draws = stream(derive(key, noise.model, noise.severity, distance, dimensions));
  return Float64Array.from({ length: count }, () => bbobNoisy(noise, distance, dimensions, draws) - 1.01e-8).sort();
}

/** A stream that gives these numbers. */
function scripted(numbers: readonly number[]): Stream {
  const left = [...numbers];
  const next = (): number => left.shift()!;
  return { ...stream(key), uniform: next, normal: next };
}

describe("worked examples, with the numbers drawn in order", () => {
  it.each<[BbobNoise["model"], BbobNoise["severity"], readonly number[], number]>([
    ["bbobGaussian", "moderate", [2], 8 * Math.exp(0.02)],
    ["bbobGaussian", "severe", [-1], 8 * Math.exp(-1)],
    ["bbobUniform", "severe", [0.5, 0], 4],
    ["bbobUniform", "severe", [0.5, 1], 4 * (1e9 / 8) ** (0.49 + 1 / 5)],
    ["bbobUniform", "moderate", [0.5, 0.5], 8 * 0.5 ** 0.01 * (1e9 / 8) ** (0.005 * (0.49 + 1 / 5))],
    ["bbobCauchy", "moderate", [0.06, 3, 1], 8 + 10],
    ["bbobCauchy", "moderate", [0.04, 3, -0.5], 8 + 0.01 * 1006],
    ["bbobCauchy", "severe", [0.19, -3, 0.001], 8],
    ["bbobCauchy", "severe", [0.19, 3, 0.001], 8 + 4000],
  ])("%s, %s, %j", (model, severity, numbers, expected) => {
    expect(bbobNoisy({ model, severity }, 8, 5, scripted(numbers)) - 1.01e-8).toBeCloseTo(expected, 9);
  });
});

describe("the distributions", () => {
  it("Gaussian noise has the median of the function and log-normal quartiles", () => {
    for (const [severity, beta] of [
      ["moderate", 0.01],
      ["severe", 1],
    ] as const) {
      const values = sample({ model: "bbobGaussian", severity }, 3, 2);
      const at = (share: number): number => Math.log(values[Math.round(share * count)]! / 3) / beta;
      for (const [share, normal] of [
        [0.25, -0.6745],
        [0.5, 0],
        [0.75, 0.6745],
      ] as const)
        expect(Math.abs(at(share) - normal)).toBeLessThan(0.04);
    }
  });

  it("uniform noise is below the function half of the time where it is severe and the exponent is small", () => {
    // With d = 1e9 the second factor is 1, so the values are uniform below d.
    const values = sample({ model: "bbobUniform", severity: "severe" }, 1e9, 2);
    for (const share of [0.1, 0.5, 0.9]) expect(Math.abs(values[share * count]! / 1e9 - share)).toBeLessThan(0.02);
  });

  it("Cauchy noise shifts most values by 1000 α, and disturbs one in twenty or one in five", () => {
    for (const [severity, shift, chance] of [
      ["moderate", 10, 0.05],
      ["severe", 1000, 0.2],
    ] as const) {
      const values = sample({ model: "bbobCauchy", severity }, 3, 2);
      const others = values.filter((value) => Math.abs(value - (3 + shift)) > 1e-6).length;
      expect(Math.abs(others / count - chance)).toBeLessThan(0.012);
      expect(values[0]!).toBeGreaterThanOrEqual(3 - 1e-6);
    }
  });
});

describe("on a function", () => {
  const branin = testFunction("branin");
  const noise: BbobNoise = { model: "bbobGaussian", severity: "severe" };

  it("leaves the minimum as it is, and moves other values by a factor of their distance from it", () => {
    const f = noisy(branin, noise, key);
    const minimiser = Float64Array.from(branin.minimisers[0]!);
    expect(f(minimiser, 0)).toBe(branin.evaluate(minimiser));
    const x = Float64Array.of(2.5, 7.5);
    const values = Array.from({ length: 200 }, (_, replicate) => f(x, replicate));
    expect(Math.min(...values)).toBeGreaterThan(branin.optimum.value);
    expect(new Set(values)).toHaveLength(200);
    expect(values.filter((value) => value < branin.evaluate(x)).length).toBeGreaterThan(70);
    expect(values.filter((value) => value > branin.evaluate(x)).length).toBeGreaterThan(70);
  });

  it("does not depend on the order in which points are evaluated", () => {
    const [one, other] = [noisy(branin, noise, key), noisy(branin, noise, key)];
    const points = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
    const forwards = points.map((point) => one(point, 3));
    expect(
      [...points]
        .reverse()
        .map((point) => other(point, 3))
        .reverse(),
    ).toEqual(forwards);
  });
});
