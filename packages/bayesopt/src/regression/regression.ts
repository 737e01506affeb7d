/**
 * A fitted Gaussian process in the user's units: predictions, joint draws, and conditioning on more points at the same hyperparameters
 * (Rasmussen & Williams 2006, section 2.2). What is predicted is the function itself, without the noise of a measurement.
 */
import { derive, type Key, NumericalError, stream } from "@caviar-hpo/core";
import { allocate, cholesky, exp, log, multiplyTransposed } from "@caviar-hpo/numerics";
import { Matrix } from "ml-matrix";
import type { FitHealth, Moments, Points } from "../model/surrogate.ts";
import { type Data, hyperparametersOf, type Model } from "../process/model.ts";
import { createProcess } from "../process/process.ts";
import { byName, healthOf } from "./health.ts";
import { type Inputs, pointsOf, valuesOf } from "./inputs.ts";
import { type Box, intoBox, type Standard } from "./scaling.ts";

export type Regression = {
  /** Measured points, and coordinates of each. */
  readonly n: number;
  readonly d: number;
  /** By name, for inputs scaled from the box to the unit cube and for standardised values. */
  readonly hyperparameters: { readonly [name: string]: number };
  /** Of a measurement, beside what is known of each, in the values' own units squared. */
  readonly noiseVariance: number;
  /** ln p(y | x, hyperparameters) of the values in their own units, at the most probable mean, of which the prior density is in it. */
  readonly logEvidence: number;
  readonly health: FitHealth;
  /** Means and variances of the function at m points; with `gradient`, their derivatives by the points too, row-major m x d. */
  predict(x: Inputs, gradient?: boolean): Moments;
  /** The covariances of the function at m points, m x m. */
  covariance(x: Inputs): Matrix;
  /** Joint draws of the function at m points, row-major count x m. The first draws of a key are the same whatever the count. */
  sample(x: Inputs, count: number, key: Key): Float64Array;
  /** With more measurements, at the same hyperparameters and in the same units. `variance`: the known part of each one's variance. */
  condition(x: Inputs, y: ArrayLike<number>, variance?: ArrayLike<number>): Regression;
};

/** What a regression is made of: `x` in the unit cube, `y` and `variance` standardised. */
export type Parts = {
  readonly model: Model;
  readonly data: Data;
  readonly u: Float64Array;
  readonly box: Box;
  readonly standard: Standard;
  /** The variance that every measurement is known to have, in the values' own units squared. */
  readonly ofAll: number;
  readonly notes: readonly string[];
  /** The least jitter to try. */
  readonly jitter: number;
};

/** @throws NumericalError where no jitter makes the covariances positive definite. */
export function regressionOf(parts: Parts): Regression {
  const { model, data, u, box, standard, ofAll, notes } = parts;
  const n = data.y.length;
  const d = box.length;
  const process = createProcess(model, { rows: n, queries, d });
  if (!process.settle(data, u, parts.jitter)) throw notPositiveDefinite("covariances of a Gaussian process");
  const all = hyperparametersOf(model);
  const square = standard.sd * standard.sd;
  const unitsOf = (x: Inputs): { readonly points: Points; readonly z: Float64Array } => {
    const points = pointsOf(x, d);
    return { points, z: intoBox(points, box) };
  };

  /** Posterior covariances of m points in the unit cube, standardised; and the greatest variance of the prior at them. */
  const covariances = (z: Float64Array, m: number): { readonly S: Float64Array; readonly prior: number } => {
    const room = { n: m, m: 0, d };
    const [S, whitened, block, memory] = allocate(m * m, m * n, n * queries, model.kernel.memory(room)) as Arrays;
    for (let from = 0; from < m; from += queries) {
      const count = Math.min(queries, m - from);
      process.whiten(z.subarray(from * d, (from + count) * d), count, block);
      for (let j = 0; j < count; j += 1) for (let i = 0; i < n; i += 1) whitened[(from + j) * n + i] = block[i * count + j]!;
    }
    multiplyTransposed(whitened, S, m, n);
    const known = S.slice();
    const kernel = model.kernel.bind(z, room, memory);
    kernel.set(u, m);
    kernel.gram(S, m);
    let prior = 0;
    for (let j = 0; j < m; j += 1) prior = Math.max(prior, S[j * m + j]!);
    for (let at = 0; at < m * m; at += 1) S[at] = S[at]! - known[at]!;
    for (let j = 0; j < m; j += 1) S[j * m + j] = Math.max(0, S[j * m + j]!);
    return { S, prior };
  };

  /** Their factor; rounding is as large as the prior's, however little variance is left. */
  const factorOf = (z: Float64Array, m: number): Float64Array => {
    const { S, prior } = covariances(z, m);
    for (let jitter = (n + m) * Number.EPSILON * prior; jitter <= 1e-6 * prior; jitter *= 10)
      if (cholesky(S, m, { jitter }).kind === "factored") return S;
    throw notPositiveDefinite("covariances of draws");
  };

  const predictInto = (z: Float64Array, m: number, out: Moments): void => {
    for (let from = 0; from < m; from += queries) {
      const count = Math.min(queries, m - from);
      const own = z.subarray(from * d, (from + count) * d);
      const part = (of: Float64Array, width: number): Float64Array => of.subarray(from * width, (from + count) * width);
      const [mean, variance] = [part(out.mean, 1), part(out.variance, 1)];
      process.predict(own, count, mean, variance, null);
      if (out.gradient !== undefined) {
        const [ones, zeros] = [new Float64Array(count).fill(1), new Float64Array(count)];
        process.pull(own, count, zeros, ones, null, part(out.gradient.variance, d));
        process.pull(own, count, ones, zeros, null, part(out.gradient.mean, d));
      }
      for (let j = 0; j < count; j += 1) {
        mean[j] = standard.mean + standard.sd * mean[j]!;
        variance[j] = square * variance[j]!;
      }
    }
    const { gradient } = out;
    if (gradient === undefined) return;
    for (let at = 0; at < m * d; at += 1) {
      const [low, high] = box[at % d]!;
      gradient.mean[at] = (standard.sd * gradient.mean[at]!) / (high - low);
      gradient.variance[at] = (square * gradient.variance[at]!) / (high - low);
    }
  };

  return {
    n,
    d,
    hyperparameters: byName(all, u),
    noiseVariance: model.noise === null ? ofAll : square * exp(u[u.length - 1]!),
    logEvidence: process.logLikelihood(data.y) - n * log(standard.sd),
    health: healthOf(process, all, u, notes),
    predict: (x, gradient = false) => {
      const { points, z } = unitsOf(x);
      const { n: m } = points;
      const moments = { mean: new Float64Array(m), variance: new Float64Array(m) };
      const out = gradient ? { ...moments, gradient: { mean: new Float64Array(m * d), variance: new Float64Array(m * d) } } : moments;
      predictInto(z, m, out);
      return out;
    },
    covariance: (x) => {
      const { points, z } = unitsOf(x);
      const { S } = covariances(z, points.n);
      return Matrix.from1DArray(
        points.n,
        points.n,
        S.map((value) => square * value),
      );
    },
    sample: (x, count, key) => {
      const { points, z } = unitsOf(x);
      const { n: m } = points;
      const L = factorOf(z, m);
      const moments = { mean: new Float64Array(m), variance: new Float64Array(m) };
      predictInto(z, m, moments);
      const out = new Float64Array(count * m);
      const normals = new Float64Array(m);
      for (let draw = 0; draw < count; draw += 1) {
        const source = stream(derive(key, draw));
        for (let j = 0; j < m; j += 1) normals[j] = source.normal();
        for (let j = 0; j < m; j += 1) {
          let value = 0;
          for (let i = 0; i <= j; i += 1) value += L[j * m + i]! * normals[i]!;
          out[draw * m + j] = moments.mean[j]! + standard.sd * value;
        }
      }
      return out;
    },
    condition: (x, y, variance) => {
      const { points, z } = unitsOf(x);
      const values = valuesOf("values", y, points.n).map((value) => (value - standard.mean) / standard.sd);
      const [before, added] = [data.variance, variancesOf(variance, ofAll, points.n, square)];
      return regressionOf({
        ...parts,
        data: {
          x: joined(data.x, z),
          y: joined(data.y, values),
          d,
          variance: before === null && added === null ? null : joined(before ?? new Float64Array(n), added ?? new Float64Array(points.n)),
        },
        jitter: process.jitter,
      });
    },
  };
}

/** Of each measurement, standardised: its own and that of all. null where there is none. @throws NumericalError for what is negative or not finite. */
export function variancesOf(own: ArrayLike<number> | undefined, ofAll: number, n: number, square: number): Float64Array | null {
  if (own === undefined) return ofAll === 0 ? null : new Float64Array(n).fill(ofAll / square);
  const values = valuesOf("variances", own, n);
  const negative = values.find((value) => value < 0);
  if (negative !== undefined) {
    throw new NumericalError({
      code: "negative",
      what: "variances",
      expected: "numbers from 0 on",
      got: String(negative),
      remedy: "Give the square of each measurement's standard error.",
    });
  }
  return values.map((value) => (value + ofAll) / square);
}

/** Points that are predicted at once. */
const queries = 64;

type Arrays = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

function notPositiveDefinite(what: string): NumericalError {
  return new NumericalError({
    code: "notPositiveDefinite",
    what,
    expected: "a matrix that is positive definite with at most a millionth of its diagonal added",
    got: "one that is not",
    remedy: "Check the kernel and its hyperparameters, or let the noise be learned.",
  });
}
