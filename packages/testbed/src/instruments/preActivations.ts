/**
 * What arrives at each hidden layer, before and after its batch norm, for the same examples at any time of training. How these
 * distributions move while earlier layers learn is what Ioffe & Szegedy 2015 call internal covariate shift.
 */
import type { Numbers } from "@caviar-hpo/numerics/network";
import { refuse } from "../check.ts";
import { lossOf } from "../network/network.ts";
import { loadBatch } from "../training/batch.ts";
import { type Examples, targetsOf } from "../training/examples.ts";
import type { Trainer } from "../training/trainer.ts";
import { type Distribution, distributionOf } from "./distribution.ts";

/** Over the probe's examples: of all units together, and of each. */
export type LayerDistribution = { readonly all: Distribution; readonly units: readonly Distribution[] };

export type PreActivations = {
  /** Of Z = X W + b, which batch norm gets. */
  readonly linear: LayerDistribution;
  /** Of what the activation gets: gamma xHat + beta, or Z itself where there is no batch norm. */
  readonly preActivations: LayerDistribution;
};

/**
 * One entry for each hidden layer. The probe passes as a mini-batch of the next step would: as one batch, normalised by its own
 * statistics, under that step's noise and dropout masks. Training is not affected: only the arrays that hold the network's latest batch
 * are overwritten.
 *
 * @throws ConfigError for more examples than fit into the network's batch, or examples that do not fit the network.
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
 * How far the units' distributions have moved, in standard deviations. Of each unit the 2-Wasserstein distance of two normal
 * distributions with its moments is taken, sqrt((mean' - mean)^2 + (sd' - sd)^2); the mean of these is divided by the mean of sd.
 * null where sd is 0 in every unit.
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
