/** A Gaussian-process Bayesian optimiser, and the parts it is made of. */

export { type BayesoptState, bayesoptSampler } from "./bayesopt.ts";
export { type BayesoptOptions, bayesoptOptions } from "./options.ts";
