import { root } from "@caviar-hpo/core";
import { float64Operations } from "@caviar-hpo/numerics/network";
import { describe, expect, it } from "vitest";
import { type BatchNorm, completeArchitecture } from "../network/architecture.ts";
import { createNetwork } from "../network/network.ts";
import { type BatchNormLayer, batchNormBackward, batchNormForward, batchNormInference } from "./batchNorm.ts";
import { readRunning, updateRunning } from "./runningStatistics.ts";

// The worked example: epsilon 1e-5, gamma (1, 2, .5), beta (0, 1, -1).
const x = [1, 2, 3, 4, 5, 9, 7, 8, -3, 10, -1, 0];
const dy = [0.1, -0.2, 0.3, 0, 0.5, -0.1, 0.2, 0.2, 0.2, -0.3, 0.1, 0];
const y = [
  -1.3416401902154773, 0.10557320652301516, -0.9154845959913752, -0.4472133967384924, 1.8944267934769847, -0.23936136392237684,
  0.4472133967384924, 3.6832803804309546, -1.5916078280603734, 1.3416401902154773, -1.6832803804309546, -1.2535462120258742,
];
const dx = [
  -0.014907073472349814, -0.17888538519690803, 0.02414725747049399, -0.014907099973860884, 0.17888538519690803, -0.008049093455220197,
  0.07453555287232654, -0.059628373393932455, 5.7237916506385754e-9, -0.04472137942611584, 0.059628373393932475, -0.016098169739065443,
];

describe("batch norm on four rows and three columns", () => {
  const layer = layerOf(3, 4, { convention: "pytorch" });
  layer.gamma.set([1, 2, 0.5]);
  layer.beta.set([0, 1, -1]);
  const output = new Float64Array(12);
  batchNormForward(float64Operations, layer, output, Float64Array.from(x), 4);
  const gradient = Float64Array.from(dy);
  batchNormBackward(float64Operations, layer, gradient, gradient, 4);

  it("has the batch's mean and biased variance", () => {
    expect([...layer.mean]).toEqual([5.5, 3.5, 2.25]);
    expect([...layer.variance]).toEqual([11.25, 11.25, 19.6875]);
  });

  it("gives y to 1e-12", () => {
    expect(furthest(output, y)).toBeLessThan(1e-12);
  });

  it("gives dgamma, dbeta and, in place, dx to 1e-12", () => {
    expect(furthest(layer.gammaGradient, [-0.4472133967384924, 0.4472133967384925, -0.3380616160344992])).toBeLessThan(1e-12);
    expect(furthest(layer.betaGradient, [0, 0.6, 0.4])).toBeLessThan(1e-12);
    expect(furthest(gradient, dx)).toBeLessThan(1e-12);
  });

  it("has columns of dx that sum to 0, and are orthogonal to xHat except for epsilon", () => {
    for (let column = 0; column < 3; column++) {
      const rows = [0, 1, 2, 3].map((row) => 3 * row + column);
      expect(Math.abs(rows.reduce((sum, index) => sum + gradient[index]!, 0))).toBeLessThan(1e-16);
      const against = rows.reduce((sum, index) => sum + gradient[index]! * layer.xHat[index]!, 0);
      expect(Math.abs(against)).toBeLessThan((1e-5 / layer.variance[column]!) * 1.1);
    }
  });
});

describe("running statistics after one batch", () => {
  const cases: readonly [Partial<BatchNorm>, readonly number[], readonly number[]][] = [
    [{ convention: "keras", populationStatistics: "raw" }, [0.055, 0.035, 0.0225], [1.1025, 1.1025, 1.186875]],
    [{ convention: "pytorch", populationStatistics: "raw" }, [0.55, 0.35, 0.225], [2.4, 2.4, 3.525]],
    [{ convention: "keras", populationStatistics: "biasCorrected" }, [5.5, 3.5, 2.25], [11.25, 11.25, 19.6875]],
    [{ convention: "pytorch", populationStatistics: "biasCorrected" }, [5.5, 3.5, 2.25], [15, 15, 26.25]],
    [{ convention: "keras", decay: 0.9, populationStatistics: "raw" }, [0.55, 0.35, 0.225], [2.025, 2.025, 2.86875]],
  ];

  it.each(cases)("are those of %j", (settings, mean, variance) => {
    const layer = layerOf(3, 4, settings);
    updateRunning(layer.running, layer.settings, Float64Array.of(5.5, 3.5, 2.25), Float64Array.of(11.25, 11.25, 19.6875), 4);
    readRunning(layer.running, layer.settings, 1, layer.populationMean, layer.populationVariance);
    expect(furthest(layer.populationMean, mean)).toBeLessThan(1e-12);
    expect(furthest(layer.populationVariance, variance)).toBeLessThan(1e-12);
  });

  it("equal the recurrence that begins at 0 and 1, after many", () => {
    const layer = layerOf(1, 4, { convention: "keras", decay: 0.97, populationStatistics: "raw" });
    let [mean, variance] = [0, 1];
    for (let step = 1; step <= 200; step++) {
      const [ofBatch, spread] = [Math.sin(step), 1 + Math.cos(step)];
      mean = 0.97 * mean + (1 - 0.97) * ofBatch;
      variance = 0.97 * variance + (1 - 0.97) * spread;
      updateRunning(layer.running, layer.settings, Float64Array.of(ofBatch), Float64Array.of(spread), 4);
      readRunning(layer.running, layer.settings, step, layer.populationMean, layer.populationVariance);
      expect(furthest(layer.populationMean, [mean])).toBeLessThan(1e-14);
      expect(furthest(layer.populationVariance, [variance])).toBeLessThan(1e-14);
    }
  });

  it("are mean 0 and variance 1 before any, bias-corrected or not", () => {
    for (const populationStatistics of ["raw", "biasCorrected"] as const) {
      const layer = layerOf(2, 4, { populationStatistics });
      readRunning(layer.running, layer.settings, 0, layer.populationMean, layer.populationVariance);
      expect([...layer.populationMean, ...layer.populationVariance]).toEqual([0, 0, 1, 1]);
    }
  });

  it("of a batch of one have variance 0 under either convention", () => {
    for (const convention of ["keras", "pytorch"] as const) {
      const layer = layerOf(1, 4, { convention, populationStatistics: "biasCorrected" });
      updateRunning(layer.running, layer.settings, Float64Array.of(3), Float64Array.of(0), 1);
      readRunning(layer.running, layer.settings, 1, layer.populationMean, layer.populationVariance);
      expect(furthest(layer.populationMean, [3])).toBeLessThan(1e-14);
      expect([...layer.populationVariance]).toEqual([0]);
    }
  });
});

it("Inference is gamma (x - E) / sqrt(V + epsilon) + beta, row by row", () => {
  const layer = layerOf(3, 4, { convention: "pytorch" });
  layer.gamma.set([1, 2, 0.5]);
  layer.beta.set([0, 1, -1]);
  layer.populationMean.set([1, -2, 0.5]);
  layer.populationVariance.set([4, 0, 9]);
  const output = new Float64Array(12);
  batchNormInference(float64Operations, layer, output, Float64Array.from(x), 4);
  const expected = x.map((value, index) => {
    const column = index % 3;
    const normalised = (value - layer.populationMean[column]!) / Math.sqrt(layer.populationVariance[column]! + 1e-5);
    return layer.gamma[column]! * normalised + layer.beta[column]!;
  });
  expect(furthest(output, expected)).toBeLessThan(1e-10);
});

function layerOf(units: number, capacity: number, batchNorm: Partial<BatchNorm>): BatchNormLayer {
  const architecture = completeArchitecture({ inputs: 1, hidden: [units], outputs: 1, batchNorm });
  return createNetwork(architecture, float64Operations, capacity, 0, root(0)).hidden[0]!.batchNorm!;
}

function furthest(a: ArrayLike<number>, b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...b.map((value, index) => Math.abs(a[index]! - value)));
}
