/**
 * The kernel of learning curves, k(t, t') = s b^a / (t + t' + b)^a (K. Swersky, J. Snoek and R. P. Adams, *Freeze-thaw Bayesian
 * optimization*, arXiv:1406.3896, 2014). Its functions are mixtures of exponential decays: k is s times the integral of
 * exp(-l t) exp(-l t') over the gamma density of the rate l that has shape a and rate b. So its functions fall to 0 as t grows, and their
 * early values vary more than late ones.
 */
import { anything, object, optionsRoot, whole } from "@caviar-hpo/core/read";
import { exp, log } from "@caviar-hpo/numerics";
import type { Hyperparameter, Kernel } from "./kernel.ts";
import { pointwise } from "./pointwise.ts";

export type DecayOptions = {
  /** The coordinate that holds t, counted from 0. Values are at least 0. */
  readonly coordinate: number;
  /** The power a. */
  readonly power: Hyperparameter;
  /** The offset b, in units of t. */
  readonly offset: Hyperparameter;
  /** The variance s at t = t' = 0. */
  readonly scale: Hyperparameter;
};

const readDecay = object({ coordinate: whole(0, Number.MAX_SAFE_INTEGER), power: anything, offset: anything, scale: anything });

/** The kernel over one coordinate. Its hyperparameters are the power, the offset and the scale, in this order. */
export function decay(options: DecayOptions): Kernel {
  const { coordinate, power, offset, scale } = readDecay(options, optionsRoot("decay")) as DecayOptions;
  const sum = (x: Float64Array, z: Float64Array): number => x[coordinate]! + z[coordinate]!;
  const value = (total: number, [a, b, s]: readonly [number, number, number]): number => s * exp(a * log(b / (total + b)));
  return pointwise({
    hyperparameters: [power, offset, scale],
    value: (x, z, theta) => value(sum(x, z), theta),
    slope: (x, z, theta) => {
      const [a, b, s] = theta;
      const total = sum(x, z);
      const k = value(total, theta);
      const byPoint = new Float64Array(x.length);
      byPoint[coordinate] = (-a * k) / (total + b);
      return { byPoint, byHyperparameter: [k * log(b / (total + b)), (k * a * total) / (b * (total + b)), k / s] };
    },
  });
}
