/** Exclusive or in noise: four Gaussian clouds at the corners (±1, ±1), a class each pair of opposite corners. No line tells them apart. */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { normalCdf } from "@caviar-hpo/numerics";
import { checkKey } from "../check.ts";
import type { ClassificationData } from "./dataset.ts";
import { requireReal, requireRows, requireWhole } from "./ranges.ts";

export type NoisyXorOptions = {
  readonly n: number;
  /** Standard deviation of each cloud in each direction, from 0.01 to 100. */
  readonly noise: number;
  /** Further columns that hold standard normal noise and say nothing. Default 0. */
  readonly distractors?: number;
};

const readNoisyXor = optionReader<NoisyXorOptions>("noisyXor", { n: anything, noise: anything, distractors: anything });

/**
 * Rows (x, y, distractors ...); label 1 where the signs of the corner differ. The best rule compares the signs of x and y and errs when
 * exactly one of them crossed zero: 2 q (1 - q), where q = Phi(-1 / noise).
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
