/**
 * The mixed-integer suite of COCO, bbob-mixint: the 24 BBOB functions with four fifths of their coordinates made discrete. T. Tušar, D.
 * Brockhoff and N. Hansen, "Mixed-integer benchmark problems for single- and bi-objective optimization" (2019). The first fifth of the
 * variables has 2 values, the next fifths have 4, 8 and 16, and the last fifth is continuous. The value is multiplied by a factor that
 * depends on the function. The values are those of COCO's C core (BSD-3, https://github.com/numbbo/coco). The code was written from its
 * description.
 *
 * The n values of a variable are evenly spaced inside [-4, 4], 8 / (n + 1) apart. They are shifted together so that the one nearest to the
 * minimiser of the BBOB function equals it. So the minimum is still attained, and it is the minimum over all of R^n.
 */
import { type Config, ConfigError, checkConfig, createSpace, int, type Param, real } from "@caviar-hpo/core";
import { bbob } from "../bbob/bbob.ts";
import type { MixedFunction } from "./mixedFunction.ts";

const valuesOfFifths = [2, 4, 8, 16];

// biome-ignore format: as published, five functions a row
const factors = [
  1, 1e-3, 1e-1, 1e-1, 1,
  1e-2, 1, 1e-2, 1e-2, 1e-3,
  1e-2, 1e-4, 1e-1, 1, 1e-1,
  1, 10, 1, 10, 1e-1,
  1, 1, 10, 1e-1,
];

/**
 * A function of the mixed-integer suite.
 *
 * @param functionNumber 1 to 24.
 * @param dimension 5, 10, 15 … 40. COCO has 5, 10, 20 and 40.
 * @param instance from 1. COCO has 1 to 15.
 * @throws ConfigError for an argument out of range.
 */
export function bbobMixint(functionNumber: number, dimension: number, instance: number): MixedFunction {
  if (!Number.isInteger(dimension / 5)) {
    throw new ConfigError({
      code: "dimension",
      what: "dimension of bbob-mixint",
      expected: "a multiple of 5",
      got: String(dimension),
      remedy: "Choose 5, 10, 20 or 40.",
    });
  }
  const inner = bbob(functionNumber, dimension, instance);
  const factor = factors[functionNumber - 1]!;
  const best = inner.minimisers[0]!;
  const axes = best.map((place, k) => {
    const count = valuesOfFifths[Math.floor((5 * k) / dimension)];
    return count === undefined ? null : discreteAxis(count, place);
  });
  const space = createSpace(
    axes.map((axis, k): [string, Param] => [name(k), axis === null ? real(-5, 5) : int(0, axis.places.length - 1)]),
  );
  const evaluate = (given: Config): number => {
    const config = checkConfig(space, given);
    const point = Float64Array.from(axes, (axis, k) => {
      const value = config[name(k)] as number;
      return axis === null ? value : axis.places[value]!;
    });
    return factor * inner.evaluate(point);
  };
  const minimiser = Object.fromEntries(axes.map((axis, k) => [name(k), axis === null ? best[k]! : axis.best]));
  const value = factor * inner.optimum.value;
  return {
    id: `bbob-mixint-f${functionNumber}-d${dimension}-i${instance}`,
    title: `${inner.title}, mixed-integer`,
    space,
    evaluate,
    // The discrete places are rounded once more than the minimiser, and may miss it by an ulp.
    optimum: { value, tolerance: Math.max(factor * inner.optimum.tolerance, Math.abs(evaluate(minimiser) - value)) },
    minimisers: [minimiser],
    minimisersComplete: inner.minimisersComplete,
    source: "Tušar, Brockhoff & Hansen 2019; COCO (BSD-3)",
  };
}

/** `count` even places inside [-4, 4], all moved by what brings the one nearest to `wanted` onto it; `best` is its index. */
function discreteAxis(count: number, wanted: number): { readonly places: readonly number[]; readonly best: number } {
  const low = -4 + 8 / (count + 1);
  const high = 4 - 8 / (count + 1);
  const last = count - 1;
  // Halves round upwards, as COCO's coco_double_round does.
  const best = Math.min(last, Math.max(0, Math.floor((last * (wanted - low)) / (high - low) + 0.5)));
  const offset = low + ((high - low) * best) / last - wanted;
  return { places: Array.from({ length: count }, (_, index) => low + ((high - low) * index) / last - offset), best };
}

function name(k: number): string {
  return `x${k + 1}`;
}
