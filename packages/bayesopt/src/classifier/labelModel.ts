/**
 * The model of labels: a latent Gaussian process with a Matern 5/2 kernel of scale 1, a lengthscale per parameter, and the noise of the
 * probit. Labels tell only the ratio of scale and noise, so the scale is fixed.
 */
import { pow } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";
import { lengthscale } from "../kernels/families.ts";
import type { Hyperparameter } from "../kernels/kernel.ts";
import { stationary } from "../kernels/stationary.ts";
import type { Data, Model } from "../model/data.ts";
import { flat, logNormal } from "../process/prior.ts";

/** @param floors the least lengthscale of each parameter. */
export function labelModel(features: Features, floors: readonly number[]): Model {
  const { axes, space } = features;
  const groups = axes.flatMap(({ count }, axis) => Array.from({ length: count }, () => axis));
  const kernel = stationary("matern52", {
    coordinates: groups.map((_, coordinate) => coordinate),
    groups,
    lengthscales: space.params.map(([name], axis): Hyperparameter => {
      const free = lengthscale(`lengthscale of ${name}`, axes.length);
      return { ...free, low: floors[axis]!, start: Math.max(free.start, floors[axis]!) };
    }),
    scale: fixedScale,
  });
  return { kernel, noise: labelNoise };
}

/**
 * The least lengthscales that labels can tell: a number's gap in which a random place lies, as long as is expected, the sum of the squared
 * gaps between the labelled values. In d parameters, points as dense as these are its power 1/d apart. Clusters change it little.
 * A choice has options that are one apart.
 */
export function lengthscaleFloors({ axes }: Features, { x, y, d }: Pick<Data, "x" | "y" | "d">): readonly number[] {
  return axes.map(({ param, first }) => {
    if (param.kind === "choice" && !param.ordered) return leastForChoice;
    const places = Float64Array.from({ length: y.length }, (_, row) => x[row * d + first]!).sort();
    let expected = 0;
    let before = 0;
    for (const place of [...places, 1]) {
      expected += (place - before) * (place - before);
      before = place;
    }
    return Math.min(mostFloor, Math.max(leastFloor, pow(expected, 1 / axes.length)));
  });
}

const fixedScale: Hyperparameter = { name: "outputscale", low: 1, high: 1, start: 1, prior: flat };
/** Of the latent value, whose scale is 1. Small: failures depend on the configuration. With failures at random the labels raise it. */
const labelNoise: Hyperparameter = { name: "noise variance", low: 1e-6, high: 10, start: 1e-2, prior: logNormal(4, 3) };
const leastForChoice = 0.3;
const [leastFloor, mostFloor] = [0.02, 0.5];
