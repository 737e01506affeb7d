/**
 * Noise on a test function. Its key is (key, function, point, replicate). So every caller gets the same noise at the same point, in any
 * order and with any number of workers. Another replicate of the point has new noise. The true optimum is still that of the function.
 */
import { type Config, ConfigError, derive, encode, type Key, type ParamValue, type Stream, stream } from "@caviar-hpo/core";
import { drawConfig } from "@caviar-hpo/core/contract";
import { type BbobNoise, bbobNoisy } from "./bbobNoise.ts";
import type { MixedFunction } from "./mixed/mixedFunction.ts";
import type { Optimum, TestFunction } from "./testFunction.ts";

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
 * - those of BBOB-noisy: `bbobNoise.ts`.
 */
export type Noise = SizedNoise | BbobNoise;

/** Noise that is scaled by a standard deviation. */
export type SizedNoise =
  | { readonly model: "additive" | "heteroscedastic" | "studentT3" | "outliers"; readonly sd: NoiseSize }
  | { readonly model: "multiplicative"; readonly sd: number };

/** The noisy value at x. `replicate` counts the evaluations of this point, from 0. */
export type NoisyFunction = (x: Float64Array, replicate: number) => number;

/** The noisy value at a configuration. `replicate` counts the evaluations of this configuration, from 0. */
export type NoisyMixedFunction = (config: Config, replicate: number) => number;

/**
 * Adds noise to `fn`. `key` names the repetition, so all strategies of one repetition have the same noise.
 *
 * @throws ConfigError for an `sd` that is negative or not finite.
 */
export function noisy(fn: TestFunction, noise: Noise, key: Key): NoisyFunction {
  return withNoise(onBox(fn), noise, key);
}

/**
 * Adds noise to a function on any space. A position is that of the unit cube, to which the space encodes configurations.
 *
 * @throws ConfigError for an `sd` that is negative or not finite.
 */
export function noisyMixed(fn: MixedFunction, noise: Noise, key: Key): NoisyMixedFunction {
  return withNoise(onSpace(fn), noise, key);
}

/**
 * The interquartile range of `fn` for uniform points in its box. It is computed from 4096 points, which are the same for every function of
 * the same dimension.
 */
export function spread(fn: TestFunction): number {
  return spreadOf(onBox(fn));
}

/** What noise has to know of a function. */
type Noiseless<Point> = {
  readonly id: string;
  readonly optimum: Optimum;
  readonly dimensions: number;
  readonly evaluate: (point: Point) => number;
  readonly draw: (draws: Stream) => Point;
  /** The mean over the coordinates of the position in the box, 0 at the low side and 1 at the high side. */
  readonly place: (point: Point) => number;
  /** What tells the point from others. */
  readonly words: (point: Point) => Iterable<string | number>;
};

function onBox({ id, optimum, bounds, evaluate }: TestFunction): Noiseless<Float64Array> {
  const x = new Float64Array(bounds.length);
  return {
    id,
    optimum,
    dimensions: bounds.length,
    evaluate,
    draw: (draws) => {
      for (let k = 0; k < x.length; k++) {
        const [low, high] = bounds[k]!;
        x[k] = low + (high - low) * draws.uniform();
      }
      return x;
    },
    place: (point) => bounds.reduce((sum, [low, high], k) => sum + (point[k]! - low) / (high - low), 0) / bounds.length,
    words: (point) => point,
  };
}

function onSpace({ id, optimum, space, evaluate }: MixedFunction): Noiseless<Config> {
  return {
    id,
    optimum,
    dimensions: space.dims,
    evaluate,
    draw: (draws) => drawConfig(space, draws),
    place: (config) => encode(space, config).reduce((sum, position) => sum + position, 0) / space.dims,
    words: (config) => space.params.map(([name]) => (Object.hasOwn(config, name) ? word(config[name]!) : "inactive")),
  };
}

/** Numbers stay numbers, and texts get a mark, so that 1, "1" and true differ. */
function word(value: ParamValue): string | number {
  return typeof value === "number" ? value : `${typeof value} ${value}`;
}

function withNoise<Point>(fn: Noiseless<Point>, noise: Noise, key: Key): (point: Point, replicate: number) => number {
  const fnKey = derive(key, "noise", fn.id);
  const told = noiseOf(fn, noise);
  return (point, replicate) => told(point, fn.evaluate(point), stream(derive(fnKey, ...fn.words(point), replicate)));
}

/** What is told of a point with a value. */
function noiseOf<Point>(fn: Noiseless<Point>, noise: Noise): (point: Point, value: number, draws: Stream) => number {
  if ("severity" in noise) {
    const { optimum, dimensions } = fn;
    return (_point, value, draws) => {
      const distance = value - optimum.value;
      // The minimum itself stays the same in every bit.
      const noisyDistance = bbobNoisy(noise, distance, dimensions, draws);
      return noisyDistance === distance ? value : optimum.value + noisyDistance;
    };
  }
  const sd = sdOf(fn, noise);
  return (point, value, draws) => value + sd * width(noise.model, fn, point, value) * deviate(noise.model, draws);
}

function sdOf<Point>(fn: Noiseless<Point>, noise: SizedNoise): number {
  const sd = typeof noise.sd === "number" ? noise.sd : noise.sd.spreads * spreadOf(fn);
  if (!(sd >= 0 && sd < Infinity)) {
    throw new ConfigError({
      code: "noiseSd",
      what: `the noise on ${fn.id}`,
      expected: "a finite standard deviation of at least 0",
      got: String(sd),
      remedy: "Pass a number such as 0.1, or { spreads: 0.1 }.",
    });
  }
  return sd;
}

function spreadOf<Point>({ draw, evaluate }: Noiseless<Point>): number {
  const draws = stream(derive([0, 0, 0, 0], "spread"));
  const values = Float64Array.from({ length: 4096 }, () => evaluate(draw(draws))).sort();
  // A quarter of 4096 lies below each of these means of two neighbours, and a quarter above.
  return (values[3071]! + values[3072]!) / 2 - (values[1023]! + values[1024]!) / 2;
}

/** The standard deviation at a point, in units of `sd`. */
function width<Point>(model: SizedNoise["model"], { optimum, place }: Noiseless<Point>, point: Point, value: number): number {
  if (model === "multiplicative") return value - optimum.value;
  return model === "heteroscedastic" ? 0.5 + place(point) : 1;
}

function deviate(model: SizedNoise["model"], draws: Stream): number {
  if (model === "studentT3") return studentT3(draws);
  if (model === "outliers") return (draws.uniform() < 0.05 ? 10 : 1) * draws.normal();
  return draws.normal();
}

/** N / sqrt(chi^2_3 / 3) has variance 3; without the division by 3 it has variance 1. */
function studentT3(draws: Stream): number {
  const [a, b, c, d] = [draws.normal(), draws.normal(), draws.normal(), draws.normal()];
  return a / Math.sqrt(b * b + c * c + d * d);
}
