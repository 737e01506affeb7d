import { root } from "@caviar-hpo/core";
import { float32Operations, float64Operations, type Operations } from "@caviar-hpo/numerics/network";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallExamples } from "../../testing/smallTraining.ts";
import { type ArchitectureOptions, activations, type BatchNorm } from "../network/architecture.ts";
import { initialisations } from "../network/initialise.ts";
import type { OptimiserOptions } from "../optimiser/optimiser.ts";
import type { LearningRateSchedule } from "../optimiser/schedule.ts";
import { createTrainer, type Trainer, type TrainerOptions } from "./trainer.ts";

const optimisers: readonly OptimiserOptions[] = [
  { name: "sgd" },
  { name: "momentum" },
  { name: "momentum", convention: "pytorch", beta: 0.5 },
  { name: "rmsProp" },
  { name: "adam" },
];
const schedules: readonly LearningRateSchedule[] = [
  { name: "constant" },
  { name: "step", every: 2, factor: 0.5 },
  { name: "inverseTime", decay: 0.3 },
  { name: "exponential", factor: 0.9 },
  { name: "cosine", horizon: 27 },
];
/** Arrays that lie anywhere are served by the plain arithmetic. */
const fallback: Operations = { ...float32Operations, allocate: (...lengths) => lengths.map((length) => new Float32Array(length)) };
const examples = smallExamples(23, 3, 2, 1);

const norm: fc.Arbitrary<false | Partial<BatchNorm>> = fc.oneof(
  fc.constant(false as const),
  fc.record({
    convention: fc.constantFrom("keras", "pytorch"),
    decay: fc.constantFrom(0.5, 0.9, 0.99),
    populationStatistics: fc.constantFrom("recomputed", "biasCorrected", "raw"),
    noise: fc.constantFrom(0, 0.2),
    bias: fc.boolean(),
  }),
);
const architecture: fc.Arbitrary<ArchitectureOptions> = fc.record({
  inputs: fc.constant(3),
  hidden: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
  outputs: fc.constant(2),
  activation: fc.constantFrom(...activations),
  batchNorm: norm,
  dropout: fc.constantFrom(0, 0.3),
  loss: fc.constantFrom("softmaxCrossEntropy", "squaredError"),
});
const training: fc.Arbitrary<TrainerOptions> = fc.record({
  architecture,
  settings: fc.record({
    batchSize: fc.integer({ min: 1, max: 26 }),
    learningRate: fc.constantFrom(0.001, 0.05, 1e4),
    schedule: fc.constantFrom(...schedules),
    optimiser: fc.constantFrom(...optimisers),
    l2: fc.constantFrom(0, 0.01),
    initialisation: fc.constantFrom(...initialisations),
  }),
  examples: fc.constant(examples),
  key: fc.integer().map((seed) => root(seed)),
  operations: fc.constantFrom(float64Operations, float32Operations),
});

describe("A training that was saved and loaded is the training that was not", () => {
  it.each(optimisers)("over 9 of 27 epochs, with %j", (optimiser) => {
    for (const operations of [float64Operations, float32Operations]) {
      const options: TrainerOptions = {
        architecture: { inputs: 3, hidden: [6, 4], outputs: 2, dropout: 0.2 },
        settings: { batchSize: 8, learningRate: 0.01, optimiser, schedule: { name: "cosine", horizon: 81 }, l2: 1e-3 },
        examples,
        key: root(5),
        operations,
      };
      const straight = trained(createTrainer(options), 27);
      const resumed = createTrainer(options);
      resumed.load(trained(createTrainer(options), 9).save());
      expect(resumed.epochs).toBe(9);
      expect(trained(resumed, 27).save()).toEqual(straight.save());
      expect(resumed.evaluate(examples)).toEqual(straight.evaluate(examples));
    }
  });

  it("to the bit, after any number of steps and under any options, whatever was looked at meanwhile", () => {
    fc.assert(
      fc.property(training, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 30 }), (options, before, after) => {
        const straight = createTrainer(options);
        for (let step = 0; step < before; step++) straight.step();
        const resumed = createTrainer(options);
        resumed.step();
        resumed.load(straight.save());
        expect(resumed.save()).toEqual(straight.save());
        for (let step = 0; step < after; step++) {
          expect(resumed.step()).toBe(straight.step());
          straight.evaluate(examples);
        }
        expect(resumed.save()).toEqual(straight.save());
        expect(resumed.epoch()).toEqual(straight.epoch());
        expect(resumed.diverged).toEqual(straight.diverged);
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  it("in WebAssembly and out of it alike", () => {
    fc.assert(
      fc.property(training, fc.integer({ min: 0, max: 20 }), (options, steps) => {
        const kernels = createTrainer({ ...options, operations: float32Operations });
        const plain = createTrainer({ ...options, operations: fallback });
        for (let step = 0; step < steps; step++) expect(plain.step()).toBe(kernels.step());
        expect(plain.save()).toEqual(kernels.save());
        const crossed = createTrainer({ ...options, operations: fallback });
        crossed.load(kernels.save());
        expect(crossed.epoch()).toEqual(kernels.epoch());
        expect(crossed.save()).toEqual(kernels.save());
        expect(crossed.evaluate(examples)).toEqual(kernels.evaluate(examples));
      }),
      { numRuns: 60, seed: 12 },
    );
  });
});

it("The loss of an epoch is the same whether 9, 27 or 81 epochs are paid for, at once or rung by rung", () => {
  for (const schedule of schedules) {
    const options: TrainerOptions = {
      architecture: { inputs: 3, hidden: [4], outputs: 2 },
      settings: { batchSize: 7, learningRate: 0.02, schedule },
      examples,
      key: root(3),
    };
    const curve = (rungs: readonly number[]): readonly number[] => {
      let checkpoint: Uint8Array | null = null;
      return rungs.flatMap((rung) => {
        const trainer = createTrainer(options);
        if (checkpoint) trainer.load(checkpoint);
        const losses: number[] = [];
        while (trainer.epochs < rung) {
          const report = trainer.epoch();
          losses.push(report.diverged ? NaN : report.loss);
        }
        checkpoint = trainer.save();
        return losses;
      });
    };
    const longest = curve([81]);
    expect(longest.every(Number.isFinite)).toBe(true);
    expect(curve([9])).toEqual(longest.slice(0, 9));
    expect(curve([27])).toEqual(longest.slice(0, 27));
    expect(curve([1, 3, 9, 27, 81])).toEqual(longest);
  }
});

it("Another key is another training, in weights, order and masks", () => {
  const make = (seed: number): Trainer =>
    createTrainer({
      architecture: { inputs: 3, hidden: [4], outputs: 2, dropout: 0.3 },
      settings: { batchSize: 5 },
      examples,
      key: root(seed),
    });
  const [a, b] = [make(1), make(2)];
  expect(a.network.parameters).not.toEqual(b.network.parameters);
  a.network.parameters.set(b.network.parameters);
  a.nextBatch();
  b.nextBatch();
  expect(a.network.inputs).not.toEqual(b.network.inputs);
  a.network.inputs.set(b.network.inputs);
  a.network.targets.set(b.network.targets);
  expect(a.gradient(5)).not.toBe(b.gradient(5));
});

function trained(trainer: Trainer, epochs: number): Trainer {
  while (trainer.epochs < epochs) trainer.epoch();
  return trainer;
}
