/**
 * The inputs of each hidden layer, before and after its batch norm, for the same examples at any time of training. Ioffe & Szegedy 2015
 * call it internal covariate shift that these distributions move while earlier layers learn.
 */
import type { Numbers } from "@caviar-hpo/numerics/network";
import { refuse } from "../check.ts";
import { lossOf } from "../network/network.ts";
import { loadBatch } from "../training/batch.ts";
import { type Examples, targetsOf } from "../training/examples.ts";
import type { Trainer } from "../training/trainer.ts";
import { type Distribution, distributionOf } from "./distribution.ts";

/** The distribution over the examples of the probe: of all units together, and of each unit. */
export type LayerDistribution = { readonly all: Distribution; readonly units: readonly Distribution[] };

/** The distributions in one hidden layer. */
export type PreActivations = {
  /** Z = X W + b, the input of batch norm. */
  readonly linear: LayerDistribution;
  /** The input of the activation: gamma xHat + beta, or Z itself without batch norm. */
  readonly preActivations: LayerDistribution;
};

/**
 * Measures each hidden layer, with one entry per layer. The probe passes as if it were the mini-batch of the next step: as one batch,
 * normalised by its own statistics, with the noise and dropout masks of that step. Training is not affected. Only the arrays that hold the
 * latest batch of the network are overwritten.
 *
 * @throws ConfigError for more examples than fit into a batch of the network, or for examples that do not fit the network.
 */
export function preActivationsOf({ network, steps }: Trainer, probe: Examples): readonly PreActivations[] {
  const { n } = probe;
  if (n > network.capacity)
    refuse("probeTooLarge", "probe", `at most ${network.capacity} examples`, String(n), "Use at most as many examples as a batch has.");
  loadBatch(network, probe, targetsOf(probe, network.architecture), null, 0, n);
  lossOf(network, n, steps);
  return network.hidden.map(({ dense: { units }, linear, preActivations }) => ({
    linear: layerDistribution(linear, n, units),
    preActivations: layerDistribution(preActivations, n, units),
  }));
}

function layerDistribution(z: Numbers, n: number, units: number): LayerDistribution {
  return {
    all: distributionOf([...z.subarray(0, n * units)]),
    units: Array.from({ length: units }, (_, unit) => distributionOf(Array.from({ length: n }, (_row, row) => z[row * units + unit]!))),
  };
}

/**
 * How far the distributions of the units have moved, in standard deviations. For each unit, this is the 2-Wasserstein distance of two
 * normal distributions with the unit's moments, sqrt((mean' - mean)^2 + (sd' - sd)^2). The result is the mean of these distances divided by
 * the mean of sd. null if sd is 0 in every unit.
 */
export function shiftBetween(earlier: LayerDistribution, later: LayerDistribution): number | null {
  const distances = earlier.units.map((unit, index) => {
    const next = later.units[index]!;
    const [mean, sd] = [next.mean - unit.mean, next.sd - unit.sd];
    return Math.sqrt(mean * mean + sd * sd);
  });
  const scale = sum(earlier.units.map(({ sd }) => sd));
  return scale === 0 ? null : sum(distances) / scale;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
