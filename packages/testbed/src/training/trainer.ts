/**
 * Training by mini-batches. The state after a number of steps depends only on examples, settings and key: the order of an epoch, the
 * dropout masks and the learning rate are determined by epoch and step. So a run that was saved and loaded equals one that was not, to the
 * bit. A network that diverges is a result, not an error. The trainer then says so and does not train further.
 */
import type { Key } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { float32Operations, type Operations } from "@caviar-hpo/numerics/network";
import { checkKey, refuse } from "../check.ts";
import { type Architecture, type ArchitectureOptions, completeArchitecture } from "../network/architecture.ts";
import { trainingFlops } from "../network/flops.ts";
import { initialise } from "../network/initialise.ts";
import { createNetwork, type Network } from "../network/network.ts";
import { slotCount } from "../optimiser/optimiser.ts";
import { type CheckpointContent, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { gradientOf, learningRateOf, loadNextBatch, type TrainingCourse, takeStep } from "./course.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { type Examples, targetsOf } from "./examples.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { epochOrder } from "./order.ts";
import { partSize } from "./population.ts";
import { beginning, countersOf, progressOf, type TrainingProgress } from "./progress.ts";
import { completeSettings, type SettingsOptions, type TrainingSettings } from "./settings.ts";

/** What a trainer is made of. */
export type TrainerOptions = {
  readonly architecture: ArchitectureOptions;
  /** A setting that is left out has its default, see `SettingsOptions`. */
  readonly settings?: SettingsOptions;
  /** The examples of the training. The trainer reads them whenever it needs them, so do not change them. */
  readonly examples: Examples;
  /** Determines initial weights, the order of examples, and dropout. */
  readonly key: Key;
  /** The arithmetic: `float32Operations` by default, `float64Operations` for gradient checks. */
  readonly operations?: Operations;
};

/** What an epoch of training did. */
export type EpochReport =
  | {
      readonly diverged: false;
      /** How many epochs are trained, including this one. */
      readonly epoch: number;
      /** The mean loss of the epoch's examples, each under the parameters of its step, without the penalty of L2. */
      readonly loss: number;
      readonly learningRate: number;
      /** How many mini-batches had one example. Their variance is 0, so batch norm returns beta for any example. */
      readonly batchesOfOne: number;
      /** The additions and multiplications of the epoch's matrix products. */
      readonly flops: number;
    }
  | Diverged;

/** A loss or a parameter was not finite in this epoch, counted from 1. */
export type Diverged = { readonly diverged: true; readonly epoch: number };

/** A network in training. */
export type Trainer = {
  readonly architecture: Architecture;
  readonly settings: TrainingSettings;
  readonly examples: Examples;
  /** Parameters, gradients, and the results of the latest batch in each layer. You may write to the parameters between steps. */
  readonly network: Network;
  /** Epochs completed. */
  readonly epochs: number;
  /** Steps taken, over all epochs. */
  readonly steps: number;
  readonly diverged: Diverged | null;
  /** The learning rate of the next step. */
  learningRate(): number;
  /** Trains to the end of the current epoch. */
  epoch(): EpochReport;
  /**
   * Trains on one mini-batch, and returns its mean loss before the update, without the penalty of L2. If training diverges, the result is
   * not finite, and nothing is updated.
   */
  step(): number;
  /** Loads the mini-batch of the next step into the network, and returns its number of rows. It does not make the step. */
  nextBatch(): number;
  /**
   * The loss of the first m rows in the network. Writes its gradient, with that of L2, to `network.gradient`. It uses the dropout masks of
   * the next step. Nothing else changes.
   */
  gradient(m: number): number;
  /** Loss and accuracy with population statistics and without dropout. Overwrites the batch of the network. */
  evaluate(examples: Examples): Evaluation;
  /** The complete state, for `load` and `adopt`. */
  save(): Uint8Array;
  /**
   * Restores a state that a trainer with the same options has saved. Otherwise it throws ProtocolError or ConfigError, and changes nothing.
   */
  load(checkpoint: Uint8Array): void;
  /**
   * Continues from a checkpoint with other settings: learning rate, regularisation, batch size or data. The checkpoint must have been
   * written at the end of an epoch. The network and the kind of optimiser must be the same. Otherwise it throws ProtocolError or
   * ConfigError, and changes nothing.
   */
  adopt(checkpoint: Uint8Array): void;
};

/**
 * Makes a network with new parameters, and its trainer.
 *
 * @throws ConfigError for options that do not make a training.
 */
export function createTrainer(options: TrainerOptions): Trainer {
  const course = begin(readTrainerOptions(options));
  const { architecture, settings, examples, network, progress } = course;
  return {
    architecture,
    settings,
    examples,
    network,
    get epochs() {
      return progress.epochs;
    },
    get steps() {
      return progress.steps;
    },
    get diverged() {
      return divergenceOf(progress);
    },
    learningRate: () => learningRateOf(course),
    epoch: () => trainEpoch(course),
    step: () => takeStep(course),
    nextBatch: () => loadNextBatch(course),
    gradient: (m) => gradientOf(course, m),
    evaluate: (split) => evaluate(network, split, examples, progress.steps),
    save: () => writeCheckpoint(contentOf(course)),
    load: (checkpoint) => load(course, checkpoint),
    adopt: (checkpoint) => adopt(course, checkpoint),
  };
}

function begin({ examples, operations = float32Operations, ...options }: TrainerOptions): TrainingCourse {
  const key = checkKey("a trainer", options.key);
  const architecture = completeArchitecture(options.architecture);
  const settings = completeSettings(options.settings ?? {});
  const targets = targetsOf(examples, architecture);
  const batchSize = Math.min(settings.batchSize, examples.n);
  const network = createNetwork(architecture, operations, Math.max(batchSize, partSize), slotCount(settings.optimiser), key);
  initialise(network.parameters, network.layout, settings.initialisation, key);
  return {
    architecture,
    settings,
    examples,
    targets,
    key,
    batchSize,
    network,
    fingerprints: fingerprintsOf(architecture, settings, operations.precision, [examples.inputs, targets], key),
    epochFlops: examples.n * trainingFlops(architecture),
    progress: beginning(),
    latest: { loss: NaN, batchesOfOne: 0 },
    order: { epoch: 0, rows: epochOrder(key, 0, examples.n) },
  };
}

function divergenceOf({ diverged, epochs }: TrainingProgress): Diverged | null {
  return diverged ? { diverged: true, epoch: epochs + 1 } : null;
}

function trainEpoch(course: TrainingCourse): EpochReport {
  const { progress, epochFlops } = course;
  const before = progress.epochs;
  const learningRate = learningRateOf(course);
  while (progress.epochs === before && !progress.diverged) takeStep(course);
  return divergenceOf(progress) ?? { diverged: false, epoch: progress.epochs, ...course.latest, learningRate, flops: epochFlops };
}

/** What a checkpoint of the course holds, and what one is read into. */
function contentOf({ fingerprints, progress, network }: TrainingCourse): CheckpointContent {
  const { parameters, slots, hidden } = network;
  const running = hidden.flatMap(({ batchNorm }) => (batchNorm ? [batchNorm.running.mean, batchNorm.running.variance] : []));
  return { fingerprints, counters: countersOf(progress), arrays: [parameters, ...slots, ...running] };
}

function load(course: TrainingCourse, bytes: Uint8Array): void {
  const checkpoint = readCheckpoint(bytes, contentOf(course));
  if (!checkpoint.sameSettings)
    refuse(
      "otherSettings",
      "checkpoint",
      "the same architecture, settings, examples and key",
      "a checkpoint of others",
      "Adopt the checkpoint to continue with other settings.",
    );
  Object.assign(course.progress, progressOf(checkpoint.counters));
  checkpoint.restore();
}

function adopt(course: TrainingCourse, bytes: Uint8Array): void {
  const checkpoint = readCheckpoint(bytes, contentOf(course));
  const adopted = progressOf(checkpoint.counters);
  if (adopted.batch !== 0)
    refuse(
      "withinAnEpoch",
      "checkpoint to adopt",
      "the end of an epoch",
      `${adopted.batch} batches after the start of an epoch`,
      "Save the checkpoint after `epoch()`.",
    );
  Object.assign(course.progress, adopted);
  checkpoint.restore();
}

const readTrainerOptions = optionReader<TrainerOptions>("createTrainer", {
  architecture: anything,
  settings: anything,
  examples: anything,
  key: anything,
  operations: anything,
});
