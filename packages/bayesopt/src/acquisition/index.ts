/** Acquisition functions: how promising a point is under a posterior, for one point, for a batch and over draws of hyperparameters. */

export { bestPosteriorMean, incumbentsOfDraws } from "./incumbents.ts";
export { drawInPlace, quasiNormals } from "./jointDraws.ts";
export { type BatchUtility, type BatchUtilityFunction, logBatchExpectedImprovement } from "./logBatchExpectedImprovement.ts";
export { logExpectedImprovement } from "./logExpectedImprovement.ts";
export { type FeasibilityFunction, type FeasibilityUtility, logProbabilityOfFeasibility } from "./logProbabilityOfFeasibility.ts";
export { logProbabilityOfImprovement } from "./logProbabilityOfImprovement.ts";
export { lowerConfidenceBound } from "./lowerConfidenceBound.ts";
export { logExpectedImprovementOverDraws, type UtilityFunctionOverDraws, type UtilityOverDraws } from "./overDraws.ts";
export { thompsonSampling } from "./thompsonSampling.ts";
export { newUtility, type Utility, type UtilityFunction } from "./utility.ts";
