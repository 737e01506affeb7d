import { root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { average, normalScore, residual, standardised, unitSample } from "./sample.ts";
import { smoothField } from "./smoothField.ts";

describe("the sample of the unit cube", () => {
  it("is the same for everyone, and fills it evenly", () => {
    const sample = unitSample(3);
    expect(sample.length).toBe(2048);
    expect(unitSample(3)).toEqual(sample);
    for (const k of [0, 1, 2]) expect(Math.abs(average(sample.map((unit) => unit[k]!)) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 2048));
  });
});

describe("a smooth field", () => {
  const sample = unitSample(2);

  it("has mean 0 and variance 1 when it is standardised", () => {
    const values = sample.map(standardised(smoothField(2, root(3)), sample));
    expect(average(values)).toBeCloseTo(0, 12);
    expect(average(values.map((value) => value * value))).toBeCloseTo(1, 12);
  });

  it("is smooth, and another under another key", () => {
    const [one, other] = [smoothField(2, root(1)), smoothField(2, root(2))];
    for (const unit of sample.slice(0, 50)) {
      const near = unit.map((place) => place + 1e-6);
      expect(Math.abs(one(near) - one(unit))).toBeLessThan(2e-4);
      expect(one(unit)).not.toBe(other(unit));
    }
  });

  it("has values like normals', over keys", () => {
    const unit = Float64Array.of(0.3, 0.7);
    const values = Array.from({ length: 2000 }, (_, n) => smoothField(2, root(n))(unit) / Math.sqrt(8));
    expect(Math.abs(average(values))).toBeLessThan(4 / Math.sqrt(2000));
    expect(Math.abs(average(values.map((value) => value * value)) - 1)).toBeLessThan(0.15);
  });
});

describe("a residual", () => {
  it("has mean 0 and variance 1 and does not go along with the score", () => {
    const draws = stream(root(5));
    const scores = Array.from({ length: 300 }, () => draws.normal());
    const values = scores.map((score) => 3 + 2 * score + draws.normal());
    const left = residual(values, scores);
    const lefts = values.map((value, n) => left(value, scores[n]!));
    expect(average(lefts)).toBeCloseTo(0, 12);
    expect(average(lefts.map((value) => value * value))).toBeCloseTo(1, 12);
    expect(average(lefts.map((value, n) => value * scores[n]!))).toBeCloseTo(0, 12);
  });
});

describe("a normal score", () => {
  it("is 0 in the middle, symmetric, and finite beyond the ends", () => {
    const score = normalScore([5, 1, 3, 2, 4]);
    expect(score(3)).toBeCloseTo(0, 12);
    expect(score(1)).toBeCloseTo(-score(5), 12);
    expect(score(-1e9)).toBe(score(1));
    expect(score(1e9)).toBe(score(5));
    expect(score(1)).toBeCloseTo(-1.2815515655446004, 12);
    expect(score(2.5)).toBeGreaterThan(score(2));
    expect(score(2.5)).toBeLessThan(score(3));
  });

  it("never decreases, with ties among the values and without", () => {
    const list = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        list,
        fc.double({ min: -2, max: 22, noNaN: true }),
        fc.double({ min: -2, max: 22, noNaN: true }),
        (values, one, other) => {
          const score = normalScore(values);
          expect(score(Math.max(one, other))).toBeGreaterThanOrEqual(score(Math.min(one, other)));
        },
      ),
    );
  });
});
