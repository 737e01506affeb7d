import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { derive, root } from "../random/key.ts";
import { stream } from "../random/stream.ts";
import { decode, encode } from "./codec.ts";
import { type Config, choice, int, type Param, type Plain, type Real, real } from "./param.ts";
import { createSpace } from "./space.ts";

const at = (param: Param, p: number): unknown => decode(createSpace([["x", param]]), Float64Array.of(p)).x;
const unit = (param: Param, x: number): number => encode(createSpace([["x", param]]), { x })[0]!;

test("a learning rate on [1e-4, 1], log, has a quarter of its samples in each decade", () => {
  const learningRate = real(1e-4, 1, { scale: "log" });
  expect([0, 0.25, 0.5, 0.75, 1].map((p) => at(learningRate, p) as number)).toEqual(
    [1e-4, 1e-3, 1e-2, 1e-1, 1].map((x) => expect.closeTo(x, 12)),
  );
  const n = 40_000;
  const decades = [0, 0, 0, 0];
  const space = createSpace({ learningRate });
  const source = stream(root("decades"));
  for (let i = 0; i < n; i++) {
    const sample = decode(space, Float64Array.of(source.uniform())).learningRate as number;
    decades[Math.min(3, Math.floor(Math.log10(sample) + 4))]!++;
  }
  for (const count of decades) expect(Math.abs(count - n / 4)).toBeLessThan(4 * Math.sqrt((n * 3) / 16));
});

test("momentum on [0.9, 0.999], oneMinusLog, has median 0.99; mirroredLog is another law with another name", () => {
  const quartiles = (scale: "oneMinusLog" | "mirroredLog"): readonly unknown[] =>
    [0.25, 0.5, 0.75].map((p) => at(real(0.9, 0.999, { scale }), p));
  expect(quartiles("oneMinusLog")).toEqual([0.96838, 0.99, 0.99684].map((x) => expect.closeTo(x, 5)));
  expect(quartiles("mirroredLog")).toEqual([0.92573, 0.95079, 0.97521].map((x) => expect.closeTo(x, 5)));
  expect(at(real(0.9, 0.999, { scale: "oneMinusLog" }), 0.5)).toBeCloseTo(0.99, 15);
});

describe.each<readonly [Real["scale"], (l: number, u: number, p: number) => number]>([
  ["linear", (l, u, p) => l + p * (u - l)],
  ["log", (l, u, p) => l * (u / l) ** p],
  ["mirroredLog", (l, u, p) => l + u - l * (u / l) ** (1 - p)],
  ["oneMinusLog", (l, u, p) => 1 - Math.exp(Math.log(1 - l) + p * (Math.log(1 - u) - Math.log(1 - l)))],
])("the %s scale", (scale, formula) => {
  test("follows its formula", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.98, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (low, share, p) => {
          const high = low + share * (0.99 - low);
          fc.pre(high > low);
          expect(at(real(low, high, { scale }), p)).toBeCloseTo(formula(low, high, p), 13);
        },
      ),
      { seed: 1 },
    );
  });

  test("comes back within 4 ulp, times max(1, ln(high / low)) on log scales", () => {
    const bounds =
      scale === "oneMinusLog"
        ? fc.double({ min: 0, max: 1 - 1e-9, noNaN: true })
        : scale === "linear"
          ? fc.double({ noNaN: true, noDefaultInfinity: true })
          : fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(bounds, bounds, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, p) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const param = real(low, high, { scale });
        const x = at(param, p) as number;
        const back = at(param, unit(param, x)) as number;
        expect(Math.abs(back - x)).toBeLessThanOrEqual(tolerance(param, x));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test("is monotone, reaches both ends, and stays inside", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 0.9, noNaN: true }),
        fc.double({ min: 0.9, max: 0.9999, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 }),
        (low, high, ps) => {
          const param = real(low, high, { scale });
          const values = [0, ...ps.sort((a, b) => a - b), 1].map((p) => at(param, p) as number);
          expect(values[0]).toBe(low);
          expect(values.at(-1)).toBe(high);
          for (let i = 1; i < values.length; i++) expect(values[i]! - values[i - 1]!).toBeGreaterThanOrEqual(-4 * 2 ** -53);
        },
      ),
      { seed: 1 },
    );
  });
});

/** The error bound stated in codec.ts. */
function tolerance(param: Real, x: number): number {
  const ulp = (value: number): number => Math.max(5e-324, Math.abs(value) * 2 ** -52);
  if (param.scale === "linear") return 4 * ulp(Math.max(Math.abs(param.low), Math.abs(param.high)));
  if (param.scale === "log") return 4 * ulp(x) * Math.max(1, Math.log(param.high) - Math.log(param.low));
  if (param.scale === "mirroredLog") return 4 * ulp(param.high) * Math.max(1, Math.log(param.high) - Math.log(param.low));
  return 4 * 2 ** -52 * Math.max(1, Math.log((1 - param.low) / (1 - param.high)));
}

const exact: readonly (readonly [string, Plain])[] = [
  ["integers", int(-1000, 1000)],
  ["2^53 integers, at both ends", int(1, 2 ** 53)],
  ["2^52 + 1 integers", int(0, 2 ** 52)],
  ["integers with a step", int(3, 10_000, { step: 7 })],
  ["integers on a log scale", int(1, 1_000_000, { scale: "log" })],
  ["integers on a log scale up to 2^44", int(1, 2 ** 44, { scale: "log" })],
  ["tenths", real(-3, 3, { step: 0.1 })],
  ["steps of a third", real(0, 100, { step: 1 / 3 })],
];

test.each(exact)("%s come back exactly", (_name, param) => {
  const space = createSpace([["x", param]]);
  const returns = (config: Config): void => {
    expect(decode(space, encode(space, config))).toEqual(config);
  };
  for (const p of [0, 1, 2 ** -53, 1 - 2 ** -53]) returns(decode(space, Float64Array.of(p)));
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => returns(decode(space, Float64Array.of(p)))),
    { seed: 1, numRuns: 3000 },
  );
  if (param.kind === "int")
    for (const x of [param.low, param.low + (param.step ?? 1), param.high - ((param.high - param.low) % (param.step ?? 1))]) returns({ x });
});

test("options come back exactly, and all of them are reached", () => {
  const space = createSpace({ x: choice(Array.from({ length: 1000 }, (_, i) => i)) });
  for (let x = 0; x < 1000; x++) expect(decode(space, encode(space, { x }))).toEqual({ x });
});

test("decoding the point of a decoded point changes nothing where values are discrete", () => {
  const space = createSpace({ a: int(1, 500, { scale: "log" }), b: real(0, 1, { step: 0.05 }), c: choice(["x", "y", "z"]) });
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), (p) => {
      const point = encode(space, decode(space, Float64Array.from(p)));
      expect(encode(space, decode(space, point))).toEqual(point);
    }),
    { seed: 1 },
  );
});

test("0.1 + 2 x 0.1 is 0.3 on steps of a tenth, and 0.3 counts as three steps", () => {
  expect(at(real(0.1, 0.5, { step: 0.1 }), 0.5)).toBe(0.3);
  expect(at(real(0, 0.3, { step: 0.1 }), 1)).toBe(0.3);
});

/** P(k) = ln((k + 1) / k) / ln((high + 1) / low), with the values printed in the reference table for [1, 3] and [1, 8]. */
describe("the integer log law", () => {
  const probability = (low: number, high: number, k: number): number => Math.log((k + 1) / k) / Math.log((high + 1) / low);

  test("is the published one", () => {
    expect([1, 2, 3].map((k) => probability(1, 3, k))).toEqual([0.5, 0.2925, 0.2075].map((p) => expect.closeTo(p, 4)));
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((k) => probability(1, 8, k))).toEqual(
      [0.3155, 0.1845, 0.1309, 0.1016, 0.083, 0.0702, 0.0608, 0.0536].map((p) => expect.closeTo(p, 4)),
    );
  });

  test.each([
    [1, 3],
    [1, 8],
    [16, 128],
    [3, 1000],
  ])("holds on [%i, %i] by chi-square", (low, high) => {
    const n = 100_000;
    const counts = new Float64Array(high - low + 1);
    const source = stream(derive(root("int log"), low, high));
    const space = createSpace({ x: int(low, high, { scale: "log" }) });
    for (let i = 0; i < n; i++) counts[(decode(space, Float64Array.of(source.uniform())).x as number) - low]!++;
    const chiSquare = counts.reduce(
      (sum, count, index) => sum + (count - n * probability(low, high, low + index)) ** 2 / (n * probability(low, high, low + index)),
      0,
    );
    expect(Math.abs(chiSquare - (high - low))).toBeLessThan(5 * Math.sqrt(2 * (high - low)));
  });

  test("a linear integer has equal cells", () => {
    expect([0, 0.32, 0.34, 0.66, 0.67, 1].map((p) => at(int(1, 3), p))).toEqual([1, 1, 2, 2, 3, 3]);
  });
});
