// First, because the large constants of the optimiser come first in a bundle.
import "@caviar-hpo/bayesopt";

export { type Card, type ConfigOf, choice, given, int, real, type Shape, type StrategyOptions } from "@caviar-hpo/core";
export type { Best } from "./best.ts";
export type { Checkpoints } from "./checkpoints.ts";
export type { Ending } from "./ending.ts";
export type { FullStudy as Study } from "./fullStudy.ts";
export type { Assignment, ObjectiveFunction } from "./objective.ts";
export type { Observation } from "./observation.ts";
export type { OptimizeOptions } from "./optimize.ts";
export type { Advice, NoGain } from "./outlook.ts";
export type { Patience } from "./patience.ts";
export type { Progress } from "./progress.ts";
export type { Result } from "./result.ts";
export { createStrategy, findStrategy, planOf, strategies } from "./strategies.ts";
export type { StartStudy } from "./study.ts";
export { type ChosenStrategy, chosenOptions, continuedStrategy, createStudy, createStudyOver, type StudyOptions } from "./studyByName.ts";
export { type TabledStudy, type TableRow, toTable } from "./table.ts";
