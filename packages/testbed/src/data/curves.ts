/**
 * Rows along curves in the plane, one curve per class. All classes are equally likely. A row is a uniform position on its curve plus
 * Gaussian noise.
 */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { checkKey } from "../check.ts";
import { type Curve, curveBayesError } from "./curveBayesError.ts";
import type { ClassificationData } from "./dataset.ts";
import { requireReal, requireRows } from "./ranges.ts";

export type CurvesOptions = {
  /** How many rows: a whole number from 1 to 10,000,000. */
  readonly n: number;
  /** The standard deviation of the noise in each direction: 0.02 to 10. Below 0.02 the classes would not overlap. */
  readonly noise: number;
};

/**
 * The rows and their Bayes error, to 1e-5 (see curveBayesError.ts). A longer draw with the same key begins with the shorter.
 *
 * @throws ConfigError for options out of range.
 */
export function drawOnCurves(name: string, curves: readonly Curve[], { n, noise }: CurvesOptions, key: Key): ClassificationData {
  requireRows(name, n);
  checkKey(name, key);
  requireReal(`noise of ${name}`, noise, 0.02, 10);
  const inputs = new Float32Array(2 * n);
  const labels = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    const source = stream(derive(key, "row", row));
    const label = source.integer(curves.length);
    const [x, y] = curves[label]!(source.uniform());
    labels[row] = label;
    inputs[2 * row] = x + noise * source.normal();
    inputs[2 * row + 1] = y + noise * source.normal();
  }
  const bayesError = curveBayesError(curves, noise);
  return { kind: "classification", name, n, d: 2, inputs, labels, classes: curves.length, bayesError };
}
