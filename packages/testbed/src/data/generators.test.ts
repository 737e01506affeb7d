import { derive, type Key, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import type { Dataset } from "./dataset.ts";
import { friedman1 } from "./friedman.ts";
import { gaussianMixture } from "./gaussianMixture.ts";
import golden from "./generators.golden.json" with { type: "json" };
import { moons } from "./moons.ts";
import { noisyXor } from "./noisyXor.ts";
import { spirals } from "./spirals.ts";
import { teacherClasses, teacherTargets } from "./teacher.ts";

const clouds = {
  means: [
    [0, 0],
    [2, 0],
    [0, 3],
  ],
  covariance: [
    [1, 0.5],
    [0.5, 2],
  ],
  weights: [1, 2, 1],
} as const;
const generators: readonly (readonly [keyof typeof golden, (n: number, key: Key) => Dataset])[] = [
  ["gaussianMixture", (n, key) => gaussianMixture({ n, ...clouds }, key)],
  ["moons", (n, key) => moons({ n, noise: 0.2 }, key)],
  ["spirals", (n, key) => spirals({ n, arms: 3, turns: 1, noise: 0.1 }, key)],
  ["noisyXor", (n, key) => noisyXor({ n, noise: 0.5, distractors: 1 }, key)],
  ["teacherClasses", (n, key) => teacherClasses({ n, d: 3, hidden: 4, classes: 3, flipRate: 0.1 }, key)],
  ["teacherTargets", (n, key) => teacherTargets({ n, d: 3, hidden: 4, outputs: 2, noise: 0.5 }, key)],
  ["friedman1", (n, key) => friedman1({ n, noise: 1 }, key)],
];

const answers = (dataset: Dataset): Float32Array => (dataset.kind === "classification" ? dataset.labels : dataset.targets);
const floor = (dataset: Dataset): number | null => (dataset.kind === "classification" ? dataset.bayesError : dataset.noiseVariance);

describe.each(generators)("%s", (name, draw) => {
  it("always draws the same bits", () => {
    const dataset = draw(2, root("golden"));
    expect({ inputs: [...dataset.inputs], answers: [...answers(dataset)], floor: floor(dataset) }).toEqual(golden[name]);
  });

  it("fills the shape it declares", () => {
    const dataset = draw(200, root(1));
    expect(dataset.n).toBe(200);
    expect(dataset.inputs.length).toBe(200 * dataset.d);
    expect(dataset.inputs.every(Number.isFinite)).toBe(true);
    if (dataset.kind === "classification") {
      expect(new Set(dataset.labels)).toEqual(new Set(Array.from({ length: dataset.classes }, (_, label) => label)));
      expect(dataset.labels.length).toBe(200);
    } else {
      expect(dataset.targets.length).toBe(200 * dataset.outputs);
      expect(dataset.targets.every(Number.isFinite)).toBe(true);
    }
  });

  it("begins a longer draw with the shorter, and draws another for another key", () => {
    const [short, long, other] = [draw(10, root(1)), draw(30, root(1)), draw(10, derive(root(1), "other"))];
    expect(long.inputs.slice(0, short.inputs.length)).toEqual(short.inputs);
    expect(answers(long).slice(0, answers(short).length)).toEqual(answers(short));
    expect(other.inputs).not.toEqual(short.inputs);
    expect(floor(long)).toBe(floor(short));
  });

  it("refuses no rows", () => {
    expect(() => draw(0, root(1))).toThrow(/n of .*whole number from 1/);
    expect(() => draw(1.5, root(1))).toThrow(/n of /);
  });
});
