import { derive, root } from "@caviar-hpo/core";
import { cholesky } from "@caviar-hpo/numerics/linear";
import { describe, expect, it } from "vitest";
import botorch from "./botorchBatch.golden.json" with { type: "json" };
import { incumbentsOfDraws } from "./incumbents.ts";
import { drawInPlace, quasiNormals } from "./jointDraws.ts";
import golden from "./logBatchExpectedImprovement.golden.json" with { type: "json" };
import { logBatchExpectedImprovement } from "./logBatchExpectedImprovement.ts";
import { logExpectedImprovement } from "./logExpectedImprovement.ts";
import { logExpectedImprovementOverDraws } from "./overDraws.ts";

const key = root("batch");

function factorOf(covariance: readonly (readonly number[])[]): Float64Array {
  const factor = Float64Array.from(covariance.flat());
  expect(cholesky(factor, covariance.length).kind).toBe("factored");
  return factor;
}

function at(incumbent: number, mean: Float64Array, factor: Float64Array, draws: number) {
  const q = mean.length;
  const out = { value: NaN, byMean: new Float64Array(q), byFactor: new Float64Array(q * q) };
  const normals = q === 1 ? new Float64Array(0) : quasiNormals(draws, q - 1, derive(key, q));
  logBatchExpectedImprovement(incumbent, q, normals)(mean, factor, out);
  return out;
}

describe("log expected improvement of a batch", () => {
  it("is log expected improvement for one point", () => {
    const { value, byMean, byFactor } = at(0.5, Float64Array.of(1.25), Float64Array.of(2), 0);
    const one = { value: NaN, byMean: NaN, byVariance: NaN };
    logExpectedImprovement(0.5)(1.25, 4, one);
    expect(value).toBe(one.value);
    expect(byMean[0]).toBe(one.byMean);
    expect(byFactor[0]).toBe(4 * one.byVariance);
  });

  it.each([
    [64, 0.02],
    [128, 0.015],
    [8192, 0.0005],
  ])("with %d draws is within %d, relative, of the integral, for batches of 2 to 5 points", (draws, tolerance) => {
    for (const { incumbent, mean, covariance, logExpectedImprovement: exact } of golden) {
      const { value } = at(incumbent, Float64Array.from(mean), factorOf(covariance), draws);
      expect(Math.abs(Math.exp(value - exact) - 1), `mean ${mean}`).toBeLessThan(tolerance);
    }
  });

  it("is BoTorch's qLogExpectedImprovement, with its gradient, for batches of 1 to 8 points", () => {
    for (const { incumbent, mean, covariance, logExpectedImprovement: theirs, byMean: slopes } of botorch) {
      const { value, byMean } = at(incumbent, Float64Array.from(mean), factorOf(covariance), 4096);
      expect(Math.abs(value - theirs), `q = ${mean.length}`).toBeLessThan(0.001);
      const steepest = Math.max(...slopes.map(Math.abs));
      slopes.forEach((slope, row) => {
        expect(Math.abs(byMean[row]! - slope), `q = ${mean.length}, point ${row}`).toBeLessThan(0.02 * steepest);
      });
    }
  });

  it("has the derivatives that differences of its values show", () => {
    for (const { incumbent, mean: means, covariance } of golden) {
      const mean = Float64Array.from(means);
      const factor = factorOf(covariance);
      const q = mean.length;
      const { byMean, byFactor } = at(incumbent, mean, factor, 128);
      const slope = (array: Float64Array, index: number): number => {
        const step = 1e-7;
        const centre = array[index]!;
        array[index] = centre + step;
        const above = at(incumbent, mean, factor, 128).value;
        array[index] = centre - step;
        const below = at(incumbent, mean, factor, 128).value;
        array[index] = centre;
        return (above - below) / (2 * step);
      };
      for (let row = 0; row < q; row++) {
        expect(slope(mean, row)).toBeCloseTo(byMean[row]!, 6);
        for (let column = 0; column < q; column++) {
          if (column <= row) expect(slope(factor, row * q + column)).toBeCloseTo(byFactor[row * q + column]!, 6);
          else expect(byFactor[row * q + column]).toBe(0);
        }
      }
    }
  });

  it("grows with its last point by the improvement over fantasies of the others", () => {
    for (const { incumbent, mean: means, covariance } of golden) {
      const q = means.length;
      const draws = 64;
      const mean = Float64Array.from(means);
      const factor = factorOf(covariance);
      // The same draws for both: the first dimensions of a Sobol sequence are the Sobol sequence of fewer dimensions.
      const normals = quasiNormals(draws, q - 1, key);
      const value = (points: number): number => {
        const out = { value: NaN, byMean: new Float64Array(points), byFactor: new Float64Array(points * points) };
        const leading = Float64Array.from({ length: points * points }, (_, at) => factor[Math.floor(at / points) * q + (at % points)]!);
        const first = points === 1 ? new Float64Array(0) : quasiNormals(draws, points - 1, key);
        logBatchExpectedImprovement(incumbent, points, first)(mean.subarray(0, points), leading, out);
        return Math.exp(out.value);
      };
      const last = Float64Array.from({ length: draws }, (_, draw) =>
        normals
          .subarray(draw * (q - 1), (draw + 1) * (q - 1))
          .reduce((centre, z, k) => centre + factor[(q - 1) * q + k]! * z, mean[q - 1]!),
      );
      drawInPlace(normals, mean.subarray(0, q - 1), factor, q);
      const over = { value: NaN, byMean: new Float64Array(draws), byVariance: NaN };
      logExpectedImprovementOverDraws(incumbentsOfDraws(normals, q - 1, incumbent))(last, factor[q * q - 1]! ** 2, over);
      expect(Math.exp(over.value) / (value(q) - value(q - 1))).toBeCloseTo(1, 12);
    }
  });

  it("of two points that are one is that of the one", () => {
    const { value } = at(0, Float64Array.of(0.3, 0.3), Float64Array.of(0.8, 0, 0.8, 0), 64);
    expect(value).toBeCloseTo(at(0, Float64Array.of(0.3), Float64Array.of(0.8), 0).value, 14);
  });

  it("of two points far apart and far above the incumbent does not underflow, and is nearly the sum", () => {
    const alone = at(0, Float64Array.of(50), Float64Array.of(1), 0).value;
    expect(at(0, Float64Array.of(50, 50), Float64Array.of(1, 0, 0, 1), 64).value).toBeCloseTo(alone + Math.LN2, 10);
  });

  it("is never NaN, and its derivatives are finite", () => {
    const edges = [-Infinity, -1e308, 0, 5e-324, 1e-160, 1, 1e308, Infinity, NaN];
    for (const incumbent of edges) {
      for (const mean of edges) {
        for (const deviation of edges) {
          const { value, byMean, byFactor } = at(
            incumbent,
            Float64Array.of(0, mean, 1),
            Float64Array.of(1, 0, 0, 2, deviation, 0, deviation, 1, 1),
            8,
          );
          expect(value).not.toBeNaN();
          expect([...byMean, ...byFactor].every(Number.isFinite)).toBe(true);
        }
      }
    }
  });
});
