import { ConfigError, type Json, NumericalError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { outputWarp, outputWarps } from "./outputWarps.ts";

const names = ["identity", "winsorised", "yeoJohnson", "shiftedLog(0.1)", "shiftedLog(0.01)", "shiftedLog(0.001)", "halfRankLog"];
const { MAX_VALUE, MIN_VALUE } = Number;

/** Row D1 of the fault matrix, as far as it is finite. */
const edges: readonly (readonly [string, readonly number[]])[] = [
  ["one value", [7]],
  ["a constant", [5, 5, 5, 5]],
  ["a constant of 1e308", [1e308, 1e308, 1e308]],
  ["two values", [1, 2]],
  ["1e308 and -1e308", [1e308, -1e308]],
  ["the largest doubles", [MAX_VALUE, -MAX_VALUE]],
  ["1e308 alternating", [1e308, -1e308, 1e308, -1e308, 1e308]],
  ["the largest doubles alternating, and 0", [MAX_VALUE, -MAX_VALUE, MAX_VALUE, -MAX_VALUE, MAX_VALUE, 0]],
  ["one outlier of 1e300", [1, 2, 3, 4, 1e300]],
  ["one good outlier of -1e300", [1, 2, 3, 4, -1e300]],
  ["a zero majority, 1 and 1e300", [0, 0, 0, 0, 1, 1e300]],
  ["steps of 5e-324", [0, MIN_VALUE, 2 * MIN_VALUE, 3 * MIN_VALUE]],
  ["5e-324 next to 1e308", [MIN_VALUE, 1, 1e308, -1e308, -1]],
  ["all equal but a worse one", [0, 0, 0, 0, 0, 1]],
  ["all equal but a better one", [0, 0, 0, 0, 0, -1]],
  ["both zeros", [0, -0, 0]],
  ["monotone", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ["powers of ten", [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]],
  ["duplicates", [1, 1, 1, 2, 2, 3]],
  ["duplicates with noise", [1, 1 + 2 ** -52, 1, 2, 2 + 2 ** -51, 3]],
];

const compared = (a: number, b: number): number => Number(a > b) - Number(a < b);

describe("output warps", () => {
  it("are the same seven, in the same order, whatever the data", () => {
    for (const y of [[3, 1, 2], [7], [1, 1, 1, 1e300]]) expect(outputWarps(Float64Array.from(y)).map((warp) => warp.name)).toEqual(names);
  });

  it("have the same bits when only some of them are fitted", () => {
    const y = Float64Array.of(3, 1, 2, 40, -1);
    const all = outputWarps(y).map(({ parameters }) => parameters);
    expect(names.flatMap((name) => outputWarps(y, [name]).map(({ parameters }) => parameters))).toEqual(all);
    expect(outputWarps(y, ["halfRankLog", "identity"]).map(({ name }) => name)).toEqual(["identity", "halfRankLog"]);
  });

  it.each(edges)("keep apart what differs, together what is equal, and stay finite: %s", (_, y) => {
    const values = Float64Array.from(y);
    for (const warp of outputWarps(values)) {
      const images = warp.forward(values);
      expect(images.every(Number.isFinite), warp.name).toBe(true);
      expect(Number.isFinite(warp.logJacobian), warp.name).toBe(true);
      for (let i = 0; i < y.length; i++) {
        for (let j = 0; j < y.length; j++) expect(compared(images[i]!, images[j]!), warp.name).toBe(compared(y[i]!, y[j]!));
      }
    }
  });

  it.each(edges)("lead back: %s", (_, y) => {
    const values = Float64Array.from(y);
    const half = values.reduce((most, value) => Math.max(most, Math.abs(value / 2)), 0);
    for (const warp of outputWarps(values)) {
      // A value of 1e300 next to ordinary ones has gone through two or three logarithms.
      warp.forward(values).forEach((z, i) => {
        expect(Math.abs(warp.inverse(z) / 2 - values[i]! / 2), warp.name).toBeLessThanOrEqual(1e-11 * half);
      });
    }
  });

  it("have the log-Jacobian that finite differences have", () => {
    const y = Float64Array.of(3.25, -1, 2, 2.5, 700, 1e-3, 14, 20, 900, -0.5);
    const smooth = outputWarps(y).filter((warp) => warp.name !== "halfRankLog");
    expect(smooth).toHaveLength(names.length - 1);
    for (const { forward, logJacobian, name } of smooth) {
      const slopes = [...y].map((value) => {
        const step = 1e-5;
        // The best value is where the shifted logarithms have a jump of curvature: on its worse side they are smooth.
        const at = (steps: number): number => forward(Float64Array.of(value + steps * step))[0]!;
        return (-3 * at(0) + 4 * at(1) - at(2)) / (2 * step);
      });
      expect(Math.abs(slopes.reduce((sum, slope) => sum + Math.log(slope), 0) - logJacobian), name).toBeLessThan(1e-4);
    }
  });

  it("of half-rank have the mean of the log-slopes on either side", () => {
    const y = Float64Array.of(1, 2, 3, 5, 8, 13, 21);
    const { forward, logJacobian } = outputWarps(y).find((warp) => warp.name === "halfRankLog")!;
    const at = (value: number): number => forward(Float64Array.of(value))[0]!;
    const step = 1e-6;
    const means = [...y].map((value) => Math.log(((at(value + step) - at(value)) / step) * ((at(value) - at(value - step)) / step)) / 2);
    expect(means.reduce((sum, mean) => sum + mean, 0)).toBeCloseTo(logJacobian, 4);
  });

  it("stretch what is near the best the more the smaller c is", () => {
    const y = Float64Array.of(0, 1, 10, 100, 1000);
    const shares = outputWarps(y)
      .filter((warp) => ["identity", "shiftedLog(0.1)", "shiftedLog(0.01)", "shiftedLog(0.001)"].includes(warp.name))
      .map((warp) => warp.forward(y))
      .map((z) => (z[1]! - z[0]!) / (z[4]! - z[0]!));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(new Set(shares).size).toBe(4);
  });

  it("do not let one bad outlier stretch the offset of the logarithm", () => {
    const y = [1, 2, 3, 4, 5, 6, 7, 8];
    const share = (values: readonly number[]): number => {
      const { forward } = outputWarps(Float64Array.from(values)).find((warp) => warp.name === "shiftedLog(0.01)")!;
      const z = forward(Float64Array.of(1, 2, 8));
      return (z[1]! - z[0]!) / (z[2]! - z[0]!);
    };
    expect(Math.abs(share([...y, 1e300]) - share(y))).toBeLessThan(0.05);
  });

  it("refuse no values, and values that are not finite", () => {
    expect(() => outputWarps(new Float64Array(0))).toThrow(NumericalError);
    expect(() => outputWarps(Float64Array.of(1, NaN))).toThrow("expected at least one value, and only finite values, got NaN");
    expect(() => outputWarps(Float64Array.of(Infinity))).toThrow(NumericalError);
  });
});

describe("a restored output warp", () => {
  const scale = { centre: 1, spread: 2, logJacobian: 0 };
  const stored = { kind: "yeoJohnson", ...scale, lambda: 0.5 };
  const broken: readonly (readonly [string, Json, string])[] = [
    ["without a kind", { centre: 1, spread: 2, logJacobian: 0 }, "kind"],
    ["an unknown kind", { ...stored, kind: "boxCox" }, "kind"],
    ["an inherited kind", { ...stored, kind: "__proto__" }, "kind"],
    ["no spread", { ...stored, spread: 0 }, "spread"],
    ["a missing number", { kind: "identity", centre: 1, spread: 2 }, "logJacobian"],
    ["a number as text", { ...stored, centre: "1" }, "centre"],
    ["a power beyond 2", { ...stored, lambda: 2.5 }, "lambda"],
    ["a width below 0", { ...scale, kind: "winsorised", fence: 1, width: -1 }, "width"],
    ["values out of order", { ...scale, kind: "halfRankLog", worse: [2, 1], deviation: 1, denominator: 2, minimum: 0, offset: 1 }, "worse"],
    ["values missing", { ...scale, kind: "halfRankLog", deviation: 1, denominator: 2, minimum: 0, offset: 1 }, "worse"],
    [
      "a denominator too small",
      { ...scale, kind: "halfRankLog", worse: [1, 2], deviation: 1, denominator: 1, minimum: 0, offset: 1 },
      "denominator",
    ],
  ];

  it.each(broken)("is refused where the stored parameters are %s", (_, parameters, field) => {
    expect(() => outputWarp(parameters)).toThrow(ConfigError);
    expect(() => outputWarp(parameters)).toThrow(`${field} of an output warp: expected `);
  });

  it.each<readonly [string, Json]>([
    ["nothing", null],
    ["a list", [stored]],
  ])("is refused where %s is stored", (_, parameters) => {
    expect(() => outputWarp(parameters)).toThrow("an output warp: expected an object, got ");
  });

  it("is refused where a key is misspelt or of another kind", () => {
    const { lambda, ...rest } = stored;
    expect(() => outputWarp({ ...rest, lamda: lambda })).toThrow('got "lamda". Did you mean "lambda"?');
    expect(() => outputWarp({ ...stored, ratio: 1 })).toThrow("an output warp: expected no keys but kind, centre");
  });

  it("is of the stored kind", () => {
    expect(outputWarp(stored).name).toBe("yeoJohnson");
    expect(outputWarp(stored).forward(Float64Array.of(3))[0]).toBeCloseTo(2 * (Math.sqrt(2) - 1), 14);
  });
});
