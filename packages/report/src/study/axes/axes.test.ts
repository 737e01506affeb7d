import { choice, createSpace, decode, int, type Plain, plainOf, real } from "@caviar-hpo/core";
import { params } from "@caviar-hpo/core/testing";
import { test } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paramAxis } from "./paramAxis.ts";
import { valueAxis } from "./valueAxis.ts";

const labels = (param: Plain): readonly string[] => paramAxis("x", param).ticks.map(({ label }) => label);
const loss = { name: "loss", goal: "minimize" } as const;

describe("the axis of a parameter", () => {
  it("has round values of its scale", () => {
    expect(labels(real(0, 0.5))).toEqual(["0", "0.1", "0.2", "0.3", "0.4", "0.5"]);
    expect(labels(real(1e-4, 1, { scale: "log" }))).toEqual(["10⁻⁴", "0.001", "0.01", "0.1", "1"]);
    expect(labels(real(0.5, 0.99, { scale: "oneMinusLog" }))).toEqual(["0.5", "0.8", "0.9", "0.95", "0.98", "0.99"]);
    expect(labels(int(1, 3))).toEqual(["1", "2", "3"]);
    expect(labels(int(16, 512, { scale: "log" }))).toEqual(["20", "50", "100", "200", "500"]);
    expect(labels(int(-9, 0, { step: 2 })), "only values that the parameter has").toEqual(["−9", "−7", "−5", "−3", "−1"]);
    expect(labels(choice(["adam", 2, true]))).toEqual(["adam", "2", "true"]);
  });

  it("places values where the codec does: half of a logarithmic range is its geometric mean", () => {
    expect(paramAxis("x", real(1e-4, 1, { scale: "log" })).at(0.01)).toBeCloseTo(0.5, 12);
    expect(paramAxis("x", choice(["a", "b"])).at("b")).toBe(0.75);
  });

  test.prop([params(), fc.double({ min: 0, max: 1, noNaN: true })], { numRuns: 100 })(
    "has every value and every tick in the unit interval",
    (given, u) => {
      const param = plainOf(given);
      const { at, ticks, valueAt, options } = paramAxis("x", param);
      const value = decode(createSpace([["x", param]]), Float64Array.of(u)).x!;
      expect(at(value) >= 0 && at(value) <= 1).toBe(true);
      expect(ticks.length).toBeGreaterThan(0);
      for (const tick of ticks) expect(tick.at >= 0 && tick.at <= 1).toBe(true);
      expect(ticks.map((tick) => tick.at)).toEqual(ticks.map((tick) => tick.at).sort((a, b) => a - b));
      if (options === null) expect(valueAt(u)).toBe(value);
    },
  );
});

describe("the axis of values", () => {
  it("is logarithmic if the values are, and linear if they only begin near 0", () => {
    const spread = Array.from({ length: 20 }, (_, index) => 10 ** (index / 4));
    expect(valueAxis(loss, spread).logarithmic).toBe(true);
    expect(valueAxis(loss, [1e-9, ...Array.from({ length: 20 }, (_, index) => index + 1)]).logarithmic).toBe(false);
    expect(valueAxis(loss, [-1, ...spread]).logarithmic).toBe(false);
  });

  it("ends before a few poor values that would squeeze all others, on the side that is poor", () => {
    const many = Array.from({ length: 30 }, (_, index) => 1 + index / 30);
    const down = valueAxis(loss, [...many, 1000]);
    expect(down.edge).toBeGreaterThan(2);
    expect(down.edge).toBeLessThan(3);
    expect(down.at(1000)).toBe(1);
    expect(down.at(1)).toBeGreaterThan(0);
    const up = valueAxis({ name: "accuracy", goal: "maximize" }, [...many.map((value) => -value), -1000]);
    expect(up.edge).toBeCloseTo(-down.edge!, 9);
    expect(valueAxis(loss, many).edge).toBeNull();
  });

  test.prop([fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 30 })], { numRuns: 200 })(
    "places all finite values and ticks in the unit interval, in their order",
    (given) => {
      const { at, ticks } = valueAxis(loss, given);
      const ascending = [...given].sort((a, b) => a - b);
      const places = ascending.map(at);
      expect(places.every((place) => place >= 0 && place <= 1)).toBe(true);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(ticks.length).toBeLessThan(25);
      for (const tick of ticks) expect(tick.at > -1e-6 && tick.at < 1 + 1e-6).toBe(true);
    },
  );
});
