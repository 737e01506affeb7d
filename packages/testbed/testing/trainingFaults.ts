/**
 * Row F5 of the fault matrix: trainings over awkward data, each held to what it promises. A case is a function of its number.
 *
 * Oracles: central differences for gradients (1e-6), two naive passes over each column for the batch's moments and the recurrence of the
 * library the convention is named after for running statistics, and the same training without the interruption for checkpoints and
 * evaluations (to the bit).
 */
import { derive, root, type Stream, stream } from "@caviar-hpo/core";
import { float32Operations, float64Operations, type Numbers } from "@caviar-hpo/numerics/network";
import { expect } from "vitest";
import { type ArchitectureOptions, activations } from "../src/network/architecture.ts";
import { initialisations } from "../src/network/initialise.ts";
import type { OptimiserOptions } from "../src/optimiser/optimiser.ts";
import type { Examples } from "../src/training/examples.ts";
import { createTrainer, type Trainer, type TrainerOptions } from "../src/training/trainer.ts";
import { gradientError } from "./gradientError.ts";
import { smallExamples } from "./smallTraining.ts";

export const faultKinds = [
  "batch of one",
  "constant features",
  "variance 0",
  "variance 1e-30",
  "variance 1e30",
  "NaN input",
  "infinite input",
  "exploding rate",
  "train and evaluation in turns",
  "checkpoint at every step",
] as const;

type FaultKind = (typeof faultKinds)[number];
type TrainingFault = { readonly kind: FaultKind; readonly options: TrainerOptions };

/** Checks the cases of one kind among the first `count`; an error names its case. */
export function checkTrainings(kind: FaultKind, count: number): void {
  for (let number = 0; number < count; number++) {
    const fault = trainingFault(number);
    if (fault.kind !== kind) continue;
    try {
      checkTraining(fault);
    } catch (error) {
      throw new Error(`training fault ${number}`, { cause: error });
    }
  }
}

function trainingFault(number: number): TrainingFault {
  const kind = faultKinds[number % faultKinds.length]!;
  const source = stream(derive(root("training faults"), number));
  const pick = <T>(values: readonly T[]): T => values[source.integer(values.length)]!;
  const [d, outputs, n] = [1 + source.integer(4), 2 + source.integer(2), 9 + source.integer(20)];
  // The scales of 1e-15 and 1e15 are about batch norm: without it there is nothing that undoes them.
  const scaled = kind === "variance 1e-30" || kind === "variance 1e30";
  const normalised = kind.startsWith("variance") || kind === "batch of one" || source.uniform() < 0.7;
  const architecture: ArchitectureOptions = {
    inputs: d,
    hidden: Array.from({ length: scaled ? 1 : 1 + source.integer(2) }, () => 1 + source.integer(5)),
    outputs,
    activation: pick(activations),
    batchNorm: normalised && {
      convention: pick(["keras", "pytorch"] as const),
      decay: pick([0, 0.9, 0.99]),
      populationStatistics: pick(["recomputed", "biasCorrected", "raw"] as const),
      // Without an epsilon the only scale that is not undone is 0, which a batch of one or a second layer's dead unit would have.
      ...(scaled ? { epsilon: 0 } : {}),
    },
    dropout: pick([0, 0, 0.3]),
    loss: pick(["softmaxCrossEntropy", "squaredError"] as const),
  };
  return {
    kind,
    options: {
      architecture,
      settings: {
        batchSize: kind === "batch of one" ? pick([1, n - 1]) : scaled ? n : 3 + source.integer(n),
        learningRate: kind === "exploding rate" ? pick([1e3, 1e10, 1e30, 1e300]) : 0.01,
        optimiser: pick<OptimiserOptions>([{ name: "sgd" }, { name: "momentum" }, { name: "rmsProp" }, { name: "adam" }]),
        l2: pick([0, 0.01]),
        initialisation: pick(initialisations),
      },
      examples: awkward(kind, smallExamples(n, d, outputs, number), source),
      key: root(number),
      operations: pick([float64Operations, float32Operations]),
    },
  };
}

function awkward(kind: FaultKind, examples: Examples, source: Stream): Examples {
  const inputs = Float64Array.from(examples.inputs);
  const { n, d } = examples;
  const map = (change: (value: number, column: number) => number): void => {
    inputs.forEach((value, index) => {
      inputs[index] = change(value, index % d);
    });
  };
  if (kind === "constant features") map((value, column) => (column === 0 ? 3 : value));
  if (kind === "variance 0") map((_, column) => column + 1);
  if (kind === "variance 1e-30") map((value) => 1e-15 * value);
  if (kind === "variance 1e30") map((value) => 1e15 * value);
  if (kind === "NaN input") inputs[source.integer(n * d)] = NaN;
  if (kind === "infinite input") inputs[source.integer(n * d)] = Infinity;
  return { ...examples, inputs };
}

/** Throws what vitest throws where a promise is broken. */
function checkTraining({ kind, options }: TrainingFault): void {
  const trainer = createTrainer(options);
  if (kind === "NaN input" || kind === "infinite input") checkHopeless(kind, trainer, options);
  else if (kind === "exploding rate") checkExploding(trainer, options);
  else {
    if (kind === "variance 0" || kind === "constant features") shiftBeta(trainer);
    checkNormalised(kind, trainer);
    if (options.operations === float64Operations) checkGradient(trainer);
    checkRunning(trainer);
    checkBatchesOfOne(trainer);
    checkInterrupted(options);
  }
}

/**
 * Diverged in the first epoch; a loss that is NaN updates nothing, while infinity can hide behind an activation's bound, and both behind
 * dropout.
 */
function checkHopeless(kind: FaultKind, trainer: Trainer, options: TrainerOptions): void {
  expect(trainer.epoch()).toEqual({ diverged: true, epoch: 1 });
  if (kind === "NaN input" && options.architecture.dropout === 0)
    expect(trainer.network.parameters.every((value) => Number.isFinite(value))).toBe(true);
  checkStaysDiverged(trainer, options);
}

/** Every epoch is finite or says that it diverged. */
function checkExploding(trainer: Trainer, options: TrainerOptions): void {
  for (let epoch = 1; epoch <= 4; epoch++) {
    const report = trainer.epoch();
    const { accuracy } = trainer.evaluate(options.examples);
    expect(accuracy === null || (accuracy >= 0 && accuracy <= 1)).toBe(true);
    expect(report.epoch).toBe(epoch);
    if (report.diverged) {
      checkStaysDiverged(trainer, options);
      return;
    }
    expect(Number.isFinite(report.loss)).toBe(true);
    expect(trainer.network.parameters.every((value) => Number.isFinite(value))).toBe(true);
  }
}

function checkStaysDiverged(trainer: Trainer, options: TrainerOptions): void {
  const { diverged } = trainer;
  const saved = trainer.save();
  expect(trainer.epoch()).toEqual(diverged);
  expect(trainer.step()).toBeNaN();
  expect(trainer.save()).toEqual(saved);
  const loaded = createTrainer(options);
  loaded.load(saved);
  expect(loaded.diverged).toEqual(diverged);
  expect(loaded.save()).toEqual(saved);
  loaded.evaluate(options.examples);
}

/** Where every value of a column is the same, a rectifier would sit on its kink. */
function shiftBeta({ network }: Trainer): void {
  for (const { batchNorm } of network.hidden) batchNorm?.beta.fill(0.4);
}

/** The first layer's xHat has mean 0, and variance 1 where the column's variance outweighs epsilon, 0 where there is none. */
function checkNormalised(kind: FaultKind, trainer: Trainer): void {
  const m = trainer.nextBatch();
  expect(Number.isFinite(trainer.gradient(m))).toBe(true);
  expect(trainer.network.gradient.every((value) => Number.isFinite(value))).toBe(true);
  const { batchNorm } = trainer.network.hidden[0]!;
  if (!batchNorm) return;
  const precision = trainer.network.operations.precision === "float64" ? 1e-7 : 1e-2;
  for (let unit = 0; unit < batchNorm.units; unit++) {
    const { mean, variance } = momentsOf(batchNorm.xHat, unit, m, batchNorm.units);
    expect(Math.abs(mean)).toBeLessThan(precision);
    if (kind === "variance 0" || m === 1) expect(variance).toBeLessThan(precision);
    else if (kind === "variance 1e-30" || kind === "variance 1e30") expect(Math.abs(variance - 1)).toBeLessThan(precision);
    else expect(variance).toBeLessThan(1 + precision);
  }
}

function checkGradient(trainer: Trainer): void {
  const m = trainer.nextBatch();
  // Two rows are normalised to 1 and -1 whatever they are; of one row nothing is left. Both have gradients of nothing but rounding.
  if (m < 3) return;
  const { relative, compared } = gradientError(trainer.network, m, 0.01);
  expect(relative).toBeLessThan(1e-6);
  expect(compared).toBeGreaterThan(0);
}

/** Running sums follow the batch's moments, step by step, and read raw they are the library's. */
function checkRunning(trainer: Trainer): void {
  const { network } = trainer;
  const expected = network.hidden.map(({ dense }) => Array.from({ length: dense.units }, () => ({ mean: 0, variance: 1 })));
  for (let step = 1; step <= 5; step++) {
    const m = trainer.nextBatch();
    trainer.step();
    network.hidden.forEach(({ batchNorm, linear, dense }, layer) => {
      if (!batchNorm) return;
      const { decay, convention } = batchNorm.settings;
      for (let unit = 0; unit < dense.units; unit++) {
        const { mean, variance } = momentsOf(linear, unit, m, dense.units);
        const size = Math.max(...Array.from({ length: m }, (_, row) => Math.abs(linear[row * dense.units + unit]!)));
        const tolerance = network.operations.precision === "float64" ? 1e-12 : 1e-5;
        expect(Math.abs(batchNorm.mean[unit]! - mean)).toBeLessThanOrEqual(tolerance * size);
        expect(Math.abs(batchNorm.variance[unit]! - variance)).toBeLessThanOrEqual(tolerance * size * size);
        const kept = expected[layer]![unit]!;
        const stored = convention === "pytorch" && m > 1 ? batchNorm.variance[unit]! * (m / (m - 1)) : batchNorm.variance[unit]!;
        kept.mean = decay * kept.mean + (1 - decay) * batchNorm.mean[unit]!;
        kept.variance = decay * kept.variance + (1 - decay) * stored;
        expect(batchNorm.running.mean[unit]).toBe(kept.mean);
        const raw = batchNorm.running.variance[unit]! + decay ** step;
        expect(Math.abs(raw - kept.variance)).toBeLessThanOrEqual(1e-14 * Math.max(1, kept.variance));
      }
    });
  }
  expect(trainer.steps).toBe(5);
}

/** Saved and loaded, and evaluated, before every step, a training is what it would have been. */
function checkInterrupted(options: TrainerOptions): void {
  const straight = createTrainer(options);
  let interrupted = createTrainer(options);
  for (let step = 0; step < 6; step++) {
    const checkpoint = interrupted.save();
    const evaluation = interrupted.evaluate(options.examples);
    expect(interrupted.evaluate(options.examples)).toEqual(evaluation);
    expect(interrupted.save()).toEqual(checkpoint);
    interrupted = createTrainer(options);
    interrupted.load(checkpoint);
    expect(interrupted.evaluate(options.examples)).toEqual(evaluation);
    expect(interrupted.step()).toBe(straight.step());
  }
  expect(interrupted.save()).toEqual(straight.save());
}

function checkBatchesOfOne(trainer: Trainer): void {
  const { n } = trainer.examples;
  trainer.epoch();
  const size = Math.min(trainer.settings.batchSize, n);
  const report = trainer.epoch();
  expect(report).toMatchObject({ diverged: false, batchesOfOne: size === 1 ? n : n % size === 1 ? 1 : 0 });
}

function momentsOf(x: Numbers, column: number, m: number, n: number): { readonly mean: number; readonly variance: number } {
  let mean = 0;
  for (let row = 0; row < m; row++) mean += x[row * n + column]! / m;
  let variance = 0;
  for (let row = 0; row < m; row++) variance += (x[row * n + column]! - mean) ** 2 / m;
  return { mean, variance };
}
