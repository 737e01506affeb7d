/**
 * Real training as an objective: a multilayer perceptron with batch normalisation, the data to train it on, and tuning tasks made of both.
 */
export type { Optimiser, OptimiserOptions } from "./optimiser/optimiser.ts";
export type { LearningRateSchedule } from "./optimiser/schedule.ts";
export { type CourseTaskOptions, courseAdamTask, courseSpace, courseTask } from "./task/courseTask.ts";
export { hpobenchTask } from "./task/hpobenchTask.ts";
export { lcbenchTask } from "./task/lcbenchTask.ts";
export { loadTask, taskNames } from "./task/namedTasks.ts";
export { createTask, type Metric, type Recipe, type Task, type TaskOptions, type Training } from "./task/task.ts";
export { openRun, type TaskAssignment, type TaskJob, type TaskRun, type TaskRunOptions } from "./task/taskRun.ts";
export type { Evaluation } from "./training/evaluate.ts";
export type { SettingsOptions, TrainingSettings } from "./training/settings.ts";
export { createTrainer, type Diverged, type EpochReport, type Trainer, type TrainerOptions } from "./training/trainer.ts";
