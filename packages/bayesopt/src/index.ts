/** A Gaussian-process Bayesian optimiser, the Gaussian-process regression it stands on, and the parts of both. */

export { bestPosteriorMean, incumbentsOfDraws } from "./acquisition/incumbents.ts";
export { drawInPlace, quasiNormals } from "./acquisition/jointDraws.ts";
export { type BatchUtility, type BatchUtilityFunction, logBatchExpectedImprovement } from "./acquisition/logBatchExpectedImprovement.ts";
export { logExpectedImprovement } from "./acquisition/logExpectedImprovement.ts";
export {
  type FeasibilityFunction,
  type FeasibilityUtility,
  logProbabilityOfFeasibility,
} from "./acquisition/logProbabilityOfFeasibility.ts";
export { logProbabilityOfImprovement } from "./acquisition/logProbabilityOfImprovement.ts";
export { lowerConfidenceBound } from "./acquisition/lowerConfidenceBound.ts";
export { logExpectedImprovementOverDraws, type UtilityFunctionOverDraws, type UtilityOverDraws } from "./acquisition/overDraws.ts";
export { thompsonSampling } from "./acquisition/thompsonSampling.ts";
export { newUtility, type Utility, type UtilityFunction } from "./acquisition/utility.ts";
export { bayesoptCard, bayesoptSampler } from "./bayesopt.ts";
export { bayesoptCards } from "./cards.ts";
export type { BoundKernel, Hyperparameter, Kernel, KernelRoom } from "./kernels/kernel.ts";
export { linear } from "./kernels/linear.ts";
export { type HyperparameterValues, type PairwiseKernel, type PairwiseSlope, pointwise, squaredDistance } from "./kernels/pointwise.ts";
export { product } from "./kernels/product.ts";
export { type StationaryOptions, stationary } from "./kernels/stationary.ts";
export { sum } from "./kernels/sum.ts";
export type { FitHealth, Moments, Points, Posterior, Surrogate, SurrogateData } from "./model/surrogate.ts";
export { type BayesoptOptions, bayesoptOptions } from "./options.ts";
export { flat, gamma, logNormal, type Prior } from "./process/prior.ts";
export { type FitOptions, type GaussianProcess, type GaussianProcessOptions, gaussianProcess } from "./regression/gaussianProcess.ts";
export { type GaussianProcessWarm, gaussianProcessSurrogate } from "./regression/gaussianProcessSurrogate.ts";
export type { Inputs, MatrixLike } from "./regression/inputs.ts";
export { ard, isotropic, plane } from "./regression/kernels.ts";
export type { Regression } from "./regression/regression.ts";
export type { BayesoptState } from "./state.ts";
export { type OutputWarp, outputWarp, outputWarps } from "./warp/outputWarps.ts";
