/** What a scale gives to values, against the codec at many evenly spaced points of the unit interval. */
import { describe, expect, it } from "vitest";
import { derive, root } from "../../random/key.ts";
import { stream } from "../../random/stream.ts";
import { decode } from "../../space/codec.ts";
import { choice, int, type ParamValue, type Plain, real } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";
import { kolmogorovSmirnovTest } from "../statistics/kolmogorovSmirnov.ts";
import { distributionOf, uniformOf } from "./distribution.ts";

const decoderOf = (param: Plain): ((p: number) => ParamValue) => {
  const space = createSpace({ x: param });
  return (p) => decode(space, Float64Array.of(p)).x!;
};

describe("discrete values have the probabilities with which the codec gives them:", () => {
  it.each<[string, Plain]>([
    ["an int", int(-3, 9)],
    ["an int with a step that does not divide its range", int(5, 22, { step: 4 })],
    ["an int on a log scale", int(2, 40, { scale: "log" })],
    ["a stepped real", real(0.1, 0.7, { step: 0.2 })],
    ["a stepped real whose step does not divide its range", real(0, 1, { step: 0.3 })],
    ["a choice", choice(["a", 2, true])],
  ])("%s", (_name, param) => {
    const distribution = distributionOf(param)!;
    if (distribution.kind !== "discrete") return expect.fail("expected a discrete distribution");
    const points = 20_000;
    const valueAt = decoderOf(param);
    const counts = new Float64Array(distribution.cells);
    for (let point = 0; point < points; point++) counts[distribution.cellOf(valueAt((point + 0.5) / points))]!++;
    for (let cell = 0; cell < distribution.cells; cell++) {
      const share = distribution.below(cell + 1) - distribution.below(cell);
      expect(Math.abs(counts[cell]! - points * share)).toBeLessThanOrEqual(2);
      expect(distribution.cellOf(distribution.valueAt(cell))).toBe(cell);
    }
    expect([distribution.below(0), distribution.below(distribution.cells)]).toEqual([0, 1]);
  });
});

describe("reals have the distribution function of their scale:", () => {
  const { log } = Math;
  it.each<[string, ReturnType<typeof real>, (x: number) => number]>([
    ["linear", real(-3, 5), (x) => (x + 3) / 8],
    ["log", real(1e-4, 1, { scale: "log" }), (x) => log(x / 1e-4) / log(1e4)],
    ["mirroredLog", real(1, 1000, { scale: "mirroredLog" }), (x) => 1 - log(1001 - x) / log(1000)],
    ["oneMinusLog", real(0.9, 0.999, { scale: "oneMinusLog" }), (x) => log((1 - x) / 0.1) / log(0.001 / 0.1)],
  ])("%s", (_name, param, below) => {
    const distribution = distributionOf(param)!;
    if (distribution.kind !== "continuous") return expect.fail("expected a continuous distribution");
    for (const share of [0, 0.1, 0.37, 0.8, 1]) {
      const x = param.low + share * (param.high - param.low);
      expect(distribution.below(x)).toBeCloseTo(below(x), 10);
      expect(distribution.valueAt(distribution.below(x))).toBeCloseTo(x, 10);
    }
  });
});

it.each<[string, Plain]>([
  ["one value", real(3, 3)],
  ["one whole number", int(7, 7)],
  ["one option", choice(["only"])],
  ["two neighbouring doubles", real(1, 1 + Number.EPSILON)],
  ["a range that is one value almost everywhere", real(Number.MIN_VALUE, Number.MAX_VALUE, { scale: "mirroredLog" })],
])("%s has nothing to test", (_name, param) => {
  expect(distributionOf(param)).toBeNull();
});

it.each<[string, Plain]>([
  ["a wide int", int(0, Number.MAX_SAFE_INTEGER - 1)],
  ["an int on a log scale", int(1, 5, { scale: "log" })],
  ["a choice of two", choice(["a", "b"])],
  ["a real", real(1e-300, 1e300, { scale: "log" })],
])("values of %s become uniform numbers", (_name, param) => {
  const source = stream(derive(root("transform")));
  const valueAt = decoderOf(param);
  const units = Array.from({ length: 2000 }, () => uniformOf(distributionOf(param)!, valueAt(source.uniform()), source));
  expect(kolmogorovSmirnovTest(units).p).toBeGreaterThan(0.001);
});
