// First, because the large constants of the optimiser come first in a bundle.
import "@caviar-hpo/bayesopt";

export { type Card, type ConfigOf, choice, given, int, real, type Shape, type StrategyOptions } from "@caviar-hpo/core";
export type { Checkpoints } from "./checkpoints.ts";
export { createStrategy, findStrategy, planOf, strategies } from "./strategies.ts";
export type { Assignment, Best, ObjectiveFunction, Observation, OptimizeOptions, Result, StartStudy, Study } from "./study.ts";
export { type ChosenStrategy, createStudy, createStudyOver, type StudyOptions } from "./studyByName.ts";
