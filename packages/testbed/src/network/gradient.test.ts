import { describe, expect, it } from "vitest";
import { gradientError } from "../../testing/gradientError.ts";
import { randomNetwork } from "../../testing/randomNetwork.ts";
import { type ArchitectureOptions, activations, type BatchNorm } from "./architecture.ts";
import { lossAndGradient, lossOf } from "./network.ts";

const norms: readonly (false | Partial<BatchNorm>)[] = [
  false,
  { convention: "keras" },
  { convention: "pytorch", bias: true },
  { noise: 0.5 },
];
const cases = activations.flatMap((activation) =>
  (["softmaxCrossEntropy", "squaredError"] as const).flatMap((loss) =>
    norms.flatMap((batchNorm) => [0, 0.3].map((dropout) => ({ activation, loss, batchNorm, dropout, l2: dropout === 0 ? 0 : 0.1 }))),
  ),
);

it.each(cases)(
  "The gradient agrees with central differences: $activation, $loss, batch norm $batchNorm, dropout $dropout, L2 $l2",
  (options) => {
    const { l2, ...rest } = options;
    for (const hidden of [[], [5], [5, 4, 3]]) {
      const network = randomNetwork({ inputs: 4, outputs: 3, hidden, ...rest }, 9, 11);
      const { relative, cancelled, compared, skipped } = gradientError(network, 9, l2);
      expect(relative).toBeLessThan(1e-7);
      expect(cancelled).toBeLessThan(1e-15);
      expect(compared).toBeGreaterThanOrEqual(15);
      expect(skipped).toBeLessThan(compared / 10);
    }
  },
);

describe("Under batch norm", () => {
  const base: ArchitectureOptions = { inputs: 4, hidden: [6, 5], outputs: 3, activation: "tanh" };
  const cosine = (epsilon: number, layer: number): number => {
    const network = randomNetwork({ ...base, batchNorm: { epsilon } }, 16, 5);
    lossAndGradient(network, 16, 0);
    const { weights, weightsGradient } = network.hidden[layer]!.dense;
    return dot(weights, weightsGradient) / Math.sqrt(dot(weights, weights) * dot(weightsGradient, weightsGradient));
  };

  it("weights are orthogonal to their gradient except for epsilon", () => {
    for (const layer of [0, 1]) {
      expect(Math.abs(cosine(0, layer))).toBeLessThan(1e-14);
      expect(Math.abs(cosine(1e-5, layer))).toBeLessThan(1e-4);
      expect(Math.abs(cosine(1e-3, layer))).toBeLessThan(1e-2);
      expect(Math.abs(cosine(1e-3, layer))).toBeGreaterThan(Math.abs(cosine(1e-5, layer)));
    }
  });

  it("weights a times as large give the same loss and 1 / a of the gradient", () => {
    const network = randomNetwork({ ...base, batchNorm: { epsilon: 0 } }, 16, 5);
    const { weights, weightsGradient } = network.hidden[0]!.dense;
    const loss = lossAndGradient(network, 16, 0);
    const gradient = weightsGradient.slice();
    for (let index = 0; index < weights.length; index++) weights[index] = 3 * weights[index]!;
    expect(lossAndGradient(network, 16, 0)).toBeCloseTo(loss, 13);
    gradient.forEach((value, index) => {
      expect(weightsGradient[index]).toBeCloseTo(value / 3, 13);
    });
  });

  it("a bias changes nothing, and its gradient is 0", () => {
    const network = randomNetwork({ ...base, batchNorm: { bias: true } }, 16, 5);
    const loss = lossAndGradient(network, 16, 0);
    const { bias, biasGradient } = network.hidden[1]!.dense;
    expect(Math.max(...biasGradient!.map(Math.abs))).toBeLessThan(1e-15);
    bias!.fill(7);
    expect(lossOf(network, 16, 0)).toBeCloseTo(loss, 13);
  });

  it("the gradient with respect to what it gets sums to 0 in every column", () => {
    const network = randomNetwork({ ...base, batchNorm: true }, 16, 5);
    lossAndGradient(network, 16, 0);
    for (const { delta, dense } of network.hidden)
      for (let unit = 0; unit < dense.units; unit++) {
        let sum = 0;
        for (let row = 0; row < 16; row++) sum += delta[row * dense.units + unit]!;
        expect(Math.abs(sum)).toBeLessThan(1e-15);
      }
  });
});

describe("Dropout and noise", () => {
  const base: ArchitectureOptions = { inputs: 4, hidden: [50], outputs: 3, batchNorm: false };

  it("are the same for the same step and others for another", () => {
    for (const options of [
      { ...base, dropout: 0.5 },
      { ...base, batchNorm: { noise: 0.3 } },
    ]) {
      const network = randomNetwork(options, 8, 2);
      expect(lossOf(network, 8, 4)).toBe(lossOf(network, 8, 4));
      expect(lossOf(network, 8, 4)).not.toBe(lossOf(network, 8, 5));
    }
  });

  it("drop about their share, and divide what stays by the rest", () => {
    const network = randomNetwork({ ...base, hidden: [500], activation: "sigmoid", dropout: 0.2 }, 20, 2);
    lossOf(network, 20, 0);
    const dropped = network.hidden[0]!.activations.slice();
    const share = dropped.filter((value) => value === 0).length / dropped.length;
    expect(Math.abs(share - 0.2)).toBeLessThan(4 * Math.sqrt(0.16 / 10_000));
    dropped.forEach((value, index) => {
      if (value !== 0) expect(value).toBeCloseTo(1 / (1 + Math.exp(-network.hidden[0]!.preActivations[index]!)) / 0.8, 13);
    });
  });

  it("shift every unit's distribution by another mean and deviation, of the strength asked for", () => {
    const [m, strength] = [2000, 0.5];
    const network = randomNetwork({ ...base, batchNorm: { noise: strength } }, m, 2);
    lossOf(network, m, 0);
    const { preActivations, batchNorm, dense } = network.hidden[0]!;
    const { gamma, beta, xHat } = batchNorm!;
    const units = Array.from({ length: dense.units }, (_, unit) => {
      const noise = Array.from(
        { length: m },
        (_row, row) => preActivations[row * 50 + unit]! - (gamma[unit]! * xHat[row * 50 + unit]! + beta[unit]!),
      );
      const mean = noise.reduce((sum, value) => sum + value, 0) / m;
      return { mean, deviation: Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / m) };
    });
    const means = units.map(({ mean }) => mean);
    expect(Math.max(...means.map(Math.abs))).toBeLessThan(strength + 0.05);
    expect(Math.max(...means) - Math.min(...means)).toBeGreaterThan(1.5 * strength);
    expect(Math.max(...units.map(({ deviation }) => deviation))).toBeLessThan(1.1 * strength);
    expect(Math.max(...units.map(({ deviation }) => deviation))).toBeGreaterThan(0.8 * strength);
  });
});

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, value, index) => sum + value * b[index]!, 0);
}
