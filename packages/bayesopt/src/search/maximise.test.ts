import { choice, createSpace, decode, derive, given, int, real, root, type Shape } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { somePoints } from "../../testing/problemModels.ts";
import { type Features, featuresOf } from "../features.ts";
import type { AcquisitionLandscape } from "./landscape.ts";
import { type Found, maximise, rank } from "./maximise.ts";
import { type UnitBox, unitCube } from "./region.ts";

type Asked = { readonly points: Float64Array[] };

/** A landscape of any function of unit points, with central differences for gradients. */
function landscapeOf(
  features: Features,
  f: (unit: Float64Array) => number,
  bound: ((unit: Float64Array) => number) | null = null,
): AcquisitionLandscape & Asked {
  const d = features.axes.length;
  const points: Float64Array[] = [];
  const rows = (all: Float64Array, m: number): readonly Float64Array[] =>
    Array.from({ length: m }, (_, row) => all.slice(row * d, row * d + d));
  return {
    points,
    dimensions: d,
    evaluations: () => points.length,
    evaluate: (all, m, values, gradients) => {
      rows(all, m).forEach((unit, row) => {
        points.push(unit);
        values[row] = f(unit);
        for (let axis = 0; gradients !== null && axis < d; axis++) {
          const moved = (by: number): number => f(unit.map((at, other) => (other === axis ? at + by : at)));
          gradients[row * d + axis] = features.axes[axis]!.smooth ? (moved(1e-6) - moved(-1e-6)) / 2e-6 : 0;
        }
      });
    },
    bound:
      bound === null
        ? null
        : (all, m, values) => {
            rows(all, m).forEach((unit, row) => {
              values[row] = bound(unit);
            });
          },
  };
}

function search(
  features: Features,
  landscape: AcquisitionLandscape,
  { box = unitCube(features.axes.length), effort = 2000, screened = Infinity, elite = [] as readonly Float64Array[], seed = 1 } = {},
): readonly Found[] {
  const region = { features, box, elite, logLengthscales: features.axes.map(() => Math.log(0.4)) };
  return maximise(landscape, region, { effort, screened, key: derive(root(seed), "search") });
}

const of = (shape: Shape): Features => featuresOf(createSpace(shape));
const reals = (d: number): Features => of(Object.fromEntries(Array.from({ length: d }, (_, index) => [`x${index}`, real(0, 1)])));

describe("the maximum", () => {
  it("of a smooth function is found to many digits", () => {
    const features = reals(5);
    const target = [0.31, 0.77, 0.5, 0.02, 0.9];
    const found = search(
      features,
      landscapeOf(features, (unit) => -unit.reduce((sum, at, axis) => sum + (1 + axis) * (at - target[axis]!) ** 2, 0)),
    );
    found[0]!.unit.forEach((at, axis) => {
      expect(at).toBeCloseTo(target[axis]!, 4);
    });
  });

  it("of several peaks is the highest one", () => {
    const features = reals(2);
    const peak = (unit: Float64Array, x: number, y: number, height: number): number =>
      height * Math.exp(-((unit[0]! - x) ** 2 + (unit[1]! - y) ** 2) / 0.005);
    const f = (unit: Float64Array): number => peak(unit, 0.2, 0.2, 1) + peak(unit, 0.8, 0.3, 0.99) + peak(unit, 0.33, 0.81, 1.05);
    for (let seed = 0; seed < 10; seed++) expect(search(features, landscapeOf(features, f), { seed })[0]!.value).toBeCloseTo(1.05, 5);
  });

  it("on the edge of a box is on the edge, and no point that was asked for lies beyond", () => {
    const features = reals(3);
    const box: UnitBox = { lower: Float64Array.of(0.1, 0.3, 0.25), upper: Float64Array.of(0.7, 0.3, 1) };
    const landscape = landscapeOf(features, (unit) => unit[0]! - unit[2]!);
    const [best] = search(features, landscape, { box, elite: [Float64Array.of(0.5, 0.3, 0.5)] });
    expect([...best!.unit]).toEqual([0.7, 0.3, 0.25]);
    for (const unit of landscape.points)
      unit.forEach((at, axis) => {
        expect(at).toBeGreaterThanOrEqual(box.lower[axis]! - 1e-15);
        expect(at).toBeLessThanOrEqual(box.upper[axis]! + 1e-15);
      });
  });

  it("over choices and ints is found by trying their values one after the other", () => {
    const features = of({
      a: choice(Array.from("abcdefgh")),
      b: choice(Array.from("abcdefgh")),
      c: int(1, 1000),
      d: int(1, 50, { scale: "log" }),
      x: real(0, 1),
    });
    const f = (unit: Float64Array): number => {
      const { a, b, c, d, x } = decode(features.space, unit) as { a: string; b: string; c: number; d: number; x: number };
      return (a === "f" ? 1 : 0) + (b === "c" ? 1 : 0) - Math.abs(c - 777) / 100 - Math.abs(d - 13) / 10 - (x - 0.123) ** 2;
    };
    for (let seed = 0; seed < 5; seed++) {
      const [best] = search(features, landscapeOf(features, f), { seed });
      expect(best!.value).toBeGreaterThan(1.97);
      const config = decode(features.space, best!.unit) as { a: string; b: string; c: number; d: number; x: number };
      expect(config).toMatchObject({ a: "f", b: "c", d: 13 });
      expect(Math.abs(config.x - 0.123)).toBeLessThan(0.01);
    }
  });

  it("is looked for along a conditional parameter only where that exists: elsewhere it stays in the middle", () => {
    const features = of({ kind: choice(["on", "off"]), rate: given("kind", ["on"], real(0, 1)), x: real(0, 1) });
    const landscape = landscapeOf(features, (unit) => (unit[0]! < 0.5 ? 0 : 0.4) + unit[1]! - (unit[2]! - 0.4) ** 2);
    const found = search(features, landscape, { effort: 400 });
    for (const unit of [...landscape.points, ...found.map((one) => one.unit)]) if (unit[0]! >= 0.5) expect(unit[1]).toBe(0.5);
    expect([...found[0]!.unit].map((at) => Number(at.toFixed(3)))).toEqual([0.25, 1, 0.4]);
  });

  it("that a change of branch opens up is climbed to", () => {
    const features = of({
      kind: choice(["a", "b"]),
      rate: given("kind", ["b"], real(0, 1)),
      x: real(0, 1),
      ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`y${index}`, real(0, 1)])),
    });
    const f = (unit: Float64Array): number =>
      (unit[0]! < 0.5 ? 0 : 2 - 4 * (unit[1]! - 0.95) ** 2) - unit.subarray(2).reduce((sum, at) => sum + (at - 0.3) ** 2, 0);
    expect(search(features, landscapeOf(features, f), { effort: 200 })[0]!.value).toBeGreaterThan(1.9);
  });
});

describe("what is found", () => {
  const mixed = of({ a: choice(["p", "q", "r"]), b: given("a", ["q"], real(0, 1)), c: int(1, 9), x: real(0, 1) });
  const wavy = (unit: Float64Array): number => Math.sin(9 * unit[3]!) + unit[2]! * Math.cos(5 * unit[1]!) - Math.abs(unit[0]! - 0.5);

  it("is ordered, canonical, and worth what it says", () => {
    const found = search(mixed, landscapeOf(mixed, wavy));
    expect(found.length).toBeGreaterThan(1000);
    found.forEach(({ unit, value }, index) => {
      expect(mixed.canonical(unit)).toEqual(unit);
      expect(value).toBeCloseTo(wavy(unit), 9);
      if (index > 0) expect(value).toBeLessThanOrEqual(found[index - 1]!.value);
    });
  });

  it("follows from the key", () => {
    const of = (seed: number): readonly Found[] => search(mixed, landscapeOf(mixed, wavy), { seed }).slice(0, 50);
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it("costs about the effort", () => {
    const wide = of(
      Object.fromEntries(
        Array.from({ length: 100 }, (_, index) => [`x${index}`, index % 2 === 0 ? choice(Array.from("abcdefghij")) : real(0, 1)]),
      ),
    );
    for (const features of [reals(2), reals(100), mixed, wide])
      for (const effort of [64, 500, 2000]) {
        const landscape = landscapeOf(features, (unit) => -unit.reduce((sum, at) => sum + (at - 0.4) ** 2, 0));
        search(features, landscape, { effort });
        expect(landscape.evaluations()).toBeGreaterThan(0.5 * effort);
        expect(landscape.evaluations()).toBeLessThan(1.6 * effort + 100);
      }
  });

  it("is something where nothing is worth anything, or all the same", () => {
    for (const value of [-Infinity, 0, -1e300]) {
      const found = search(
        mixed,
        landscapeOf(mixed, () => value),
        { effort: 100 },
      );
      expect(found[0]!.value).toBe(value);
      expect(found.every(({ unit }) => unit.every((at) => at >= 0 && at <= 1))).toBe(true);
    }
  });

  it("is found where most of the cube is worth nothing at all", () => {
    const features = reals(2);
    const f = (unit: Float64Array): number => (unit[0]! < 0.1 ? -Math.abs(unit[1]! - 0.37) : -Infinity);
    expect(search(features, landscapeOf(features, f))[0]!.value).toBeGreaterThan(-1e-2);
  });

  it("with a bound has the values of the candidates alone whose bound is high", () => {
    const features = reals(3);
    const f = (unit: Float64Array): number => -((unit[0]! - 0.3) ** 2) - (unit[1]! - 0.6) ** 2 - (unit[2]! - 0.2) ** 2;
    const landscape = landscapeOf(features, f, (unit) => f(unit) + 0.01);
    const [best] = search(features, landscape, { screened: 256 });
    expect(best!.value).toBeCloseTo(0, 6);
    expect(landscape.evaluations()).toBeLessThan(800);
    const exact = landscapeOf(features, f, (unit) => f(unit) + 0.01);
    search(features, exact);
    expect(exact.evaluations()).toBeGreaterThan(1500);
  });
});

describe("ranked points", () => {
  it("come with their values, best first", () => {
    const features = reals(2);
    const units = somePoints(features, 100, 1);
    const found = rank(
      landscapeOf(features, (unit) => unit[0]!),
      units,
    );
    expect(found.map(({ value }) => value)).toEqual(units.map((unit) => unit[0]!).sort((a, b) => b - a));
    expect(
      rank(
        landscapeOf(features, () => 0),
        [],
      ),
    ).toEqual([]);
  });
});
