/** Which parameters matter: shares of the variance, marginals and ablations of trials. */

export { type Ablation, ablation } from "./ablation.ts";
export { type Importance, type ImportanceOptions, importance, type Share } from "./importance.ts";
export { importanceOf, type StudyImportanceOptions, type StudyToExplain } from "./importanceOf.ts";
export { type ImportanceTables, importanceTables } from "./importanceTables.ts";
export { type Marginal, marginals } from "./marginals.ts";
export type { SampledTrial } from "./sample.ts";
