/**
 * Real training as an objective: a multilayer perceptron with batch normalisation, the data to train it on, and tuning tasks made of both.
 */
export type { CurvesOptions } from "./data/curves.ts";
export { type ClassificationData, type Dataset, type RegressionData, rowsOf } from "./data/dataset.ts";
export { type DigitsOptions, loadDigits } from "./data/digits.ts";
export { type FriedmanOptions, friedman1 } from "./data/friedman.ts";
export { type GaussianMixtureOptions, gaussianMixture } from "./data/gaussianMixture.ts";
export { loadIris } from "./data/iris.ts";
export { moons } from "./data/moons.ts";
export { type NoisyXorOptions, noisyXor } from "./data/noisyXor.ts";
export { fitNormalisation, type Normalisation, type NormalisationKind, normalise, normaliseSplit } from "./data/normalise.ts";
export { penguinsFrom } from "./data/penguins.ts";
export { type SpiralsOptions, spirals } from "./data/spirals.ts";
export { type Split, type SplitOptions, type SplitRows, type SplitSizes, split, splitRows } from "./data/split.ts";
export { type TeacherClassesOptions, type TeacherTargetsOptions, teacherClasses, teacherTargets } from "./data/teacher.ts";
export { type Distribution, distributionOf, quantileLevels } from "./instruments/distribution.ts";
export { effectiveRates } from "./instruments/effectiveRate.ts";
export { type GradientShift, gradientShifts } from "./instruments/gradientShift.ts";
export { type AlongGradient, lossAlongGradient } from "./instruments/lossAlongGradient.ts";
export { type LayerDistribution, type PreActivations, preActivationsOf, shiftBetween } from "./instruments/preActivations.ts";
export type { BatchNormLayer } from "./layers/batchNorm.ts";
export type { Dense } from "./layers/dense.ts";
export type { HiddenLayer } from "./layers/hidden.ts";
export type {
  Architecture,
  ArchitectureOptions,
  BatchNorm,
  BatchNormConvention,
  LossName,
  PopulationStatistics,
} from "./network/architecture.ts";
export type { Initialisation } from "./network/initialise.ts";
export type { Layout, ParameterKind, ParameterSlice } from "./network/layout.ts";
export { addL2, lossAndGradient, lossOf, type Network } from "./network/network.ts";
export type { Optimiser, OptimiserOptions } from "./optimiser/optimiser.ts";
export { type LearningRateSchedule, scheduleFactor } from "./optimiser/schedule.ts";
export {
  type CourseAdamSpace,
  type CourseSpace,
  type CourseTaskOptions,
  courseAdamSpace,
  courseAdamTask,
  courseSpace,
  courseTask,
} from "./task/courseTask.ts";
export { type HpobenchSpace, hpobenchSpace, hpobenchTask } from "./task/hpobenchTask.ts";
export { type LcbenchSpace, lcbenchSpace, lcbenchTask } from "./task/lcbenchTask.ts";
export { loadTask, taskNames } from "./task/namedTasks.ts";
export { createTask, type Metric, type Recipe, type Task, type TaskOptions, type Training } from "./task/task.ts";
export { openRun, type TaskAssignment, type TaskJob, type TaskRun, type TaskRunOptions } from "./task/taskRun.ts";
export type { Evaluation } from "./training/evaluate.ts";
export type { Examples } from "./training/examples.ts";
export type { SettingsOptions, TrainingSettings } from "./training/settings.ts";
export { createTrainer, type Diverged, type EpochReport, type Trainer, type TrainerOptions } from "./training/trainer.ts";
