/**
 * Noise on a test function. Its key is (key, function, point, replicate). So every caller gets the same noise at the same point, in any
 * order and with any number of workers. Another replicate of the point has new noise. The true optimum is still that of the function.
 */
import { ConfigError, derive, type Key, type Stream, stream } from "@caviar-hpo/core";
import type { TestFunction } from "./testFunction.ts";

/** A standard deviation in units of f, or as a multiple of `spread(fn)`. */
export type NoiseSize = number | { readonly spreads: number };

/**
 * The models of noise. N is standard normal.
 *
 * - `additive`: f + sd N.
 * - `heteroscedastic`: f + sd (1/2 + u) N. u is the mean over the coordinates of the position in the box: 0 at the low side, 1 at the high
 *   side.
 * - `multiplicative`: f* + (f - f*) (1 + sd N), so there is no noise at the optimum. `sd` is a pure number.
 * - `studentT3`: f + sd T. T has Student's t distribution with 3 degrees of freedom, scaled to variance 1.
 * - `outliers`: f + sd N, but ten times as wide for one value in twenty (Tukey's contaminated normal).
 */
export type Noise =
  | { readonly model: "additive" | "heteroscedastic" | "studentT3" | "outliers"; readonly sd: NoiseSize }
  | { readonly model: "multiplicative"; readonly sd: number };

/** The noisy value at x. `replicate` counts the evaluations of this point, from 0. */
export type NoisyFunction = (x: Float64Array, replicate: number) => number;

/**
 * Adds noise to `fn`. `key` names the repetition, so all strategies of one repetition have the same noise.
 *
 * @throws ConfigError for an `sd` that is negative or not finite.
 */
export function noisy(fn: TestFunction, noise: Noise, key: Key): NoisyFunction {
  const sd = typeof noise.sd === "number" ? noise.sd : noise.sd.spreads * spread(fn);
  if (!(sd >= 0 && sd < Infinity)) {
    throw new ConfigError({
      code: "noiseSd",
      what: `the noise on ${fn.id}`,
      expected: "a finite standard deviation of at least 0",
      got: String(sd),
      remedy: "Pass a number such as 0.1, or { spreads: 0.1 }.",
    });
  }
  const fnKey = derive(key, "noise", fn.id);
  return (x, replicate) => {
    const value = fn.evaluate(x);
    return value + sd * width(noise.model, fn, x, value) * deviate(noise.model, stream(derive(fnKey, ...x, replicate)));
  };
}

/**
 * The interquartile range of `fn` for uniform points in its box. It is computed from 4096 points, which are the same for every function of
 * the same dimension.
 */
export function spread(fn: TestFunction): number {
  const draws = stream(derive([0, 0, 0, 0], "spread"));
  const x = new Float64Array(fn.bounds.length);
  const values = Float64Array.from({ length: 4096 }, () => {
    for (let k = 0; k < x.length; k++) {
      const [low, high] = fn.bounds[k]!;
      x[k] = low + (high - low) * draws.uniform();
    }
    return fn.evaluate(x);
  }).sort();
  // A quarter of 4096 lies below each of these means of two neighbours, and a quarter above.
  return (values[3071]! + values[3072]!) / 2 - (values[1023]! + values[1024]!) / 2;
}

/** The standard deviation at x, in units of `sd`. */
function width(model: Noise["model"], fn: TestFunction, x: Float64Array, value: number): number {
  if (model === "multiplicative") return value - fn.optimum.value;
  if (model !== "heteroscedastic") return 1;
  let place = 0;
  for (let k = 0; k < x.length; k++) {
    const [low, high] = fn.bounds[k]!;
    place += (x[k]! - low) / (high - low);
  }
  return 0.5 + place / x.length;
}

function deviate(model: Noise["model"], draws: Stream): number {
  if (model === "studentT3") return studentT3(draws);
  if (model === "outliers") return (draws.uniform() < 0.05 ? 10 : 1) * draws.normal();
  return draws.normal();
}

/** N / sqrt(chi^2_3 / 3) has variance 3; without the division by 3 it has variance 1. */
function studentT3(draws: Stream): number {
  const [a, b, c, d] = [draws.normal(), draws.normal(), draws.normal(), draws.normal()];
  return a / Math.sqrt(b * b + c * c + d * d);
}
