/** A Gaussian-process Bayesian optimiser, the Gaussian-process regression it stands on, and the parts of both. */

// The kernels and the table of direction numbers come first in a bundle: gzip finds repetitions only within 32 kB, and these have none.
import "@caviar-hpo/numerics/linear";
import "@caviar-hpo/samplers";

export { bayesoptCard, bayesoptSampler } from "./bayesopt.ts";
export { bayesoptCards } from "./cards.ts";
export { type FreezeThawSamplerOptions, freezeThawSampler, freezeThawSamplerCard } from "./joint/freezeThawSampler.ts";
export type { BayesoptOptions } from "./options.ts";
export { type FitOptions, type GaussianProcess, type GaussianProcessOptions, gaussianProcess } from "./regression/gaussianProcess.ts";
export type { Inputs, MatrixLike } from "./regression/inputs.ts";
export type { Regression } from "./regression/regression.ts";
