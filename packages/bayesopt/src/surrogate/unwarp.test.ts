import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import { unwarp } from "./unwarp.ts";

const skewed = uniforms(40, 1).map((value) => Math.exp(4 * value));

/** Mean and standard deviation by a sum over 20,000 cells between -9 and 9 deviations. */
function dense(inverse: (z: number) => number, mean: number, sd: number): { readonly mean: number; readonly sd: number } {
  const cells = 20_000;
  let [weight, first, second] = [0, 0, 0];
  for (let cell = 0; cell < cells; cell++) {
    const node = (18 * (cell + 0.5)) / cells - 9;
    const density = Math.exp(-0.5 * node * node);
    const value = inverse(mean + sd * node);
    weight += density;
    first += density * value;
    second += density * value * value;
  }
  return { mean: first / weight, sd: Math.sqrt(second / weight - (first / weight) ** 2) };
}

describe("mean and deviation in the units before the warp", () => {
  it("are the linear map's for the identity, whatever the deviation", () => {
    const identity = outputWarps(skewed).find(({ name }) => name === "identity")!;
    const slope = identity.inverse(1) - identity.inverse(0);
    for (const [mean, sd] of [
      [0, 1],
      [-2, 0.01],
      [3, 40],
    ] as const) {
      const found = unwarp(identity, mean, sd);
      expect(found.mean).toBeCloseTo(identity.inverse(0) + slope * mean, 9);
      expect(found.sd).toBeCloseTo(slope * sd, 9);
    }
  });

  it.each(outputWarps(skewed).map((warp) => [warp.name, warp] as const))(
    "are those of a dense quadrature where the deviation is small (%s)",
    (name, warp) => {
      const z = warp.forward(skewed);
      for (const mean of [z[3]!, z[17]!, (z[3]! + z[17]!) / 2]) {
        const found = unwarp(warp, mean, 0.05);
        const expected = dense(warp.inverse, mean, 0.05);
        const kinks = name === "halfRankLog" || name === "winsorised";
        expect(Math.abs(found.mean - expected.mean)).toBeLessThan((kinks ? 0.1 : 1e-6) * expected.sd);
        expect(Math.abs(found.sd / expected.sd - 1)).toBeLessThan(kinks ? 0.3 : 1e-5);
      }
    },
  );

  it("are near those where the deviation is that of all values", () => {
    for (const name of ["yeoJohnson", "shiftedLog(0.1)"]) {
      const warp = outputWarps(skewed).find((one) => one.name === name)!;
      const z = warp.forward(skewed);
      const centre = z.reduce((sum, one) => sum + one / 40, 0);
      const sd = Math.sqrt(z.reduce((sum, one) => sum + (one - centre) ** 2 / 40, 0));
      const [found, expected] = [unwarp(warp, centre, sd), dense(warp.inverse, centre, sd)];
      expect(Math.abs(found.mean - expected.mean)).toBeLessThan(0.02 * expected.sd);
      expect(Math.abs(found.sd / expected.sd - 1)).toBeLessThan(0.1);
    }
  });

  it("are the value and 0 where nothing is uncertain", () => {
    for (const warp of outputWarps(skewed)) {
      const found = unwarp(warp, warp.forward(skewed.subarray(5, 6))[0]!, 0);
      expect(found.mean).toBeCloseTo(skewed[5]!, 9);
      expect(found.sd).toBeLessThan(1e-12 * Math.abs(skewed[5]!));
    }
  });

  it("are those of other units, times the unit, however large or small it is", () => {
    for (const exponent of [-1000, -600, 600, 1000]) {
      const unit = 2 ** exponent;
      const scaledWarps = outputWarps(skewed.map((value) => value * unit));
      for (const [at, warp] of outputWarps(skewed).entries()) {
        const [found, expected] = [unwarp(scaledWarps[at]!, 0.25, 0.5), unwarp(warp, 0.25, 0.5)];
        expect(found.mean / unit / expected.mean, warp.name).toBeCloseTo(1, 9);
        expect(found.sd / unit / expected.sd, warp.name).toBeCloseTo(1, 9);
      }
    }
  });

  it("are finite for values as large as they come", () => {
    const huge = Number.MAX_VALUE;
    for (const values of [
      [huge, -huge],
      [huge, huge],
      [1e308, -1e308, 0],
      [0, 0, 1e300],
      [5e-324, 0],
    ])
      for (const warp of outputWarps(Float64Array.from(values)))
        for (const [mean, sd] of [
          [0, 1],
          [1e8, 1e8],
          [-1e8, 0],
          [1e300, 1e300],
          [0, huge],
        ] as const) {
          const found = unwarp(warp, mean, sd);
          expect(Number.isFinite(found.mean), `${warp.name} of ${values} at ${mean}, ${sd}`).toBe(true);
          expect(Number.isFinite(found.sd) && found.sd >= 0, `${warp.name} of ${values} at ${mean}, ${sd}`).toBe(true);
        }
  });
});
