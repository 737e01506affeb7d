/**
 * Exclusive or with noise: four Gaussian clouds at the corners (±1, ±1). Opposite corners have the same class, so no line separates the
 * classes.
 */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { normalCdf } from "@caviar-hpo/numerics";
import { checkKey } from "../check.ts";
import type { ClassificationData } from "./dataset.ts";
import { requireReal, requireRows, requireWhole } from "./ranges.ts";

export type NoisyXorOptions = {
  /** How many rows: a whole number from 1 to 10,000,000. */
  readonly n: number;
  /** The standard deviation of each cloud in each direction: 0.01 to 100. */
  readonly noise: number;
  /**
   * How many additional columns hold standard normal noise that is independent of the label: a whole number from 0 to 1000; 0 by default.
   */
  readonly distractors?: number;
};

const readNoisyXor = optionReader<NoisyXorOptions>("noisyXor", { n: anything, noise: anything, distractors: anything });

/**
 * Draws rows (x, y, distractors ...). The label is 1 if the signs of the corner differ. The best rule compares the signs of x and y. It is
 * wrong if exactly one of them crossed zero, so its error is 2 q (1 - q) with q = Phi(-1 / noise).
 *
 * @throws ConfigError for options out of range.
 */
export function noisyXor(options: NoisyXorOptions, key: Key): ClassificationData {
  const { n, noise, distractors = 0 } = readNoisyXor(options);
  requireRows("noisyXor", n);
  checkKey("noisyXor", key);
  requireReal("noise of noisyXor", noise, 0.01, 100);
  requireWhole("distractors of noisyXor", distractors, 0, 1000);
  const d = 2 + distractors;
  const inputs = new Float32Array(n * d);
  const labels = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    const source = stream(derive(key, "row", row));
    const corner = source.integer(4);
    const [right, up] = [corner % 2, corner < 2 ? 0 : 1];
    labels[row] = right === up ? 0 : 1;
    inputs[row * d] = 2 * right - 1 + noise * source.normal();
    inputs[row * d + 1] = 2 * up - 1 + noise * source.normal();
    for (let column = 2; column < d; column++) inputs[row * d + column] = source.normal();
  }
  const q = normalCdf(-1 / noise);
  return { kind: "classification", name: "noisy xor", n, d, inputs, labels, classes: 2, bayesError: 2 * q * (1 - q) };
}
