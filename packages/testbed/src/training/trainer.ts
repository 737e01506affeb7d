/**
 * Training by mini-batches. The state after a number of steps depends on examples, settings and key alone: the order of an epoch,
 * dropout masks and the learning rate are keyed by epoch and step. A run that was saved and loaded therefore equals one that was not, to
 * the bit. A network that diverges is a result, not an error: from then on the trainer says so and trains no further.
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

export type TrainerOptions = {
  readonly architecture: ArchitectureOptions;
  /** Each setting that is left out has its default, see `SettingsOptions`. */
  readonly settings?: SettingsOptions;
  /** What it is trained on. Read whenever needed, so they must stay as they are. */
  readonly examples: Examples;
  readonly key: Key;
  /** The arithmetic: `float32Operations` by default, `float64Operations` for gradient checks. */
  readonly operations?: Operations;
};

export type EpochReport =
  | {
      readonly diverged: false;
      /** Epochs trained, this one included. */
      readonly epoch: number;
      /** Mean loss of the epoch's examples, each under the parameters of its step, without the penalty of L2. */
      readonly loss: number;
      readonly learningRate: number;
      /** Mini-batches of one example: their variance is 0, so that batch norm passes on beta alone, whatever the example. */
      readonly batchesOfOne: number;
      /** Of the epoch's matrix products. */
      readonly flops: number;
    }
  | Diverged;

/** A loss or a parameter that is not finite came up in this epoch, counted from 1. */
export type Diverged = { readonly diverged: true; readonly epoch: number };

export type Trainer = {
  readonly architecture: Architecture;
  readonly settings: TrainingSettings;
  readonly examples: Examples;
  /** Its parameters, gradients and what the latest batch left in each layer; parameters may be written between steps. */
  readonly network: Network;
  /** Epochs completed. */
  readonly epochs: number;
  /** Steps taken, over all epochs. */
  readonly steps: number;
  readonly diverged: Diverged | null;
  /** The rate of the next step. */
  learningRate(): number;
  /** Trains to the end of the present epoch. */
  epoch(): EpochReport;
  /**
   * One mini-batch. Its mean loss before the update, without the penalty of L2; not finite if training diverged, and then nothing was
   * updated.
   */
  step(): number;
  /** Loads the mini-batch of the next step into the network and says how many rows it has. The step is not taken. */
  nextBatch(): number;
  /**
   * The loss of the first m rows in the network, and in `network.gradient` its gradient with that of L2, under the next step's dropout
   * masks. Nothing else changes.
   */
  gradient(m: number): number;
  /** Loss and accuracy with population statistics and without dropout. The network's batch is overwritten. */
  evaluate(examples: Examples): Evaluation;
  /** The whole state. */
  save(): Uint8Array;
  /** Back to a state saved by a trainer of the same options. Throws ProtocolError or ConfigError and changes nothing otherwise. */
  load(checkpoint: Uint8Array): void;
  /**
   * Continues from a checkpoint written at the end of an epoch under other settings: learning rate, regularisation, batch size, data. The
   * network and the kind of optimiser must be the same. Throws ProtocolError or ConfigError and changes nothing otherwise.
   */
  adopt(checkpoint: Uint8Array): void;
};

/** A network with fresh parameters and what trains it. Throws ConfigError for options no training can be made of. */
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
