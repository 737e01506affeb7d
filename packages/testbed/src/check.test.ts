import { ConfigError, type Key, root } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { friedman1 } from "./data/friedman.ts";
import { gaussianMixture } from "./data/gaussianMixture.ts";
import { moons } from "./data/moons.ts";
import { noisyXor } from "./data/noisyXor.ts";
import { type NormalisationKind, normaliseSplit } from "./data/normalise.ts";
import { split } from "./data/split.ts";
import { teacherClasses } from "./data/teacher.ts";
import { createTrainer } from "./training/trainer.ts";

const examples = moons({ n: 20, noise: 0.2 }, root("check"));
const architecture = { inputs: 2, hidden: [4], outputs: 2 };

/** What a program without types may pass. */
const trainer =
  (change: object): (() => unknown) =>
  () =>
    createTrainer({ architecture, examples, key: root(1), ...change } as Parameters<typeof createTrainer>[0]);

it.each<[string, (key: Key) => unknown]>([
  ["a trainer", (key) => createTrainer({ architecture, examples, key })],
  ["moons", (key) => moons({ n: 3, noise: 0.2 }, key)],
  ["a mixture", (key) => gaussianMixture({ n: 3, means: [[0], [1]], covariance: 1 }, key)],
  ["exclusive or", (key) => noisyXor({ n: 3, noise: 1 }, key)],
  ["a teacher", (key) => teacherClasses({ n: 3, d: 2, hidden: 2, classes: 2, flipRate: 0 }, key)],
  ["Friedman's problem", (key) => friedman1({ n: 3, noise: 0 }, key)],
  ["a split", (key) => split(examples, { train: 10, validation: 10 }, key)],
])("A number is no key of %s: all numbers would be the same one", (_name, use) => {
  expect(() => use(root(1))).not.toThrow();
  for (const wrong of [1, "moons", undefined, [1, 2, 3], Array(4)]) {
    expect(() => use(wrong as unknown as Key)).toThrow(ConfigError);
    expect(() => use(wrong as unknown as Key)).toThrow(/root\(1\)/);
  }
});

it("a mixture has no holes in its means and weights", () => {
  const draw = (change: object) => (): unknown => gaussianMixture({ n: 3, means: [[0], [1]], covariance: 1, ...change }, root(1));
  for (const means of [Array(2), [[0], Array(1)], [[0], undefined]]) expect(draw({ means })).toThrow("means of gaussianMixture");
  expect(draw({ weights: Array(2) })).toThrow("weights of gaussianMixture");
});

it.each<[string, object, RegExp]>([
  ["an optimiser without its braces", { settings: { optimiser: "adam" } }, /name of the optimiser: expected one of/],
  ["a schedule without its braces", { settings: { schedule: "cosine" } }, /name of the schedule: expected one of/],
  [
    "a convention in the place of batch norm",
    { architecture: { ...architecture, batchNorm: "keras" } },
    /an object with options, got "keras"/,
  ],
  ["a number of hidden units without its brackets", { architecture: { ...architecture, hidden: 16 } }, /Pass \[16\] for one layer/],
])("A trainer with %s is refused", (_name, change, message) => {
  expect(trainer(change)).toThrow(ConfigError);
  expect(trainer(change)).toThrow(message);
});

it("An unknown kind of normalisation is not taken for another", () => {
  const parts = split(examples, { train: 10, validation: 10 }, root(1));
  expect(() => normaliseSplit(parts, "standart" as NormalisationKind)).toThrow(/Did you mean "standard"/);
});
