/** What an acquisition function sees of a model: surrogates, their posteriors, and the warps of what was measured. */

export { type GaussianProcessWarm, gaussianProcessSurrogate } from "../regression/gaussianProcessSurrogate.ts";
export { type OutputWarp, outputWarp, outputWarps } from "../warp/outputWarps.ts";
export type { FitHealth, Moments, Points, Posterior, Surrogate, SurrogateData } from "./surrogate.ts";
