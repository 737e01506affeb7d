/**
 * The hyperparameters of the deep-learning course that Caviar grew from (Ng, Katanforoosh and Mourri, *Improving deep neural networks*,
 * 2017), in the order of importance that the course gives: first the learning rate; then momentum, the mini-batch size and the hidden
 * units; then the number of layers and the learning-rate decay. The scales are those of the course: logarithmic for the learning rate and
 * for 1 - beta, linear for hidden units and layers. Batch norm is on or off.
 */
import { type Choice, type ConfigOf, choice, type Int, int, type Real, real } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import type { Split } from "../data/split.ts";
import type { OptimiserOptions } from "../optimiser/optimiser.ts";
import { createTask, type Recipe, type Task } from "./task.ts";

export type CourseSpace = {
  readonly learningRate: Real;
  /** beta of v = beta v + (1 - beta) g. */
  readonly momentum: Real;
  readonly batchSize: Int;
  readonly hiddenUnits: Int;
  /** Hidden layers, all of the same width. */
  readonly layers: Int;
  /** Of the learning rate: alpha = alpha0 / (1 + decay x epochs). */
  readonly decay: Real;
  readonly batchNorm: Choice<boolean>;
};

export type CourseAdamSpace = Omit<CourseSpace, "momentum">;

export type CourseTaskOptions = {
  /** The longest training in epochs: a whole number, at least 1; 27 by default. */
  readonly maxEpochs?: number;
};

const learningRate: Real = real(1e-4, 1, { scale: "log" });
const rest = {
  batchSize: int(16, 512, { scale: "log" }),
  hiddenUnits: int(16, 128),
  layers: int(1, 4),
  decay: real(0.001, 1, { scale: "log" }),
  batchNorm: choice([true, false]),
} as const;

/** The space of the course with momentum. */
export const courseSpace: CourseSpace = { learningRate, momentum: real(0.9, 0.999, { scale: "oneMinusLog" }), ...rest };

/** Without momentum: Adam has its own, .9, .999 and 1e-8, which the course says hardly ever need tuning. */
export const courseAdamSpace: CourseAdamSpace = { learningRate, ...rest };

const readCourseTask = optionReader<CourseTaskOptions>("courseTask", { maxEpochs: anything });

/** The space of the course with momentum, on any data. Inputs are standardised. */
export function courseTask(data: Split, options: CourseTaskOptions = {}): Task<CourseSpace> {
  const { maxEpochs = 27 } = readCourseTask(options);
  return createTask({
    name: `course on ${data.train.name}`,
    space: courseSpace,
    data,
    epochs: { min: 1, max: maxEpochs },
    recipe: (config) => courseRecipe(config, { name: "momentum", beta: config.momentum, convention: "course" }),
  });
}

/** The space of the course with Adam, on any data. Inputs are standardised. */
export function courseAdamTask(data: Split, options: CourseTaskOptions = {}): Task<CourseAdamSpace> {
  const { maxEpochs = 27 } = readCourseTask(options);
  return createTask({
    name: `course with Adam on ${data.train.name}`,
    space: courseAdamSpace,
    data,
    epochs: { min: 1, max: maxEpochs },
    recipe: (config) => courseRecipe(config, { name: "adam" }),
  });
}

function courseRecipe(
  { learningRate: rate, batchSize, hiddenUnits, layers, decay, batchNorm }: ConfigOf<CourseAdamSpace>,
  optimiser: OptimiserOptions,
): Recipe {
  return {
    network: { hidden: Array.from({ length: layers }, () => hiddenUnits), batchNorm: batchNorm ? { decay: 0.9 } : false },
    training: { batchSize, learningRate: rate, schedule: { name: "inverseTime", decay }, optimiser },
    preprocessing: "standard",
  };
}
