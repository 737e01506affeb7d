import { ConfigError, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { friedman1 } from "../data/friedman.ts";
import { normaliseSplit } from "../data/normalise.ts";
import { split } from "../data/split.ts";
import { createTask } from "./task.ts";
import { exploding, tinyConfig, tinyTask } from "./tiny.fixture.ts";

const key = root(1);

function columnMeans(inputs: Float32Array | Float64Array, d: number): readonly number[] {
  return Array.from({ length: d }, (_, column) =>
    Array.from(inputs)
      .filter((_value, index) => index % d === column)
      .reduce((sum, x) => sum + x, 0),
  );
}

describe("a task", () => {
  const task = tinyTask();

  it("makes a problem of one objective that is minimised over epochs, and can continue from where it stopped", () => {
    expect(task.problem).toMatchObject({
      objectives: [{ name: "validation loss", goal: "minimize" }],
      fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
      resumable: true,
    });
    expect(task.problem.space.params.map(([name]) => name)).toEqual(Object.keys(task.space));
  });

  it("trains a configuration the same way whenever it is asked to, and others otherwise", () => {
    const after = (config: Parameters<typeof task.train>[0], by = key): number => {
      const training = task.train(config, by);
      training.advance(2);
      return training.validate()!;
    };
    const value = after(tinyConfig);
    const { preprocessing, batchNorm, ...rest } = tinyConfig;
    expect(after({ preprocessing, batchNorm, ...rest })).toBe(value);
    for (const change of [{ learningRate: 0.11 }, { batchSize: 17 }, { batchNorm: false }, { preprocessing: "unit" as const }])
      expect(after({ ...tinyConfig, ...change })).not.toBe(value);
    expect(after(tinyConfig, root(2))).not.toBe(value);
  });

  it("preprocesses by the training rows, once a kind, and leaves the data as they are where nothing is to be done", () => {
    const of = (preprocessing: "none" | "standard" | "unit") => task.train({ ...tinyConfig, preprocessing }, key).trainer.examples;
    expect(of("none").inputs).toBe(task.data.train.inputs);
    expect(of("standard").inputs).toBe(of("standard").inputs);
    for (const sum of columnMeans(of("standard").inputs, 2)) expect(sum).toBeCloseTo(0, 3);
    expect([Math.min(...of("unit").inputs), Math.max(...of("unit").inputs)]).toEqual([0, 1]);
  });

  it("counts wrong rows as a share of all, validation and test apart", () => {
    const training = tinyTask("error").train(tinyConfig, key);
    expect(training.advance(9)).toBe(true);
    const { validation, test } = task.data;
    for (const [value, { n }] of [
      [training.validate()!, validation],
      [training.test()!, test],
    ] as const) {
      expect(value * n).toBe(Math.round(value * n));
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(0.2);
    }
    expect(1 - training.validate()!).toBeCloseTo(training.trainer.evaluate(normaliseSplit(task.data, "standard").validation).accuracy!, 12);
  });

  it("measures nothing of what diverged", () => {
    const training = task.train(exploding, key);
    expect(training.advance(9)).toBe(false);
    expect([training.validate(), training.test()]).toEqual([null, null]);
    expect(training.advance(9)).toBe(false);
  });

  it("measures the loss of regressions", () => {
    const regression = createTask({
      name: "friedman",
      space: {},
      data: split(friedman1({ n: 60, d: 5, noise: 0 }, root(3)), { train: 40, validation: 20 }, null),
      epochs: { min: 1, max: 2 },
      recipe: () => ({ network: { hidden: [4] } }),
    });
    const training = regression.train({}, key);
    expect(regression.metric).toBe("loss");
    training.advance(1);
    expect(training.validate()).toBe(training.trainer.evaluate(regression.data.validation).loss);
    expect(() => training.test()).toThrow(/Give the number of test rows/);
    const { data, space } = regression;
    expect(() =>
      createTask({ name: "no", space, data, epochs: { min: 1, max: 2 }, recipe: () => ({ network: { hidden: [] } }), metric: "error" }),
    ).toThrow(ConfigError);
  });

  it("says what an epoch costs: the matrix products of all rows", () => {
    // Forward and the gradient of the weights for 2 x 8, and the gradient of the inputs too for 8 x 2: a multiplication and an addition
    // each.
    expect(task.epochFlops(tinyConfig)).toBe(150 * (2 * 2 * 2 * 8 + 2 * 3 * 8 * 2));
  });

  it("refuses recipes with unknown keys, or without a network", () => {
    const made = (recipe: object): (() => unknown) => {
      const odd = createTask({
        name: "odd",
        space: {},
        data: task.data,
        epochs: { min: 1, max: 2 },
        recipe: () => recipe as { network: { hidden: [] } },
      });
      return () => odd.train({}, key);
    };
    expect(made({ network: { hidden: [4] } })).not.toThrow();
    expect(made({ network: { hidden: [4] }, trainning: { learningRate: 1 } })).toThrow(/Did you mean "training"/);
    expect(made({ network: { hidden: [4] }, preprocessing: "standart" })).toThrow(/Did you mean "standard"/);
    expect(made({ training: {} })).toThrow(ConfigError);
  });

  it("refuses trainings of no epoch, of half ones and a longest below the shortest", () => {
    for (const epochs of [
      { min: 0, max: 3 },
      { min: 1, max: 2.5 },
      { min: 5, max: 3 },
    ])
      expect(() => createTask({ name: "no", space: {}, data: task.data, epochs, recipe: () => ({ network: { hidden: [] } }) })).toThrow(
        ConfigError,
      );
  });

  it("refuses configurations of another space, before any recipe sees them", () => {
    expect(() => task.train({ ...tinyConfig, batchSize: 3 }, key)).toThrow(ConfigError);
    expect(() => task.epochFlops({} as typeof tinyConfig)).toThrow(ConfigError);
  });
});
