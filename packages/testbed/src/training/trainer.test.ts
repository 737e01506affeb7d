import { ConfigError, root } from "@caviar-hpo/core";
import { float64Operations } from "@caviar-hpo/numerics/network";
import { describe, expect, it } from "vitest";
import { smallExamples } from "../../testing/smallTraining.ts";
import { trainingFlops } from "../network/flops.ts";
import { inferenceLoss } from "../network/network.ts";
import { loadBatch } from "./batch.ts";
import type { Examples } from "./examples.ts";
import { createTrainer, type TrainerOptions } from "./trainer.ts";

const examples = smallExamples(50, 4, 3, 1);
const base: TrainerOptions = {
  architecture: { inputs: 4, hidden: [8, 6], outputs: 3 },
  settings: { batchSize: 16, learningRate: 0.01 },
  examples,
  key: root(1),
  operations: float64Operations,
};

describe("An epoch", () => {
  it("takes every example once, the last batch short, in an order that changes with the epoch", () => {
    const trainer = createTrainer(base);
    const { network } = trainer;
    const epochs = [0, 1].map(() => {
      const rows: string[] = [];
      const sizes: number[] = [];
      for (let batch = 0; batch < 4; batch++) {
        const m = trainer.nextBatch();
        sizes.push(m);
        for (let row = 0; row < m; row++) rows.push(`${network.inputs.slice(4 * row, 4 * row + 4)} -> ${network.targets[row]}`);
        trainer.step();
      }
      expect(sizes).toEqual([16, 16, 16, 2]);
      return rows;
    });
    const all = Array.from({ length: 50 }, (_, row) => `${examples.inputs.slice(4 * row, 4 * row + 4)} -> ${examples.labels![row]}`);
    expect([...epochs[0]!].sort()).toEqual([...all].sort());
    expect([...epochs[1]!].sort()).toEqual([...all].sort());
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect([trainer.epochs, trainer.steps]).toEqual([2, 8]);
  });

  it("reports the mean loss over its examples, the rate, and what it cost", () => {
    const steps = createTrainer(base);
    const losses = [16, 16, 16, 2].map((m) => steps.step() * m);
    const trainer = createTrainer(base);
    const report = trainer.epoch();
    expect(report).toMatchObject({
      diverged: false,
      epoch: 1,
      learningRate: 0.01,
      batchesOfOne: 0,
      flops: 50 * trainingFlops(trainer.architecture),
    });
    if (!report.diverged) expect(report.loss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 50, 14);
  });

  it("counts batches of one, whose variance is 0 and which pass on beta", () => {
    const trainer = createTrainer({ ...base, settings: { batchSize: 7 } });
    expect(trainer.epoch()).toMatchObject({ diverged: false, batchesOfOne: 1 });
    const ones = createTrainer({ ...base, settings: { batchSize: 1 } });
    expect(ones.epoch()).toMatchObject({ diverged: false, batchesOfOne: 50 });
    ones.nextBatch();
    ones.gradient(1);
    for (const { batchNorm, preActivations } of ones.network.hidden) {
      expect([...batchNorm!.variance].every((variance) => variance === 0)).toBe(true);
      expect(preActivations.slice(0, batchNorm!.units)).toEqual(batchNorm!.beta.slice());
    }
  });

  it("with batches larger than the data is one step", () => {
    const trainer = createTrainer({ ...base, settings: { batchSize: 1000 } });
    trainer.epoch();
    expect(trainer.steps).toBe(1);
  });

  it("lowers the loss, with every optimiser, with and without batch norm", () => {
    for (const name of ["sgd", "momentum", "rmsProp", "adam"] as const)
      for (const batchNorm of [true, false]) {
        const trainer = createTrainer({
          ...base,
          architecture: { ...base.architecture, batchNorm },
          settings: { batchSize: 10, learningRate: name === "rmsProp" || name === "adam" ? 0.02 : 0.2, optimiser: { name } },
        });
        const before = trainer.evaluate(examples).loss;
        for (let epoch = 0; epoch < 40; epoch++) trainer.epoch();
        expect(trainer.evaluate(examples).loss).toBeLessThan(0.7 * before);
      }
  });
});

describe("The gradient of the next batch", () => {
  it("is that of the step that follows, and changes nothing", () => {
    const trainer = createTrainer({ ...base, settings: { batchSize: 16, learningRate: 0.5, optimiser: { name: "sgd" }, l2: 0.1 } });
    const before = trainer.save();
    const loss = trainer.gradient(trainer.nextBatch());
    expect(trainer.save()).toEqual(before);
    const { parameters, gradient } = trainer.network;
    const expected = parameters.map((value, index) => value - 0.5 * gradient[index]!);
    expect(trainer.step()).toBe(loss);
    expect(parameters).toEqual(expected);
  });

  it("carries L2 on weights only", () => {
    const [plain, regularised] = [0, 0.1].map((l2) => createTrainer({ ...base, settings: { ...base.settings, l2 } }));
    plain!.gradient(plain!.nextBatch());
    regularised!.gradient(regularised!.nextBatch());
    for (const { kind, offset, length } of plain!.network.layout.slices)
      for (let index = offset; index < offset + length; index++) {
        const penalty = regularised!.network.gradient[index]! - plain!.network.gradient[index]!;
        expect(penalty).toBeCloseTo(kind === "weights" ? 0.1 * plain!.network.parameters[index]! : 0, 14);
      }
  });
});

describe("Evaluation", () => {
  it("is the mean over examples, however many parts they take", () => {
    const many = smallExamples(700, 4, 3, 2);
    const trainer = createTrainer(base);
    trainer.epoch();
    const { loss, accuracy } = trainer.evaluate(many);
    let [sum, right] = [0, 0];
    for (let row = 0; row < 700; row++) {
      loadBatch(trainer.network, many, many.labels!, null, row, 1);
      sum += inferenceLoss(trainer.network, 1);
      const logits = [...trainer.network.outputs.slice(0, 3)];
      if (logits.indexOf(Math.max(...logits)) === many.labels![row]) right++;
    }
    expect(loss).toBeCloseTo(sum / 700, 13);
    expect(accuracy).toBe(right / 700);
  });

  it("has no accuracy without classes", () => {
    const trainer = createTrainer({ ...base, architecture: { ...base.architecture, loss: "squaredError" } });
    expect(trainer.evaluate(examples).accuracy).toBeNull();
  });

  it("uses, recomputed, the training set's own moments in the first layer, unbiased where PyTorch's convention is", () => {
    const many = smallExamples(600, 4, 3, 2);
    for (const convention of ["keras", "pytorch"] as const) {
      const trainer = createTrainer({ ...base, examples: many, architecture: { ...base.architecture, batchNorm: { convention } } });
      trainer.epoch();
      trainer.evaluate(examples);
      const { dense, batchNorm } = trainer.network.hidden[0]!;
      for (let unit = 0; unit < 8; unit++) {
        const z = Array.from({ length: 600 }, (_, row) =>
          [0, 1, 2, 3].reduce((sum, column) => sum + many.inputs[4 * row + column]! * dense.weights[8 * column + unit]!, 0),
        );
        const mean = z.reduce((sum, value) => sum + value, 0) / 600;
        const variance = z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (convention === "keras" ? 600 : 599);
        expect(batchNorm!.populationMean[unit]).toBeCloseTo(mean, 13);
        expect(batchNorm!.populationVariance[unit]).toBeCloseTo(variance, 12);
      }
    }
  });

  it("uses, bias-corrected, the running averages divided by what they have seen", () => {
    const architecture = { ...base.architecture, batchNorm: { decay: 0.9, populationStatistics: "biasCorrected" as const } };
    const trainer = createTrainer({ ...base, architecture });
    trainer.epoch();
    trainer.evaluate(examples);
    for (const { batchNorm } of trainer.network.hidden) {
      const { populationMean, populationVariance, running } = batchNorm!;
      populationMean.forEach((mean, unit) => {
        expect(mean).toBeCloseTo(running.mean[unit]! / (1 - 0.9 ** 4), 14);
        expect(populationVariance[unit]).toBeCloseTo(running.variance[unit]! / (1 - 0.9 ** 4), 14);
      });
    }
  });

  it("of examples under the statistics of those very examples is what training sees of them as one batch", () => {
    const trainer = createTrainer({ ...base, settings: { batchSize: 50 } });
    trainer.epoch();
    const { loss } = trainer.evaluate(examples);
    expect(trainer.gradient(trainer.nextBatch())).toBeCloseTo(loss, 12);
  });

  it("of a network that has outgrown its numbers is a value too", () => {
    const trainer = createTrainer(base);
    trainer.network.parameters.fill(NaN);
    expect(trainer.evaluate(examples)).toEqual({ loss: NaN, accuracy: 0 });
  });
});

describe("Divergence", () => {
  it("is reported in its epoch, from then on, and after loading", () => {
    const options = {
      ...base,
      architecture: { ...base.architecture, batchNorm: false },
      settings: { learningRate: 1e200, optimiser: { name: "sgd" as const } },
    };
    const trainer = createTrainer(options);
    let report = trainer.epoch();
    while (!report.diverged) report = trainer.epoch();
    expect(trainer.diverged).toEqual(report);
    expect(trainer.epoch()).toEqual(report);
    const steps = trainer.steps;
    expect(trainer.step()).toBeNaN();
    expect(trainer.steps).toBe(steps);
    const loaded = createTrainer(options);
    loaded.load(trainer.save());
    expect(loaded.epoch()).toEqual(report);
  });

  it("is seen in the parameters at the end of an epoch where the loss hides it", () => {
    const inputs = Float64Array.from(examples.inputs);
    inputs[0] = Infinity;
    const trainer = createTrainer({
      ...base,
      architecture: { ...base.architecture, activation: "tanh", batchNorm: false },
      settings: { batchSize: 50 },
      examples: { ...examples, inputs },
    });
    trainer.nextBatch();
    expect(Number.isFinite(trainer.gradient(50))).toBe(true);
    expect(trainer.epoch()).toEqual({ diverged: true, epoch: 1 });
    expect(trainer.gradient(trainer.nextBatch())).toBeNaN();
  });
});

it.each<[string, Partial<Examples>]>([
  ["no rows", { n: 0, inputs: new Float32Array(0), labels: [] }],
  ["another number of features", { d: 5, inputs: new Float32Array(250) }],
  ["inputs that are too few", { inputs: new Float32Array(199) }],
  ["too few labels", { labels: [0, 1] }],
  ["a label beyond the outputs", { labels: new Int32Array(50).fill(3) }],
  ["a label that is no class", { labels: new Float32Array(50).fill(0.5) }],
])("Examples with %s are refused", (_, change) => {
  expect(() => createTrainer({ ...base, examples: { ...examples, ...change } })).toThrow(ConfigError);
  expect(() => createTrainer(base).evaluate({ ...examples, ...change })).toThrow(ConfigError);
});

it("Wrong settings are refused", () => {
  for (const settings of [
    { batchSize: 0 },
    { learningRate: -1 },
    { learningRate: NaN },
    { l2: -1 },
    { initialisation: "he" as "heNormal" },
    { rate: 1 } as object,
  ])
    expect(() => createTrainer({ ...base, settings })).toThrow(ConfigError);
  expect(() => createTrainer({ ...base, examples: { n: 50, d: 4, inputs: examples.inputs } })).toThrow(ConfigError);
});
