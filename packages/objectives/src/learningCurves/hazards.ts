/**
 * Where training goes wrong: a danger in [0, 1) for every place, smooth, and 0 at the minimisers, so that the certified optimum can be
 * reached. Infeasible is where the danger is greatest; the chance of diverging is a power of it.
 */
import type { Key } from "@caviar-hpo/core";
import { exp, normalCdf, pow } from "@caviar-hpo/numerics";
import { average, standardised } from "./sample.ts";
import { type Field, smoothField } from "./smoothField.ts";

/** The chance that a run diverges, at each place: `share` on average over the sample. */
export function divergenceChance(share: number, sample: readonly Float64Array[], minimisers: readonly Float64Array[], key: Key): Field {
  const danger = dangerOf(sample, minimisers, key);
  const dangers = sample.map(danger);
  // The mean of danger^power falls from 1 towards 0 as the power grows.
  let low = 0;
  let high = 1;
  const tooOften = (power: number): boolean => average(dangers.map((value) => pow(value, power))) > share;
  while (tooOften(high)) high *= 2;
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2;
    if (tooOften(middle)) low = middle;
    else high = middle;
  }
  return (unit) => pow(danger(unit), high);
}

/** Whether a place is feasible: all but `share` of the sample is. */
export function feasibleRegion(
  share: number,
  sample: readonly Float64Array[],
  minimisers: readonly Float64Array[],
  key: Key,
): (unit: Float64Array) => boolean {
  const danger = dangerOf(sample, minimisers, key);
  const dangers = Float64Array.from(sample, danger).sort();
  const most = dangers[Math.floor((1 - share) * (dangers.length - 1))]!;
  return (unit) => danger(unit) <= most;
}

/** Phi of a standardised field, brought to 0 around each minimiser. */
function dangerOf(sample: readonly Float64Array[], minimisers: readonly Float64Array[], key: Key): Field {
  const dimension = sample[0]!.length;
  const field = standardised(smoothField(dimension, key), sample);
  return (unit) => {
    let danger = normalCdf(field(unit));
    for (const minimiser of minimisers) {
      let squared = 0;
      for (let k = 0; k < dimension; k++) squared += (unit[k]! - minimiser[k]!) * (unit[k]! - minimiser[k]!);
      danger *= 1 - exp(-squared / (2 * reach * reach * dimension));
    }
    return danger;
  };
}

/** The standard deviation of the safe place around a minimiser, in widths of the space along each coordinate. */
const reach = 0.1;
