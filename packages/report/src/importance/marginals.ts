/**
 * How the objective depends on each parameter, averaged over all others: the marginals of Hutter, Hoos and Leyton-Brown (2014), equation 3.
 * They are exact for each tree of the forest. The mean over the trees is the prediction, and the spread over the trees says how reliable it
 * is.
 */
import { createSpace, decode, type ParamValue, type Plain, plainOf, type Space } from "@caviar-hpo/core";
import { meanAndDeviation } from "@caviar-hpo/numerics/statistics";
import { type ImportanceOptions, type LearnedForest, learn } from "./importance.ts";
import type { FeatureAxis, SampledTrial } from "./sample.ts";
import { holds, type Leaf, widthOf } from "./tree.ts";

/** The dependence on one parameter. */
export type Marginal = {
  readonly name: string;
  /** Points along the axis, or one per option. `sd` is the standard deviation over the trees. */
  readonly points: readonly { readonly value: ParamValue; readonly mean: number; readonly sd: number }[];
};

/**
 * One marginal per parameter, in the order of the space. It has 21 points that are equally spaced on the parameter's scale, or fewer if the
 * parameter has fewer values. For a conditional parameter, it is the average over configurations with and without it.
 *
 * @throws ConfigError as `importance` does.
 */
export function marginals(space: Space, observations: readonly SampledTrial[], options: ImportanceOptions): readonly Marginal[] {
  return marginalsOf(learn(space, observations, options));
}

export function marginalsOf({ space, sample, forest }: LearnedForest): readonly Marginal[] {
  return space.params.map(([name, param], axis) => ({
    name,
    points: placesOf(plainOf(param), sample.axes[axis]!).map(({ value, x }) => {
      const found = forest.map((leaves) => marginalAt(leaves, axis, x));
      const { mean, sd } = meanAndDeviation(found);
      return { value, mean: mean * sample.unit, sd: sd * sample.unit };
    }),
  }));
}

/** Values of a parameter and where they lie on its axis, each value once. */
function placesOf(param: Plain, axis: FeatureAxis): readonly { readonly value: ParamValue; readonly x: number }[] {
  if (axis.kind === "options" && param.kind === "choice") return param.options.map((value, x) => ({ value, x }));
  const alone = createSpace([["value", param]]);
  const places = Array.from({ length: 21 }, (_, place) => ({ value: decode(alone, Float64Array.of(place / 20)).value!, x: place / 20 }));
  return places.filter(({ value }, place) => place === 0 || value !== places[place - 1]!.value);
}

function marginalAt(leaves: readonly Leaf[], axis: number, x: number): number {
  let sum = 0;
  for (const { value, regions } of leaves) {
    if (!holds(regions[axis]!, x)) continue;
    sum += regions.reduce((product, region, index) => (index === axis ? product : product * widthOf(region)), value);
  }
  return sum;
}
