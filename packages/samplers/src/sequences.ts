/** Point sets of the unit cube by themselves, without a study: Sobol, Halton, the R-sequence and Latin hypercubes. */

export { halton } from "./halton.ts";
export { type LatinHypercubeCriterion, latinHypercube } from "./latinHypercube/latinHypercube.ts";
export { rSequence } from "./rSequence.ts";
export type { Sequence } from "./sequence.ts";
export { sobol } from "./sobol/sobol.ts";
