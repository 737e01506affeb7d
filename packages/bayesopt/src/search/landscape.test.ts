import { believe, choice, createSpace, decode, given, int, real, root, stream } from "@caviar-hpo/core";
import { beliefOf } from "@caviar-hpo/core/contract";
import { describe, expect, it } from "vitest";
import { centralDifferences, uniforms } from "../../testing/kernelLaws.ts";
import { exactly, processAt, somePoints } from "../../testing/problemModels.ts";
import { logExpectedImprovement, writeLogExpectedImprovement } from "../acquisition/logExpectedImprovement.ts";
import { newUtility } from "../acquisition/utility.ts";
import { coordinatesOf, type Features, featuresOf } from "../features.ts";
import type { Process } from "../process/process.ts";
import { secondsAt } from "../surrogate/costModel.ts";
import { believed, type FadingBelief } from "./believed.ts";
import type { Fantasies } from "./fantasies.ts";
import { type AcquisitionLandscape, createLandscape } from "./landscape.ts";
import type { LandscapeMember } from "./memberWorth.ts";
import { type CostWeight, perCost } from "./perCost.ts";

const plain = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1) }));
const mixed = featuresOf(
  createSpace({
    kind: choice(["p", "q", "r"]),
    rate: given("kind", ["q"], real(0, 1)),
    size: real(0, 1),
    layers: int(1, 5),
    width: real(0, 1),
  }),
);
const bowl = (unit: Float64Array): number => unit.reduce((sum, at, axis) => sum + (at - 0.3 - 0.1 * axis) * (at - 0.3 - 0.1 * axis), -0.5);

function fitted(features: Features, n: number, seed: number, length?: number): Process {
  const units = somePoints(features, n, seed);
  return processAt(features, units, units.map(bowl), length === undefined ? {} : { length });
}

function simple(process: Process, incumbent = -0.4): LandscapeMember {
  return { process, utility: logExpectedImprovement(incumbent) };
}

/** A member with p imagined points and 16 draws. */
function imagining(features: Features, process: Process, p: number): LandscapeMember {
  const units = somePoints(features, p, 77);
  expect(process.imagine(coordinatesOf(features, units), p, false)).toBe(true);
  const source = stream(root("draws"));
  const normals = Float64Array.from({ length: 16 * p }, () => source.normal());
  const incumbents = Float64Array.from({ length: 16 }, (_, draw) => -0.4 - 0.01 * draw);
  return { process, utility: { improvement: writeLogExpectedImprovement, normals, incumbents } };
}

function valueAt(landscape: AcquisitionLandscape, unit: Float64Array): number {
  const value = new Float64Array(1);
  landscape.evaluate(unit, 1, value, null);
  return value[0]!;
}

function gradientAt(landscape: AcquisitionLandscape, unit: Float64Array): Float64Array {
  const gradient = new Float64Array(unit.length).fill(9);
  landscape.evaluate(unit, 1, new Float64Array(1), gradient);
  return gradient;
}

/** Two good configurations, which fade with the power 0.7. */
function beliefAbout({ space }: Features): FadingBelief {
  const configs = somePoints(featuresOf(space), 2, 33).map((unit) => decode(space, unit));
  return { density: beliefOf(believe(space, { configs }))!, power: 0.7 };
}

/** ln seconds = 1 + 2 process, which counts with the power 0.8. */
function costOf(features: Features): CostWeight {
  return { model: { process: fitted(features, 9, 21), base: 1, unit: 2 }, power: 0.8 };
}

const kinds: readonly (readonly [string, (features: Features) => AcquisitionLandscape])[] = [
  ["one process", (features) => createLandscape(features, [simple(fitted(features, 12, 1))], [])],
  [
    "several modes",
    (features) =>
      createLandscape(
        features,
        [0.2, 0.5, 1.3].map((length) => simple(fitted(features, 12, 1, length))),
        [],
      ),
  ],
  ["imagined points", (features) => createLandscape(features, [imagining(features, fitted(features, 12, 1), 3)], [])],
  [
    "modes that imagine different numbers of points",
    (features) =>
      createLandscape(
        features,
        [
          simple(fitted(features, 12, 1, 0.3)),
          imagining(features, fitted(features, 12, 1), 4),
          imagining(features, fitted(features, 12, 1, 0.8), 2),
        ],
        [],
      ),
  ],
  [
    "conditions",
    (features) =>
      createLandscape(
        features,
        [simple(fitted(features, 12, 1)), imagining(features, fitted(features, 12, 1, 0.7), 2)],
        [
          { process: fitted(features, 10, 5), threshold: -0.2, ...exactly },
          { process: fitted(features, 7, 6, 0.9), threshold: 0.1, ...exactly },
        ],
      ),
  ],
  [
    "conditions that are doubted",
    (features) =>
      createLandscape(
        features,
        [simple(fitted(features, 12, 1))],
        [
          { process: fitted(features, 10, 5), threshold: -0.6, ...exactly },
          { process: fitted(features, 7, 6, 0.9), threshold: -0.1, ...exactly },
        ],
        0.05,
      ),
  ],
  ["a belief", (features) => believed(createLandscape(features, [simple(fitted(features, 12, 1))], []), features, beliefAbout(features))],
  ["a cost", (features) => perCost(createLandscape(features, [simple(fitted(features, 12, 1))], []), features, costOf(features))],
  ["conditions alone", (features) => createLandscape(features, [], [{ process: fitted(features, 10, 5), threshold: -0.2, ...exactly }])],
];

describe.each(kinds)("the landscape of %s", (_, make) => {
  it("has the gradient that finite differences have", () => {
    const landscape = make(plain);
    for (let trial = 0; trial < 5; trial++) {
      const unit = uniforms(2, 40 + trial);
      const gradient = gradientAt(landscape, unit);
      const expected = centralDifferences((at) => valueAt(landscape, at), unit, 1e-6);
      const scale = Math.max(1, ...expected.map(Math.abs));
      gradient.forEach((slope, axis) => {
        expect(Math.abs(slope - expected[axis]!)).toBeLessThan(1e-5 * scale);
      });
    }
  });

  it("has the gradient of the parameters that are smooth, and 0 for the others", () => {
    const landscape = make(mixed);
    for (const unit of somePoints(mixed, 6, 50)) {
      const gradient = gradientAt(landscape, unit);
      const expected = centralDifferences((at) => valueAt(landscape, at), unit, 1e-6);
      const scale = Math.max(1, ...expected.map(Math.abs));
      for (const axis of mixed.free(unit)) expect(Math.abs(gradient[axis]! - expected[axis]!)).toBeLessThan(1e-5 * scale);
      expect([gradient[0], gradient[3]]).toEqual([0, 0]);
    }
  });

  it("says the same of a point alone and among many, and counts them", () => {
    const landscape = make(mixed);
    const units = somePoints(mixed, 150, 60);
    const points = Float64Array.from(units.flatMap((unit) => [...unit]));
    const values = new Float64Array(150);
    const gradients = new Float64Array(150 * 5);
    landscape.evaluate(points, 150, values, gradients);
    expect(landscape.evaluations()).toBe(150);
    units.forEach((unit, row) => {
      expect(valueAt(landscape, unit)).toBe(values[row]);
      expect(gradientAt(landscape, unit)).toEqual(gradients.subarray(row * 5, row * 5 + 5));
    });
    expect(values.every((value) => Number.isFinite(value))).toBe(true);
  });
});

describe("the value of a point", () => {
  it("is the logarithm of the mean of what the modes expect, and of the probability that all conditions hold", () => {
    const [a, b] = [0.2, 0.9].map((length) => fitted(plain, 9, 1, length)) as [Process, Process];
    const condition = { process: fitted(plain, 6, 2), threshold: 0.05, ...exactly };
    const both = createLandscape(plain, [simple(a), simple(b)], [condition]);
    const alone = [a, b].map((process) => createLandscape(plain, [simple(process)], []));
    const feasible = createLandscape(plain, [], [condition]);
    for (const unit of somePoints(plain, 20, 3)) {
      const mean = alone.reduce((sum, one) => sum + Math.exp(valueAt(one, unit)) / 2, 0);
      expect(valueAt(both, unit)).toBeCloseTo(Math.log(mean) + valueAt(feasible, unit), 9);
    }
  });

  it("with imagined points is the mean over draws of what the process would expect after the values of the draw", () => {
    const [n, p] = [8, 3];
    const units = somePoints(plain, n, 1);
    const y = units.map(bowl);
    const process = processAt(plain, units, y);
    const guesses = somePoints(plain, p, 77);
    const member = imagining(plain, process, p);
    const { normals, incumbents } = member.utility as Fantasies;
    const landscape = createLandscape(plain, [member], []);
    const means = new Float64Array(p);
    process.predict({ z: coordinatesOf(plain, guesses), m: p }, { mean: means });
    const draws = normals.slice();
    process.drawInPlace(draws, 16, means);
    const out = newUtility();
    for (const unit of somePoints(plain, 10, 4)) {
      let total = 0;
      for (let draw = 0; draw < 16; draw++) {
        const told = [...y, ...draws.subarray(draw * p, (draw + 1) * p)];
        const { mean, variance } = posterior([...units, ...guesses], told, unit, process.constant);
        logExpectedImprovement(incumbents[draw]!)(mean, variance, out);
        total += Math.exp(out.value) / 16;
      }
      expect(valueAt(landscape, unit)).toBeCloseTo(Math.log(total), 6);
    }
  });

  it("with doubt has that much more probability that the conditions hold", () => {
    const condition = { process: fitted(plain, 6, 2), threshold: -0.3, ...exactly };
    const [sure, doubted] = [0, 0.01].map((doubt) => createLandscape(plain, [], [condition], doubt)) as [
      AcquisitionLandscape,
      AcquisitionLandscape,
    ];
    for (const unit of somePoints(plain, 20, 3))
      expect(Math.exp(valueAt(doubted, unit))).toBeCloseTo(Math.exp(valueAt(sure, unit)) + 0.01, 12);
  });

  it("is -Infinity, and its gradient 0, where no mode expects anything", () => {
    const hopeless: LandscapeMember = { ...simple(fitted(plain, 5, 1)), utility: logExpectedImprovement(-Infinity) };
    const landscape = createLandscape(plain, [hopeless, hopeless], []);
    expect(valueAt(landscape, Float64Array.of(0.5, 0.5))).toBe(-Infinity);
    expect([...gradientAt(landscape, Float64Array.of(0.5, 0.5))]).toEqual([0, 0]);
  });

  it("under a belief has the power of the belief's density, mixed with a hundredth of the uniform one", () => {
    const belief = beliefAbout(plain);
    const without = createLandscape(plain, [simple(fitted(plain, 12, 1))], []);
    const landscape = believed(without, plain, belief);
    for (const unit of somePoints(plain, 20, 3)) {
      const density = 0.99 * Math.exp(belief.density.logDensity(unit)) + 0.01;
      expect(valueAt(landscape, unit)).toBeCloseTo(valueAt(without, unit) + 0.7 * Math.log(density), 9);
    }
  });

  it("per cost has the power of the seconds below it", () => {
    const cost = costOf(plain);
    const without = createLandscape(plain, [simple(fitted(plain, 12, 1))], []);
    const landscape = perCost(without, plain, cost);
    for (const unit of somePoints(plain, 20, 3)) {
      const seconds = secondsAt(cost.model, coordinatesOf(plain, [unit]));
      expect(valueAt(landscape, unit)).toBeCloseTo(valueAt(without, unit) - 0.8 * Math.log(seconds), 9);
    }
  });

  it("is 0 everywhere without modes and conditions", () => {
    expect(valueAt(createLandscape(plain, [], []), Float64Array.of(0.5, 0.5))).toBe(0);
  });
});

describe("the bound", () => {
  it.each<readonly [string, (landscape: AcquisitionLandscape) => AcquisitionLandscape]>([
    ["alone", (landscape) => landscape],
    ["under a belief", (landscape) => believed(landscape, plain, beliefAbout(plain))],
    ["per cost", (landscape) => perCost(landscape, plain, costOf(plain))],
  ])("is not exceeded by any value, %s", (_name, weigh) => {
    const modes = [0.1, 0.5].map((length) => simple(fitted(plain, 40, 1, length)));
    const landscape = weigh(createLandscape(plain, modes, []));
    const units = somePoints(plain, 150, 8);
    const points = Float64Array.from(units.flatMap((unit) => [...unit]));
    const [values, bounds] = [new Float64Array(150), new Float64Array(150)];
    landscape.bound!(points, 150, bounds);
    expect(landscape.evaluations()).toBe(0);
    landscape.evaluate(points, 150, values, null);
    values.forEach((value, row) => {
      expect(value).toBeLessThanOrEqual(bounds[row]! + 1e-9);
    });
    expect(bounds.filter((one, row) => one < values[row]! + 5).length).toBeGreaterThan(30);
  });

  it("is there only without imagined points and conditions", () => {
    const process = fitted(plain, 5, 1);
    expect(createLandscape(plain, [simple(process)], [{ process, threshold: 0, ...exactly }]).bound).toBeNull();
    expect(createLandscape(plain, [simple(fitted(plain, 5, 1)), imagining(plain, process, 1)], []).bound).toBeNull();
  });
});

/** By Gaussian elimination, with Matern 5/2 at lengthscale 0.4 and a mean that stays. */
function posterior(
  units: readonly Float64Array[],
  y: readonly number[],
  at: Float64Array,
  centre: number,
): { readonly mean: number; readonly variance: number } {
  const k = (a: Float64Array, b: Float64Array): number => {
    const r = Math.hypot(...a.map((value, axis) => (value - b[axis]!) / 0.4));
    return (1 + Math.sqrt(5) * r + (5 / 3) * r * r) * Math.exp(-Math.sqrt(5) * r);
  };
  const n = units.length;
  const rows = units.map((unit, i) => [...units.map((other) => k(unit, other)), y[i]! - centre, k(unit, at)]);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const factor = rows[j]![i]! / rows[i]![i]!;
      rows[j] = rows[j]!.map((value, column) => value - factor * rows[i]![column]!);
    }
  let mean = centre;
  let variance = 1;
  units.forEach((unit, i) => {
    mean += (k(unit, at) * rows[i]![n]!) / rows[i]![i]!;
    variance -= (k(unit, at) * rows[i]![n + 1]!) / rows[i]![i]!;
  });
  return { mean, variance };
}
