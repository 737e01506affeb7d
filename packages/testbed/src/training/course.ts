/** The steps of a training by mini-batches: what one is made of, and how each step changes it. */
import type { Key } from "@caviar-hpo/core";
import type { Numbers } from "@caviar-hpo/numerics/network";
import { updateRunning } from "../layers/runningStatistics.ts";
import type { Architecture } from "../network/architecture.ts";
import { addL2, lossAndGradient, type Network } from "../network/network.ts";
import { descend } from "../optimiser/optimiser.ts";
import { scheduleFactor } from "../optimiser/schedule.ts";
import { loadBatch } from "./batch.ts";
import type { Fingerprints } from "./checkpoint.ts";
import type { Examples } from "./examples.ts";
import { epochOrder } from "./order.ts";
import type { TrainingProgress } from "./progress.ts";
import type { TrainingSettings } from "./settings.ts";

/** A training: what it is given, its network, and how far it is. Steps write into `network`, `progress`, `latest` and `order`. */
export type TrainingCourse = {
  readonly architecture: Architecture;
  readonly settings: TrainingSettings;
  readonly examples: Examples;
  /** What the examples are to give: n labels, or n x outputs numbers. */
  readonly targets: ArrayLike<number>;
  readonly key: Key;
  /** Examples of a full mini-batch, no more than there are. */
  readonly batchSize: number;
  readonly network: Network;
  readonly fingerprints: Fingerprints;
  /** Additions and multiplications of the matrix products of one epoch. */
  readonly epochFlops: number;
  readonly progress: TrainingProgress;
  /** Of the epoch completed last; a loss of NaN before the first. */
  latest: { readonly loss: number; readonly batchesOfOne: number };
  /** The rows of the epoch, counted from 0, that was drawn last, in the order of training. */
  order: { readonly epoch: number; readonly rows: Int32Array };
};

/** The rate of the next step. */
export function learningRateOf({ settings, progress }: TrainingCourse): number {
  return settings.learningRate * scheduleFactor(settings.schedule, progress.epochs);
}

/** Takes a step; see `Trainer.step`. */
export function takeStep(course: TrainingCourse): number {
  const { progress } = course;
  if (progress.diverged) return NaN;
  const m = loadNextBatch(course);
  const loss = gradientOf(course, m);
  if (Number.isFinite(loss)) update(course, loss, m);
  else progress.diverged = true;
  return loss;
}

/** Loads the mini-batch of the next step; see `Trainer.nextBatch`. */
export function loadNextBatch(course: TrainingCourse): number {
  const { progress, batchSize, network, examples, targets, key } = course;
  const { n } = examples;
  if (course.order.epoch !== progress.epochs) course.order = { epoch: progress.epochs, rows: epochOrder(key, progress.epochs, n) };
  const from = progress.batch * batchSize;
  const m = Math.min(batchSize, n - from);
  loadBatch(network, examples, targets, course.order.rows, from, m);
  return m;
}

/** The loss of the first m rows in the network, whose gradient is left there; see `Trainer.gradient`. */
export function gradientOf({ network, settings, progress }: TrainingCourse, m: number): number {
  const loss = lossAndGradient(network, m, progress.steps);
  addL2(network, settings.l2);
  return loss;
}

function update(course: TrainingCourse, loss: number, m: number): void {
  const { network, settings, progress, batchSize, examples } = course;
  const { operations, parameters, gradient, slots, hidden } = network;
  descend(operations, settings.optimiser, parameters, gradient, slots, learningRateOf(course), progress.steps + 1);
  for (const { batchNorm } of hidden)
    if (batchNorm) updateRunning(batchNorm.running, batchNorm.settings, batchNorm.mean, batchNorm.variance, m);
  progress.steps++;
  progress.batch++;
  progress.lossSum += loss * m;
  if (m === 1) progress.batchesOfOne++;
  if (progress.batch * batchSize >= examples.n) endEpoch(course);
}

function endEpoch(course: TrainingCourse): void {
  const { progress, network, examples } = course;
  progress.batch = 0;
  if (!allFinite(network.parameters)) {
    progress.diverged = true;
    return;
  }
  course.latest = { loss: progress.lossSum / examples.n, batchesOfOne: progress.batchesOfOne };
  progress.epochs++;
  progress.lossSum = 0;
  progress.batchesOfOne = 0;
}

function allFinite(numbers: Numbers): boolean {
  for (let index = 0; index < numbers.length; index++) if (!Number.isFinite(numbers[index])) return false;
  return true;
}
