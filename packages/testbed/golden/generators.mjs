/**
 * Rewrites src/data/generators.golden.json, the first two rows of every generator and its floor, from the built package:
 * `node packages/testbed/golden/generators.mjs`. They pin the bits; that the numbers are right is for the other tests to show.
 */
import { writeFileSync } from "node:fs";
import { root } from "@caviar-hpo/core";
import { friedman1, gaussianMixture, moons, noisyXor, spirals, teacherClasses, teacherTargets } from "@caviar-hpo/testbed/data";

const key = root("golden");
const means = [
  [0, 0],
  [2, 0],
  [0, 3],
];
const covariance = [
  [1, 0.5],
  [0.5, 2],
];
const drawn = {
  gaussianMixture: gaussianMixture({ n: 2, means, covariance, weights: [1, 2, 1] }, key),
  moons: moons({ n: 2, noise: 0.2 }, key),
  spirals: spirals({ n: 2, arms: 3, turns: 1, noise: 0.1 }, key),
  noisyXor: noisyXor({ n: 2, noise: 0.5, distractors: 1 }, key),
  teacherClasses: teacherClasses({ n: 2, d: 3, hidden: 4, classes: 3, flipRate: 0.1 }, key),
  teacherTargets: teacherTargets({ n: 2, d: 3, hidden: 4, outputs: 2, noise: 0.5 }, key),
  friedman1: friedman1({ n: 2, noise: 1 }, key),
};
const golden = Object.fromEntries(
  Object.entries(drawn).map(([name, dataset]) => [
    name,
    {
      inputs: [...dataset.inputs],
      answers: [...(dataset.labels ?? dataset.targets)],
      floor: dataset.kind === "classification" ? dataset.bayesError : dataset.noiseVariance,
    },
  ]),
);
writeFileSync(new URL("../src/data/generators.golden.json", import.meta.url), `${JSON.stringify(golden, null, 1)}\n`);
