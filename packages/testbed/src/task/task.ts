/**
 * A tuning task: a space of configurations, data, a recipe that says which network a configuration stands for and how it is trained, and
 * how many epochs that takes at most. From it come the problem that strategies see and the trainings that are measured. What goes into a
 * recipe is any part of training, the mini-batch size and what is done to the inputs beforehand as much as the learning rate.
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
import { anything, object, optionReader } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { checkFields, checkName, checkWhole } from "../check.ts";
import type { Dataset } from "../data/dataset.ts";
import { type NormalisationKind, normaliseSplit } from "../data/normalise.ts";
import type { Split } from "../data/split.ts";
import { type ArchitectureOptions, completeArchitecture } from "../network/architecture.ts";
import { trainingFlops } from "../network/flops.ts";
import type { SettingsOptions } from "../training/settings.ts";
import { createTrainer, type Trainer } from "../training/trainer.ts";

/** What a configuration stands for. */
export type Recipe = {
  /** Inputs, outputs and loss are the data's. */
  readonly network: Omit<ArchitectureOptions, "inputs" | "outputs" | "loss">;
  readonly training?: SettingsOptions;
  /** What is done to the inputs, learnt from the training rows alone; "none" unless said otherwise. */
  readonly preprocessing?: NormalisationKind;
};

/** The share of rows that are put into a wrong class, or the mean loss without penalties. Both are minimised. */
export type Metric = "error" | "loss";

export type TaskOptions<S extends Shape> = {
  readonly name: string;
  readonly space: S;
  /** The validation rows judge a configuration while it is tuned; the test rows, if there are any, judge it in the end. */
  readonly data: Split;
  /** Whole numbers: the shortest and the longest training that a strategy may ask for. */
  readonly epochs: { readonly min: number; readonly max: number };
  /** Must depend on nothing but the configuration. */
  readonly recipe: (config: ConfigOf<S>) => Recipe;
  /** By default "error" for classes and "loss" for regressions. */
  readonly metric?: Metric;
};

export type Task<S extends Shape = Shape> = {
  readonly name: string;
  readonly space: S;
  /** Epochs. */
  readonly fidelity: Fidelity;
  /** One objective, the metric on the validation rows; a paused training can continue. */
  readonly problem: Problem;
  readonly data: Split;
  readonly metric: Metric;
  /**
   * A fresh training of a configuration. Initial weights, the order of each epoch and dropout are keyed by `key` and the configuration: who
   * trains it again takes the same course.
   *
   * @throws ConfigError for a configuration that is not of the space, and a recipe that no network can be made of.
   */
  train(config: ConfigOf<S>, key: Key): Training;
  /** Additions and multiplications of the matrix products of one epoch. @throws ConfigError as `train`. */
  epochFlops(config: ConfigOf<S>): number;
};

/** One configuration in training. */
export type Training = {
  /** The network and its state, for instruments and checkpoints. */
  readonly trainer: Trainer;
  /** Trains until this many epochs are completed; false where it diverged before. */
  advance(epochs: number): boolean;
  /** The metric on the validation rows as things stand; null once training has diverged, or where its value would not be finite. */
  validate(): number | null;
  /** The same on the test rows, which nothing but a final report should ask for. @throws ConfigError where the task has none. */
  test(): number | null;
};

/** @throws SpaceError or ConfigError for a space, data, epochs or a metric that make no task. */
export function createTask<const S extends Shape>(options: TaskOptions<S>): Task<S> {
  const { name, space, data, epochs, recipe, metric: wanted } = readTaskOptions(options as TaskOptions<Shape>) as unknown as TaskOptions<S>;
  const { train, test } = data;
  const metric = checkName("metric", wanted ?? (train.kind === "classification" ? "error" : "loss"), ["error", "loss"]);
  if (metric === "error" && train.kind !== "classification") noClasses(train);
  checkWhole("shortest training", epochs.min, 1, "A training has an epoch at the least.");
  checkWhole("longest training", epochs.max, epochs.min, "It is no shorter than the shortest.");
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

const readTaskOptions = optionReader<TaskOptions<Shape>>("createTask", {
  name: anything,
  space: anything,
  data: anything,
  epochs: object({ min: anything, max: anything }),
  recipe: anything,
  metric: anything,
});
