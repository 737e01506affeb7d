/** Every Bayes error against its definition: the best rule, written down from the densities, applied to fresh rows. */
import { root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import type { Curve } from "./curveBayesError.ts";
import type { ClassificationData } from "./dataset.ts";
import { gaussianMixture } from "./gaussianMixture.ts";
import { moonCurves, moons } from "./moons.ts";
import { noisyXor } from "./noisyXor.ts";
import { spiralCurves, spirals } from "./spirals.ts";
import { teacher, teacherClasses } from "./teacher.ts";

type Density = (x: Float32Array, label: number) => number;

/** The share of rows whose label is not the likeliest at their inputs. */
function errorOfBestRule({ n, d, inputs, labels, classes }: ClassificationData, density: Density): number {
  let wrong = 0;
  for (let row = 0; row < n; row++) {
    const x = inputs.subarray(row * d, (row + 1) * d);
    const densities = Array.from({ length: classes }, (_, label) => density(x, label));
    if (densities.indexOf(Math.max(...densities)) !== labels[row]) wrong++;
  }
  return wrong / n;
}

function agrees(dataset: ClassificationData, density: Density): void {
  const error = dataset.bayesError!;
  const spread = Math.sqrt((error * (1 - error)) / dataset.n);
  expect(Math.abs(errorOfBestRule(dataset, density) - error)).toBeLessThan(4 * spread);
}

const near = (a: readonly number[], x: Float32Array, sd: number): number =>
  Math.exp(-a.reduce((sum, value, axis) => sum + (x[axis]! - value) ** 2, 0) / (2 * sd * sd));
const along = (curves: readonly Curve[], sd: number): Density => {
  const nodes = curves.map((curve) => Array.from({ length: 60 }, (_, node) => curve((node + 0.5) / 60)));
  return (x, label) => nodes[label]!.reduce((sum, node) => sum + near(node, x, sd), 0);
};

describe("the stated Bayes error is the error of the best rule", () => {
  it.each([0.1, 0.2, 0.4])("on moons with noise %d", (noise) => {
    agrees(moons({ n: 8_000, noise }, root("moons")), along(moonCurves, noise));
  });

  it.each([
    [2, 0.5, 0.2],
    [3, 1, 0.1],
  ])("on %d spirals of %d turns with noise %d", (arms, turns, noise) => {
    agrees(spirals({ n: 8_000, arms, turns, noise }, root("spirals")), along(spiralCurves(arms, turns), noise));
  });

  it("on exclusive or, with columns that say nothing", () => {
    const corners = [
      [
        [-1, -1],
        [1, 1],
      ],
      [
        [-1, 1],
        [1, -1],
      ],
    ];
    agrees(noisyXor({ n: 50_000, noise: 0.8, distractors: 2 }, root("xor")), (x, label) =>
      corners[label]!.reduce((sum, corner) => sum + near(corner, x, 0.8), 0),
    );
  });

  it.each<readonly [string, readonly (readonly number[])[], readonly number[]]>([
    ["two classes", [[0], [1.5]], [1, 3]],
    [
      "four on a line",
      [
        [0, 0, 0],
        [1, 1, 1],
        [2, 2, 2],
        [5, 5, 5],
      ],
      [1, 1, 2, 1],
    ],
    [
      "three in a plane",
      [
        [0, 0],
        [1, 0],
        [0, 2],
      ],
      [2, 1, 1],
    ],
    [
      "five in a plane",
      [
        [0, 0],
        [1, 0],
        [0, 2],
        [-1, -1],
        [0.2, 0.3],
      ],
      [1, 1, 1, 1, 1],
    ],
    [
      "four in space",
      [
        [0, 0, 0],
        [1, 0, 0],
        [0, 2, 0],
        [0, 0, 1],
      ],
      [3, 1, 2, 1],
    ],
    [
      "six in space",
      [
        [0, 0, 0],
        [1, 0, 0],
        [0, 2, 0],
        [0, 0, 1],
        [1, 1, 1],
        [-1, 0.5, 0],
      ],
      [1, 1, 2, 1, 1, 1],
    ],
  ])("on Gaussian clouds: %s", (_title, means, weights) => {
    agrees(
      gaussianMixture({ n: 50_000, means, covariance: 0.64, weights }, root("clouds")),
      (x, label) => weights[label]! * near(means[label]!, x, 0.8),
    );
  });

  it("on clouds with a covariance that is not round", () => {
    const means = [
      [0, 0],
      [1, 1],
      [-1, 1],
    ];
    const covariance = [
      [1, 0.6],
      [0.6, 0.8],
    ];
    const determinant = 0.8 - 0.36;
    agrees(gaussianMixture({ n: 50_000, means, covariance }, root("oval")), (x, label) => {
      const [u, v] = [x[0]! - means[label]![0]!, x[1]! - means[label]![1]!];
      return Math.exp(-(0.8 * u * u - 1.2 * u * v + v * v) / (2 * determinant));
    });
  });

  it("of a teacher is the rate at which it lies", () => {
    const options = { n: 50_000, d: 4, hidden: 6, classes: 4, flipRate: 0.2 };
    const key = root("teacher");
    const right = teacher(options.d, options.hidden, options.classes, key);
    const dataset = teacherClasses(options, key);
    agrees(dataset, (x, label) => right(x)[label]!);
    expect([...new Float64Array(4).keys()].every((label) => dataset.labels.filter((value) => value === label).length > 5000)).toBe(true);
  });
});
