/**
 * Gaussian-process regression on its own: `gaussianProcess(options).fit(x, y)`. Inputs are scaled to the unit cube, and values are
 * standardised. The hyperparameters are those with the greatest posterior density (marginal likelihood times priors). L-BFGS-B finds them
 * from several starts.
 */
import { ConfigError, type Key, root } from "@caviar-hpo/core";
import { anything, array, func, named, optionReader, tuple } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { learnedNoise } from "../kernels/families.ts";
import type { Hyperparameter, Kernel } from "../kernels/kernel.ts";
import type { Data } from "../model/data.ts";
import { standardOf, toStandard } from "../model/standardise.ts";
import { chooseNoise, type NoiseOption } from "./chooseNoise.ts";
import { type Inputs, pointsOf, valuesOf } from "./inputs.ts";
import { ard } from "./kernels.ts";
import { type Regression, regressionOf } from "./regression.ts";
import { boxAround, type InputBox, intoBox, knownVariances, requireBox, requireModerate } from "./scaling.ts";

export type GaussianProcessOptions = {
  /** Makes the kernel for d coordinates in the unit cube and standardised values. `ard("matern52", d)` by default. */
  readonly kernel?: (d: number) => Kernel;
  /**
   * The noise in addition to the variances that are given with the values. "auto" by default.
   *
   * - "none": no additional noise.
   * - "learned": its variance is a hyperparameter.
   * - a number, at least 0: its variance, in squared units of the values.
   * - "auto": learned if repeated points differ in value, or if it explains the values better. Otherwise none.
   */
  readonly noise?: NoiseOption;
  /** [low, high] for each coordinate: the box that is scaled to the unit cube. By default the smallest box around the inputs. */
  readonly box?: InputBox;
  /** How many starts the search for hyperparameters has. A whole number from 1 to 1000, both included; 4 by default. */
  readonly starts?: number;
  /** The key from which the starts are drawn. `root("gaussianProcess")` by default. */
  readonly key?: Key;
};

export type FitOptions = {
  /** The known part of the variance of each measurement, at least 0, in squared units of the values. 0 by default. */
  readonly variance?: ArrayLike<number>;
  /** Hyperparameters by name, as an earlier fit found them. The search starts there first. None by default. */
  readonly warm?: { readonly [name: string]: number };
};

/** A Gaussian process with its options, before it is fitted. */
export type GaussianProcess = {
  /**
   * @param x n points: rows of numbers, a matrix of ml-matrix, or `Points`. n may be 0 if a box is given.
   * @param y one value per point.
   * @throws ConfigError for shapes that do not fit, and if two hyperparameters have the same name. NumericalError for numbers that are not
   * finite.
   */
  fit(x: Inputs, y: ArrayLike<number>, options?: FitOptions): Regression;
};

/**
 * Makes a Gaussian process with these options. Call its `fit` to get a regression.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function gaussianProcess(given: GaussianProcessOptions = {}): GaussianProcess {
  const options = readProcessOptions(given);
  const { kernel: kernelOf = (d: number) => ard("matern52", d), noise = "auto", starts = 4, key = root("gaussianProcess") } = options;
  requireOptions(noise, starts);
  return {
    fit: (x, y, known = {}) => {
      const { variance, warm = {} } = readFitOptions(known);
      const points = pointsOf(x, options.box?.length ?? null);
      const box = options.box ?? boxAround(points);
      requireBox(box, points.d);
      const values = valuesOf("values", y, points.n);
      requireModerate(values);
      const standard = standardOf(values);
      const kernel = kernelOf(points.d);
      requireNames([...kernel.hyperparameters, learnedNoise]);
      const ofAll = typeof noise === "number" ? noise : 0;
      const data: Data = {
        x: intoBox(points, box),
        y: toStandard(values, standard),
        d: points.d,
        variance: knownVariances(variance, ofAll, points.n, standard),
      };
      const notes: string[] = [];
      const { model, u } = chooseNoise(kernel, noise, data, { starts, key, warm, notes });
      return regressionOf({ model, data, u, box, standard, ofAll, notes, jitter: 0 });
    },
  };
}

const readProcessOptions = optionReader<GaussianProcessOptions>("gaussianProcess", {
  kernel: func,
  noise: anything,
  box: array(tuple(anything, anything), Infinity),
  starts: anything,
  key: anything,
});
const readFitOptions = optionReader<FitOptions>("fit", { variance: anything, warm: named(anything, Infinity) });

function requireOptions(noise: GaussianProcessOptions["noise"], starts: number): void {
  const isNoise = typeof noise === "number" ? noise >= 0 && noise < Infinity : ["auto", "none", "learned"].includes(noise!);
  if (!isNoise) throw refused("noise", '"auto", "none", "learned" or a variance of 0 or more', noise);
  if (!(Number.isSafeInteger(starts) && starts >= 1 && starts <= 1000)) throw refused("starts", "a whole number from 1 to 1000", starts);
}

function requireNames(all: readonly Hyperparameter[]): void {
  const names = all.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new ConfigError({
    code: "duplicateName",
    what: "hyperparameters of a Gaussian process",
    expected: "each name once",
    got: `${show(twice)} twice`,
    remedy: 'Name the parts of the kernel, as in ard("matern52", 2, "smooth ").',
  });
}

function refused(name: string, expected: string, got: unknown): ConfigError {
  return new ConfigError({
    code: "badOption",
    what: `option ${name} of gaussianProcess`,
    expected,
    got: show(got),
    remedy: "See GaussianProcessOptions.",
  });
}
