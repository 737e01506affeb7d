/** Friedman's first regression problem (*Multivariate Adaptive Regression Splines*, Annals of Statistics 19, 1991, section 4.3). */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { sin } from "@caviar-hpo/numerics";
import { checkKey } from "../check.ts";
import type { RegressionData } from "./dataset.ts";
import { requireReal, requireRows, requireWhole } from "./ranges.ts";

export type FriedmanOptions = {
  /** How many rows: a whole number from 1 to 10,000,000. */
  readonly n: number;
  /** How many columns: a whole number from 5 to 10,000; 10 by default. Only the first five matter. */
  readonly d?: number;
  /** The standard deviation of the noise on the target: 0 to 1000. */
  readonly noise: number;
};

const readFriedman = optionReader<FriedmanOptions>("friedman1", { n: anything, d: anything, noise: anything });

/**
 * Draws rows with inputs uniform on the unit cube and y = 10 sin(pi x1 x2) + 20 (x3 - 1/2)^2 + 10 x4 + 5 x5 + noise. The lowest possible
 * mean squared error is noise^2.
 *
 * @throws ConfigError for options out of range.
 */
export function friedman1(options: FriedmanOptions, key: Key): RegressionData {
  const { n, d = 10, noise } = readFriedman(options);
  requireRows("friedman1", n);
  checkKey("friedman1", key);
  requireWhole("d of friedman1", d, 5, 10_000);
  requireReal("noise of friedman1", noise, 0, 1000);
  const inputs = new Float32Array(n * d);
  const targets = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    const source = stream(derive(key, "row", row));
    for (let column = 0; column < d; column++) inputs[row * d + column] = source.uniform();
    targets[row] = friedman1Mean(inputs.subarray(row * d, (row + 1) * d)) + noise * source.normal();
  }
  return { kind: "regression", name: "friedman 1", n, d, inputs, targets, outputs: 1, noiseVariance: noise * noise };
}

/** The target without noise. */
export function friedman1Mean(x: Float32Array): number {
  const middle = x[2]! - 0.5;
  return 10 * sin(Math.PI * x[0]! * x[1]!) + 20 * middle * middle + 10 * x[3]! + 5 * x[4]!;
}
