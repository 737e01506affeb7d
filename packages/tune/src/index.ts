export { type Card, type ConfigOf, choice, given, int, real, type Shape, type StrategyOptions } from "@caviar-hpo/core";
export type { Checkpoints } from "./checkpoints.ts";
export { createStrategy, findStrategy, planOf, strategies } from "./strategies.ts";
export {
  type Assignment,
  type Best,
  type ChosenStrategy,
  createStudy,
  type ObjectiveFunction,
  type OptimizeOptions,
  type Result,
  type Study,
  type StudyOptions,
} from "./study.ts";
