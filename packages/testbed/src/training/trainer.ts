/**
 * Training by mini-batches. The state after a number of steps is a function of examples, settings and key alone: the order of an epoch,
 * dropout masks and the learning rate are addressed by epoch and step, so that a run that was saved and loaded is the run that was not,
 * to the bit. That a network diverges is a result, not an error: from then on it says so and trains no further.
 */
import type { Key } from "@caviar-hpo/core";
import { float32Operations, type Numbers, type Operations } from "@caviar-hpo/numerics";
import { checkKey, refuse } from "../check.ts";
import { updateRunning } from "../layers/runningStatistics.ts";
import { type Architecture, type ArchitectureOptions, completeArchitecture } from "../network/architecture.ts";
import { trainingFlops } from "../network/flops.ts";
import { initialise } from "../network/initialise.ts";
import { addL2, createNetwork, lossAndGradient, type Network } from "../network/network.ts";
import { descend, slotCount } from "../optimiser/optimiser.ts";
import { scheduleFactor } from "../optimiser/schedule.ts";
import { loadBatch } from "./batch.ts";
import { type CheckpointContent, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { type Examples, targetsOf } from "./examples.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { epochOrder } from "./order.ts";
import { partSize } from "./population.ts";
import { beginning, countersOf, progressOf } from "./progress.ts";
import { completeSettings, type Settings, type SettingsOptions } from "./settings.ts";

export type TrainerOptions = {
  readonly architecture: ArchitectureOptions;
  readonly settings?: SettingsOptions;
  /** What it is trained on. Read whenever needed, so they must stay as they are. */
  readonly examples: Examples;
  readonly key: Key;
  /** The arithmetic: `float32Operations` unless said otherwise, `float64Operations` for gradient checks. */
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
  readonly settings: Settings;
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
  /** One mini-batch. Its mean loss before the update, without the penalty of L2; not finite if training diverged, and then nothing was updated. */
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
   * Goes on from a checkpoint written at the end of an epoch under other settings: learning rate, regularisation, batch size, data. The
   * network and the kind of optimiser must be the same. Throws ProtocolError or ConfigError and changes nothing otherwise.
   */
  adopt(checkpoint: Uint8Array): void;
};

/** A network with fresh parameters and what trains it. Throws ConfigError for options no training can be made of. */
export function createTrainer(options: TrainerOptions): Trainer {
  const { examples, operations = float32Operations } = options;
  const key = checkKey("a trainer", options.key);
  const architecture = completeArchitecture(options.architecture);
  const settings = completeSettings(options.settings ?? {});
  const { optimiser, schedule, l2 } = settings;
  const targets = targetsOf(examples, architecture);
  const { n } = examples;
  const batchSize = Math.min(settings.batchSize, n);
  const network = createNetwork(architecture, operations, Math.max(batchSize, partSize), slotCount(optimiser), key);
  const { parameters, slots, hidden } = network;
  initialise(parameters, network.layout, settings.initialisation, key);
  const flops = n * trainingFlops(architecture);
  const fingerprints = fingerprintsOf(architecture, settings, operations.precision, [examples.inputs, targets], key);
  const running = hidden.flatMap(({ batchNorm }) => (batchNorm ? [batchNorm.running.mean, batchNorm.running.variance] : []));

  let progress = beginning();
  let latest = { loss: Number.NaN, batchesOfOne: 0 };
  let order = epochOrder(key, 0, n);
  let orderedEpoch = 0;

  const learningRate = (): number => settings.learningRate * scheduleFactor(schedule, progress.epochs);
  const divergence = (): Diverged | null => (progress.diverged ? { diverged: true, epoch: progress.epochs + 1 } : null);
  const content = (): CheckpointContent => ({ fingerprints, counters: countersOf(progress), arrays: [parameters, ...slots, ...running] });

  function nextBatch(): number {
    if (orderedEpoch !== progress.epochs) {
      order = epochOrder(key, progress.epochs, n);
      orderedEpoch = progress.epochs;
    }
    const from = progress.batch * batchSize;
    const m = Math.min(batchSize, n - from);
    loadBatch(network, examples, targets, order, from, m);
    return m;
  }

  function gradient(m: number): number {
    const loss = lossAndGradient(network, m, progress.steps);
    addL2(network, l2);
    return loss;
  }

  function step(): number {
    if (progress.diverged) return Number.NaN;
    const m = nextBatch();
    const loss = gradient(m);
    if (Number.isFinite(loss)) update(loss, m);
    else progress.diverged = true;
    return loss;
  }

  function update(loss: number, m: number): void {
    descend(operations, optimiser, parameters, network.gradient, slots, learningRate(), progress.steps + 1);
    for (const { batchNorm } of hidden)
      if (batchNorm) updateRunning(batchNorm.running, batchNorm.settings, batchNorm.mean, batchNorm.variance, m);
    progress.steps += 1;
    progress.batch += 1;
    progress.lossSum += loss * m;
    if (m === 1) progress.batchesOfOne += 1;
    if (progress.batch * batchSize >= n) endEpoch();
  }

  function endEpoch(): void {
    progress.batch = 0;
    if (!allFinite(parameters)) {
      progress.diverged = true;
      return;
    }
    latest = { loss: progress.lossSum / n, batchesOfOne: progress.batchesOfOne };
    progress.epochs += 1;
    progress.lossSum = 0;
    progress.batchesOfOne = 0;
  }

  function epoch(): EpochReport {
    const before = progress.epochs;
    const rate = learningRate();
    while (progress.epochs === before && !progress.diverged) step();
    return divergence() ?? { diverged: false, epoch: progress.epochs, ...latest, learningRate: rate, flops };
  }

  function load(bytes: Uint8Array): void {
    const checkpoint = readCheckpoint(bytes, content());
    if (!checkpoint.sameSettings)
      refuse(
        "otherSettings",
        "checkpoint",
        "the same architecture, settings, examples and key",
        "a checkpoint of others",
        "Adopt it to go on under other settings.",
      );
    progress = progressOf(checkpoint.counters);
    checkpoint.restore();
  }

  function adopt(bytes: Uint8Array): void {
    const checkpoint = readCheckpoint(bytes, content());
    const adopted = progressOf(checkpoint.counters);
    if (adopted.batch !== 0)
      refuse(
        "withinAnEpoch",
        "checkpoint to adopt",
        "the end of an epoch",
        `${adopted.batch} batches into one`,
        "Save it after `epoch()`.",
      );
    progress = adopted;
    checkpoint.restore();
  }

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
      return divergence();
    },
    learningRate,
    epoch,
    step,
    nextBatch,
    gradient,
    evaluate: (split) => evaluate(network, split, examples, progress.steps),
    save: () => writeCheckpoint(content()),
    load,
    adopt,
  };
}

function allFinite(numbers: Numbers): boolean {
  for (let index = 0; index < numbers.length; index += 1) if (!Number.isFinite(numbers[index])) return false;
  return true;
}
