/**
 * Gaussian clouds, one per class. You choose the means; the covariance is the same for all classes. So the best rule is linear (Fisher's
 * linear discriminant), and its error is known for any number of classes and columns: mixtureBayesError.ts.
 */
import { ConfigError, derive, type Key, stream } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { cholesky, solveLower } from "@caviar-hpo/numerics/linear";
import { checkKey } from "../check.ts";
import type { ClassificationData } from "./dataset.ts";
import { mixtureBayesError } from "./mixtureBayesError.ts";
import { requireRows } from "./ranges.ts";

export type GaussianMixtureOptions = {
  /** How many rows: a whole number from 1 to 10,000,000. */
  readonly n: number;
  /** One mean per class, 2 to 26 of them, all of the same length d. */
  readonly means: readonly (readonly number[])[];
  /** The covariance of every class: either a variance v for the matrix v I, or a symmetric positive definite d x d matrix. */
  readonly covariance: number | readonly (readonly number[])[];
  /** How likely each class is: positive numbers in any unit. Equal by default. */
  readonly weights?: readonly number[];
};

const readGaussianMixture = optionReader<GaussianMixtureOptions>("gaussianMixture", {
  n: anything,
  means: anything,
  covariance: anything,
  weights: anything,
});

/**
 * Draws a label by weight, and a row that is normal around the mean of its label. A longer draw with the same key begins with the shorter
 * one.
 *
 * @throws ConfigError for means of different lengths, a covariance that is not positive definite, or weights that are not positive.
 */
export function gaussianMixture(options: GaussianMixtureOptions, key: Key): ClassificationData {
  const { n, means, covariance, weights } = readGaussianMixture(options);
  requireRows("gaussianMixture", n);
  checkKey("gaussianMixture", key);
  const d = columnsOf(means);
  const shares = sharesOf(weights ?? means.map(() => 1), means.length);
  const lower = factorOf(covariance, d);
  const inputs = new Float32Array(n * d);
  const labels = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    const source = stream(derive(key, "row", row));
    const label = pick(shares, source.uniform());
    labels[row] = label;
    const z = Float64Array.from({ length: d }, () => source.normal());
    for (let column = 0; column < d; column++) {
      let x = means[label]![column]!;
      for (let k = 0; k <= column; k++) x += lower[column * d + k]! * z[k]!;
      inputs[row * d + column] = x;
    }
  }
  const bayesError = mixtureBayesError(whiten(means, lower, d), shares);
  return { kind: "classification", name: "gaussian mixture", n, d, inputs, labels, classes: means.length, bayesError };
}

function columnsOf(means: readonly (readonly number[])[]): number {
  const d = means[0]?.length ?? 0;
  const lengths = Array.from(means, (mean) => mean?.length);
  const finite = lengths.every((length, label) => length === d && Array.from(means[label]!).every(Number.isFinite));
  if (means.length < 2 || means.length > 26 || d < 1 || !finite)
    throw misfit("means", "2 to 26 finite means of the same length", `${means.length} of lengths ${lengths.join(", ")}`);
  return d;
}

/** Weights that sum to one. */
function sharesOf(weights: readonly number[], classes: number): readonly number[] {
  if (weights.length !== classes || !Array.from(weights).every((weight) => weight > 0 && weight < Infinity)) {
    throw misfit("weights", `${classes} positive numbers`, weights.join(", "));
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The lower factor of the covariance, row-major d x d. */
function factorOf(covariance: number | readonly (readonly number[])[], d: number): Float64Array {
  const rows = typeof covariance === "number" ? null : covariance;
  const factor = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) factor[i * d + j] = rows === null ? (i === j ? (covariance as number) : 0) : (rows[i]?.[j] ?? NaN);
  }
  const square = rows === null || (rows.length === d && rows.every((row) => row.length === d));
  if (!square || cholesky(factor, d).kind === "failed") {
    throw misfit(
      "covariance",
      `a positive variance or a symmetric positive definite ${d} x ${d} matrix`,
      rows === null ? String(covariance) : "another matrix",
    );
  }
  return factor;
}

/** Means after the map that makes the covariance the identity. */
function whiten(means: readonly (readonly number[])[], lower: Float64Array, d: number): readonly Float64Array[] {
  return means.map((mean) => {
    const whitened = Float64Array.from(mean);
    solveLower(lower, d, whitened, 1);
    return whitened;
  });
}

function pick(shares: readonly number[], uniform: number): number {
  let [label, passed] = [0, shares[0]!];
  while (uniform >= passed && label < shares.length - 1) {
    label++;
    passed += shares[label]!;
  }
  return label;
}

function misfit(option: string, expected: string, got: string): ConfigError {
  return new ConfigError({ code: "badOption", what: `${option} of gaussianMixture`, expected, got, remedy: "See GaussianMixtureOptions." });
}
