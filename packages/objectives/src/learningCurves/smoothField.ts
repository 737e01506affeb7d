/**
 * Smooth random functions on the unit cube: sixteen waves whose frequencies are normal, an approximate draw from a Gaussian process with
 * the squared exponential covariance (A. Rahimi and B. Recht, "Random features for large-scale kernel machines", 2007).
 */
import { type Key, stream } from "@caviar-hpo/core";
import { cos } from "@caviar-hpo/numerics";

export type Field = (unit: Float64Array) => number;

/** The field that `key` names; its lengthscale is 0.4 sqrt(dimension), so that it turns about as often in any dimension. */
export function smoothField(dimension: number, key: Key): Field {
  const draws = stream(key);
  const lengthscale = 0.4 * Math.sqrt(dimension);
  const frequencies = Float64Array.from({ length: waves * dimension }, () => draws.normal() / lengthscale);
  const phases = Float64Array.from({ length: waves }, () => 2 * Math.PI * draws.uniform());
  return (unit) => {
    let sum = 0;
    for (let wave = 0; wave < waves; wave++) {
      let angle = phases[wave]!;
      for (let k = 0; k < dimension; k++) angle += frequencies[wave * dimension + k]! * unit[k]!;
      sum += cos(angle);
    }
    return sum;
  };
}

const waves = 16;
