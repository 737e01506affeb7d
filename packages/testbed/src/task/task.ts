/**
 * A tuning task: a space of configurations, data, the shortest and longest training in epochs, and a recipe. The recipe says which network
 * a configuration stands for and how it is trained. It may set any part of training: not only the learning rate, but also the mini-batch
 * size and the preprocessing of inputs. A task has the problem that strategies see, and makes the trainings that are measured.
 */
import {
  type Config,
  ConfigError,
  type ConfigOf,
  checkConfig,
  createSpace,
  derive,
  type Fidelity,
  type Key,
  type Problem,
  type Shape,
} from "@caviar-hpo/core";
import { anything, type Decoder, func, object, optionsRoot, reject, string } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { checkFields, checkName, checkWhole } from "../check.ts";
import type { Dataset } from "../data/dataset.ts";
import { type NormalisationKind, normaliseSplit } from "../data/normalise.ts";
import type { Split } from "../data/split.ts";
import { type ArchitectureOptions, completeArchitecture } from "../network/architecture.ts";
import { trainingFlops } from "../network/flops.ts";
import type { SettingsOptions } from "../training/settings.ts";
import { createTrainer, type Trainer } from "../training/trainer.ts";

/** The network and the training that a configuration stands for. */
export type Recipe = {
  /** The architecture. Inputs, outputs and loss are those of the data. */
  readonly network: Omit<ArchitectureOptions, "inputs" | "outputs" | "loss">;
  readonly training?: SettingsOptions;
  /** How inputs are normalised, with a normalisation that is computed from the training rows alone. "none" by default. */
  readonly preprocessing?: NormalisationKind;
};

/** "error": the share of rows that are put into a wrong class. "loss": the mean loss without penalties. Both are minimised. */
export type Metric = "error" | "loss";

/** What a task is made of. */
export type TaskOptions<S extends Shape> = {
  readonly name: string;
  readonly space: S;
  /** The validation rows judge a configuration during tuning. The test rows, which are optional, judge it at the end. */
  readonly data: Split;
  /** The shortest and the longest training that a strategy may ask for: whole numbers, at least 1. */
  readonly epochs: { readonly min: number; readonly max: number };
  /** Must depend only on the configuration. */
  readonly recipe: (config: ConfigOf<S>) => Recipe;
  /** "error" for classes and "loss" for regressions by default. */
  readonly metric?: Metric;
};

/** A tuning task. */
export type Task<S extends Shape = Shape> = {
  readonly name: string;
  readonly space: S;
  /** The range of epochs. */
  readonly fidelity: Fidelity;
  /** One objective, which is the metric on the validation rows. A paused training can continue. */
  readonly problem: Problem;
  readonly data: Split;
  readonly metric: Metric;
  /**
   * Starts a training of a configuration. `key` and the configuration determine initial weights, the order of the examples, and dropout. So
   * the same key and configuration always give the same training.
   *
   * @throws ConfigError for a configuration that is not in the space, and for a recipe that does not make a network.
   */
  train(config: ConfigOf<S>, key: Key): Training;
  /** The additions and multiplications in the matrix products of one epoch. Throws ConfigError as `train` does. */
  epochFlops(config: ConfigOf<S>): number;
};

/** A configuration in training. */
export type Training = {
  /** The network and its state, for instruments and checkpoints. */
  readonly trainer: Trainer;
  /** Trains until this many epochs are completed. false if training diverged before. */
  advance(epochs: number): boolean;
  /** The metric on the validation rows now. null if training has diverged, or if the value would not be finite. */
  validate(): number | null;
  /** The metric on the test rows. Only a final report should ask for it. Throws ConfigError if the task has no test rows. */
  test(): number | null;
};

/**
 * Makes a task.
 *
 * @throws SpaceError or ConfigError if the space, the data, the epochs or the metric do not make a task.
 */
export function createTask<const S extends Shape>(options: TaskOptions<S>): Task<S> {
  const {
    name,
    space,
    data,
    epochs,
    recipe,
    metric: wanted,
  } = readTaskOptions(options, optionsRoot("createTask")) as unknown as TaskOptions<S>;
  const { train, test } = data;
  const metric = checkName("metric", wanted ?? (train.kind === "classification" ? "error" : "loss"), ["error", "loss"]);
  if (metric === "error" && train.kind !== "classification") noClasses(train);
  checkWhole("shortest training", epochs.min, 1, "Train for at least one epoch.");
  checkWhole("longest training", epochs.max, epochs.min, "Pass at least the shortest training.");
  const problem: Problem = {
    space: createSpace(space),
    objectives: [{ name: `validation ${metric}`, goal: "minimize" }],
    constraints: [],
    fidelity: { unit: "epochs", min: epochs.min, max: epochs.max, whole: true },
    resumable: true,
  };
  const preprocessed = new Map<NormalisationKind, Split>();
  const dataFor = (kind: NormalisationKind): Split => {
    const parts = preprocessed.get(kind) ?? (kind === "none" ? data : normaliseSplit(data, kind));
    preprocessed.set(kind, parts);
    return parts;
  };
  const recipeOf = (config: Config): Recipe => {
    const made = recipe(config as ConfigOf<S>);
    checkFields(`a recipe of ${name}`, made, ["network", "training", "preprocessing"]);
    return made;
  };
  const architectureOf = (network: Recipe["network"]): ArchitectureOptions => ({
    ...network,
    inputs: train.d,
    outputs: train.kind === "classification" ? train.classes : train.outputs,
    loss: train.kind === "classification" ? "softmaxCrossEntropy" : "squaredError",
  });

  return {
    name,
    space,
    fidelity: problem.fidelity!,
    problem,
    data,
    metric,
    train: (unchecked, key) => {
      const config = checkConfig(problem.space, unchecked);
      const { network, training = {}, preprocessing = "none" } = recipeOf(config);
      const parts = dataFor(preprocessing);
      const trainer = createTrainer({
        architecture: architectureOf(network),
        settings: training,
        examples: parts.train,
        key: derive(key, "training", textOf(config)),
      });
      const judge = (rows: Dataset): number | null => {
        if (trainer.diverged !== null) return null;
        const { loss, accuracy } = trainer.evaluate(rows);
        if (!Number.isFinite(loss)) return null;
        return metric === "error" ? (rows.n - Math.round(accuracy! * rows.n)) / rows.n : loss;
      };
      return {
        trainer,
        advance: (until) => {
          while (trainer.epochs < until && trainer.diverged === null) trainer.epoch();
          return trainer.diverged === null;
        },
        validate: () => judge(parts.validation),
        test: () => (test.n > 0 ? judge(parts.test) : noTestRows(name)),
      };
    },
    epochFlops: (unchecked) => {
      const { network } = recipeOf(checkConfig(problem.space, unchecked));
      return train.n * trainingFlops(completeArchitecture(architectureOf(network)));
    },
  };
}

/** A checked configuration, whose names stand in the order of the space, as text: one text for each. */
export function textOf(config: Config): string {
  return JSON.stringify(config);
}

function noClasses(train: Dataset): never {
  throw new ConfigError({
    code: "noClasses",
    what: `metric of a task on ${show(train.name)}`,
    expected: "loss",
    got: "the metric error, which needs classes",
    remedy: "Omit the metric.",
  });
}

function noTestRows(name: string): never {
  throw new ConfigError({
    code: "noTestRows",
    what: `test of the task ${show(name)}`,
    expected: "a split with test rows",
    got: "a split without test rows",
    remedy: "Give the number of test rows when you split the data.",
  });
}

const dataset: Decoder<Dataset> = (value, path) =>
  typeof value === "object" && value !== null && "kind" in value ? (value as Dataset) : reject(path, "a dataset", value, "Pass a split.");

const readTaskOptions = object(
  {
    name: string,
    space: anything,
    data: object({ train: dataset, validation: dataset, test: dataset }),
    epochs: object({ min: anything, max: anything }),
    recipe: func<(config: never) => Recipe>,
  },
  { metric: anything },
);
