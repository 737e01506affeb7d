import { describe, expect, it } from "vitest";
import { centralDifferences, uniforms } from "../../testing/kernelLaws.ts";
import { writeLogExpectedImprovement } from "../acquisition/logExpectedImprovement.ts";
import { writeLogProbabilityBelow } from "../acquisition/logProbabilityOfImprovement.ts";
import { newUtility } from "../acquisition/utility.ts";
import { averagedImprovement } from "./fantasies.ts";

const [draws, p, m] = [12, 3, 5];
const normals = uniforms(draws * p, 1).map((value) => 4 * value - 2);
const incumbents = uniforms(draws, 2).map((value) => value - 1);
const mean = uniforms(m, 3);
const variance = uniforms(m, 4);
const whitened = uniforms(p * m, 5).map((value) => value - 0.5);

describe.each([
  ["expected improvement", writeLogExpectedImprovement],
  ["probability of improvement", writeLogProbabilityBelow],
] as const)("%s over draws", (_, improvement) => {
  const average = (means: Float64Array, variances: Float64Array, columns: Float64Array): Float64Array => {
    const averaged = averagedImprovement({ improvement, normals, incumbents }, 8);
    averaged.whitened.set(columns);
    const value = new Float64Array(m);
    averaged.at(m, { mean: means, variance: variances }, value, null);
    return value;
  };

  it("is the mean of what each draw promises, its mean moved by the draw", () => {
    const out = newUtility();
    average(mean, variance, whitened).forEach((value, j) => {
      let total = 0;
      for (let draw = 0; draw < draws; draw++) {
        let moved = mean[j]!;
        for (let q = 0; q < p; q++) moved += normals[draw * p + q]! * whitened[q * m + j]!;
        improvement(incumbents[draw]!, moved, variance[j]!, out);
        total += Math.exp(out.value) / draws;
      }
      expect(value).toBeCloseTo(Math.log(total), 12);
    });
  });

  it("has the derivatives that differences have", () => {
    const averaged = averagedImprovement({ improvement, normals, incumbents }, 8);
    averaged.whitened.set(whitened);
    const gradients = { byMean: new Float64Array(m), byVariance: new Float64Array(m) };
    averaged.at(m, { mean, variance }, new Float64Array(m), gradients);
    for (let j = 0; j < m; j++) {
      const byMean = centralDifferences((at) => average(at, variance, whitened)[j]!, mean)[j]!;
      const byVariance = centralDifferences((at) => average(mean, at, whitened)[j]!, variance)[j]!;
      const byWhitened = centralDifferences((at) => average(mean, variance, at)[j]!, whitened);
      expect(gradients.byMean[j]).toBeCloseTo(byMean, 5);
      expect(gradients.byVariance[j]).toBeCloseTo(byVariance, 5);
      for (let q = 0; q < p; q++) expect(averaged.byWhitened[q * m + j]).toBeCloseTo(byWhitened[q * m + j]!, 5);
    }
  });

  it("does not depend on the other points, nor on what was asked before", () => {
    const all = average(mean, variance, whitened);
    const averaged = averagedImprovement({ improvement, normals, incumbents }, 8);
    for (let j = 0; j < m; j++) {
      averaged.whitened.set([0, 1, 2].map((q) => whitened[q * m + j]!));
      const value = new Float64Array(1);
      averaged.at(1, { mean: mean.subarray(j), variance: variance.subarray(j) }, value, {
        byMean: new Float64Array(1),
        byVariance: new Float64Array(1),
      });
      expect(value[0]).toBe(all[j]);
    }
  });
});
