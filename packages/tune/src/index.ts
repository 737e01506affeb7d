export { type ConfigOf, choice, given, int, real, type Shape } from "@caviar-hpo/core";
export type { Checkpoints } from "./checkpoints.ts";
export { createStrategy, findStrategy, planOf, type StrategyEntry, type StrategyOptions, strategies } from "./strategies.ts";
export {
  type Assignment,
  type Best,
  createStudy,
  type ObjectiveFunction,
  type OptimizeOptions,
  type Result,
  type Study,
  type StudyOptions,
} from "./study.ts";
