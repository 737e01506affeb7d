/** The models behind acquisition functions: surrogates, their posteriors, and warps of the measured values. */

export { type GaussianProcessWarm, gaussianProcessSurrogate } from "../regression/gaussianProcessSurrogate.ts";
export { type OutputWarp, outputWarp, outputWarps } from "../warp/outputWarps.ts";
export type { FitHealth, Moments, Points, Posterior, Surrogate, SurrogateData } from "./surrogate.ts";
