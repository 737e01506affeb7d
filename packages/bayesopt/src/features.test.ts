import { choice, createSpace, decode, encode, given, int, real, type Shape } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { featuresOf } from "./features.ts";

function coordinates(shape: Shape, unit: readonly number[]): readonly number[] {
  const features = featuresOf(createSpace(shape));
  const out = new Float64Array(features.size + 1).fill(9);
  features.write(Float64Array.from(unit), out, 1);
  expect(out[0]).toBe(9);
  return [...out.subarray(1)];
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, f) => sum + (value - b[f]!) * (value - b[f]!), 0);
}

describe("the coordinates of a point", () => {
  it("are the unit coordinates of numbers and of choices whose order carries meaning", () => {
    const shape = { a: real(1, 9), b: int(1, 9), c: choice(["s", "m", "l"], { ordered: true }) };
    expect(coordinates(shape, [0.25, 0.5, 0.75])).toEqual([0.25, 0.5, 0.75]);
  });

  it("are 0 or 1 for a choice of two, and 0 for a choice of one", () => {
    expect(coordinates({ a: choice([true, false]), b: choice(["only"]) }, [0.2, 0.9])).toEqual([0, 0]);
    expect(coordinates({ a: choice([true, false]) }, [0.7])).toEqual([1]);
  });

  it("put any two options of a choice at distance one", () => {
    for (const count of [2, 3, 7, 64]) {
      const shape = { a: choice(Array.from({ length: count }, (_, index) => index)) };
      const points = Array.from({ length: count }, (_, option) => coordinates(shape, [(option + 0.5) / count]));
      for (const a of points) for (const b of points) expect(squaredDistance(a, b)).toBeCloseTo(a === b ? 0 : 1, 12);
    }
  });

  it("keep 10,000 options apart from each other, at distances around one", () => {
    const shape = { a: choice(Array.from({ length: 10_000 }, (_, index) => index)) };
    const features = featuresOf(createSpace(shape));
    const codes = Array.from({ length: 10_000 }, (_, option) => {
      const out = new Float64Array(features.size);
      features.write(Float64Array.of((option + 0.5) / 10_000), out, 0);
      return [...out];
    });
    expect(new Set(codes.map((code) => code.join())).size).toBe(10_000);
    const distances = codes.slice(0, 2000).map((code, option) => squaredDistance(code, codes[(option * 7919 + 1) % 10_000]!));
    const mean = distances.reduce((sum, one) => sum + one / 2000, 0);
    expect(mean).toBeCloseTo(1, 2);
    expect(Math.sqrt(distances.reduce((sum, one) => sum + ((one - mean) * (one - mean)) / 2000, 0))).toBeCloseTo(1 / 8, 2);
  });
});

describe("a canonical point", () => {
  const shape = {
    kind: choice(["a", "b", "c"]),
    rate: given("kind", ["b"], real(0, 1)),
    layers: int(1, 4),
    size: real(0, 1, { step: 0.25 }),
  };
  const space = createSpace(shape);
  const features = featuresOf(space);

  it("is the one of its configuration, and its own canonical point", () => {
    for (const unit of [
      [0.1, 0.2, 0.3, 0.4],
      [0.5, 0.21, 0.99, 0.01],
      [1, 0, 1, 0],
    ]) {
      const canonical = features.canonical(Float64Array.from(unit));
      expect(canonical).toEqual(encode(space, decode(space, Float64Array.from(unit))));
      expect(features.canonical(canonical)).toEqual(canonical);
    }
    expect([...features.canonical(Float64Array.of(0.1, 0.2, 0.3, 0.4))]).toEqual([1 / 6, 0.5, 0.375, 0.5]);
  });

  it("is the point itself where all parameters are real, whatever lies between two doubles", () => {
    const plain = featuresOf(createSpace({ a: real(0, 1), b: real(1e-4, 1, { scale: "log" }) }));
    const unit = Float64Array.of(0.3, 0.7);
    expect(plain.plain).toBe(true);
    expect(plain.canonical(unit)).toBe(unit);
  });

  it("has the middle for a real of width zero, as what was measured there has", () => {
    const narrow = featuresOf(createSpace({ a: real(0, 1), b: real(2, 2) }));
    expect(narrow.plain).toBe(false);
    expect(narrow.axes.map(({ smooth }) => smooth)).toEqual([true, false]);
    expect([...narrow.canonical(Float64Array.of(0.25, 0.9))]).toEqual([0.25, 0.5]);
  });

  it("is free to move along the smooth parameters that exist there", () => {
    const mixed = createSpace({ ...shape, width: real(0, 1), depth: given("layers", [2, 3], real(0, 1)) });
    const { free } = featuresOf(mixed);
    const unit = (kind: number, layers: number): Float64Array => Float64Array.of(kind, 0.5, layers, 0.5, 0.5, 0.5);
    expect([free(unit(0.1, 0.1)), free(unit(0.5, 0.1)), free(unit(0.5, 0.4)), free(unit(0.9, 0.4))]).toEqual([
      [4],
      [1, 4],
      [1, 4, 5],
      [4, 5],
    ]);
  });
});
