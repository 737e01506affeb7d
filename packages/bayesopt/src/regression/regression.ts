/**
 * A fitted Gaussian process in the user's units: predictions, joint draws, and conditioning on more points with the same hyperparameters
 * (Rasmussen & Williams 2006, section 2.2). Predictions are of the function itself, without the noise of a measurement.
 */
import type { Key } from "@caviar-hpo/core";
import { exp, log } from "@caviar-hpo/numerics";
import { Matrix } from "ml-matrix";
import { type Data, hyperparametersOf, type Model } from "../model/data.ts";
import { momentsAt, queries } from "../model/ensemble.ts";
import { type Standard, toStandard } from "../model/standardise.ts";
import type { FitHealth, Moments, Points } from "../model/surrogate.ts";
import { createProcess, type Process } from "../process/process.ts";
import { byName, healthOf } from "./health.ts";
import { type Inputs, pointsOf, valuesOf } from "./inputs.ts";
import { type InputBox, intoBox, knownVariances } from "./scaling.ts";
import { covariancesAt, deviationsAt, momentsWithGradient, notPositiveDefinite } from "./unitPosterior.ts";

/** A fitted Gaussian process. */
export type Regression = {
  /** How many points were measured. */
  readonly n: number;
  /** How many coordinates each point has. */
  readonly d: number;
  /** The values of the hyperparameters by name. They hold for inputs scaled from the box to the unit cube, and for standardised values. */
  readonly hyperparameters: { readonly [name: string]: number };
  /** The variance of a measurement in addition to its known variance, in squared units of the values. */
  readonly noiseVariance: number;
  /**
   * ln p(y | x, hyperparameters) of the values in their own units, at the most probable mean. It includes the prior density of that mean.
   */
  readonly logMarginalLikelihood: number;
  readonly health: FitHealth;
  /** The means and variances of the function at m points. With `gradient`, also their derivatives by the coordinates, row-major m x d. */
  predict(x: Inputs, gradient?: boolean): Moments;
  /** The m x m covariances of the function at m points. */
  covariance(x: Inputs): Matrix;
  /** Joint draws of the function at m points, row-major count x m. The first draws of a key do not depend on `count`. */
  sample(x: Inputs, count: number, key: Key): Float64Array;
  /**
   * The regression with more measurements, at the same hyperparameters and in the same units. `variance` is the known part of the variance
   * of each new one; 0 by default.
   */
  condition(x: Inputs, y: ArrayLike<number>, variance?: ArrayLike<number>): Regression;
};

/** What a regression is made of: `x` in the unit cube, `y` and `variance` standardised. */
export type RegressionParts = {
  readonly model: Model;
  readonly data: Data;
  readonly u: Float64Array;
  readonly box: InputBox;
  readonly standard: Standard;
  /** The variance that every measurement is known to have, in the values' own units squared. */
  readonly ofAll: number;
  readonly notes: readonly string[];
  /** The least jitter to try. */
  readonly jitter: number;
};

/** @throws NumericalError where no jitter makes the covariances positive definite. */
export function regressionOf(parts: RegressionParts): Regression {
  const { model, data, u, box, standard, ofAll, notes } = parts;
  const n = data.y.length;
  const d = box.length;
  const process = createProcess(model, { rows: n, queries, d });
  if (!process.settle(data, u, parts.jitter)) throw notPositiveDefinite("covariances of a Gaussian process");
  const settled = { process, model, u };
  const all = hyperparametersOf(model);
  const square = standard.sd * standard.sd;
  const inUnits = (x: Inputs): Points => {
    const points = pointsOf(x, d);
    return { data: intoBox(points, box), n: points.n, d };
  };
  return {
    n,
    d,
    hyperparameters: byName(all, u),
    noiseVariance: model.noise === null ? ofAll : square * exp(u[u.length - 1]!),
    logMarginalLikelihood: process.logLikelihood(data.y) - n * log(standard.sd),
    health: healthOf(process, all, u, notes),
    predict: (x, gradient = false) => predict(process, inUnits(x), parts, gradient),
    covariance: (x) => {
      const points = inUnits(x);
      const { S } = covariancesAt(settled, points);
      return Matrix.from1DArray(
        points.n,
        points.n,
        S.map((value) => square * value),
      );
    },
    sample: (x, count, key) => {
      const points = inUnits(x);
      const deviations = deviationsAt(settled, points, count, key);
      const { mean } = predict(process, points, parts, false);
      return deviations.map((value, at) => mean[at % points.n]! + standard.sd * value);
    },
    condition: (x, y, variance) => {
      const points = inUnits(x);
      const values = toStandard(valuesOf("values", y, points.n), standard);
      const [before, added] = [data.variance, knownVariances(variance, ofAll, points.n, standard)];
      return regressionOf({
        ...parts,
        data: {
          x: joined(data.x, points.data),
          y: joined(data.y, values),
          d,
          variance: before === null && added === null ? null : joined(before ?? new Float64Array(n), added ?? new Float64Array(points.n)),
        },
        jitter: process.jitter,
      });
    },
  };
}

/** Moments in the user's units, at points of the unit cube. */
function predict(process: Process, x: Points, { box, standard }: RegressionParts, gradient: boolean): Moments {
  const { sd } = standard;
  const toMean = (value: number): number => standard.mean + sd * value;
  const toVariance = (value: number): number => sd * sd * value;
  if (!gradient) {
    const { mean, variance } = momentsAt([process], x);
    return { mean: mean.map(toMean), variance: variance.map(toVariance) };
  }
  const { mean, variance, gradient: slopes } = momentsWithGradient(process, x);
  const perUnit = (of: Float64Array, scale: number): Float64Array =>
    of.map((value, at) => (scale * value) / (box[at % x.d]![1] - box[at % x.d]![0]));
  return {
    mean: mean.map(toMean),
    variance: variance.map(toVariance),
    gradient: { mean: perUnit(slopes.mean, sd), variance: perUnit(slopes.variance, sd * sd) },
  };
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
