export { type CoarseToFineOptions, type CoarseToFineState, coarseToFineOptions, coarseToFineSampler } from "./coarseToFine/coarseToFine.ts";
export {
  type DehbOptions,
  type DifferentialEvolutionOptions,
  type DifferentialEvolutionState,
  dehbOptions,
  dehbSampler,
  differentialEvolutionOptions,
  differentialEvolutionSampler,
} from "./differentialEvolution/differentialEvolution.ts";
export {
  centredDiscrepancy,
  mixtureDiscrepancy,
  starDiscrepancy,
  updateCentredDiscrepancy,
  wrapAroundDiscrepancy,
} from "./discrepancy.ts";
export { type GridOptions, type GridState, gridOptions, gridSampler } from "./grid/grid.ts";
export { halton } from "./halton.ts";
export { type LatinHypercubeCriterion, latinHypercube } from "./latinHypercube/latinHypercube.ts";
export { type LatinHypercubeSamplerOptions, latinHypercubeOptions, latinHypercubeSampler } from "./latinHypercube/sampler.ts";
export type { PointState } from "./pointSampler.ts";
export { randomSampler } from "./random.ts";
export { rSequence } from "./rSequence.ts";
export type { Sequence } from "./sequence.ts";
export { haltonSampler, rSequenceSampler, type SequenceOptions, sequenceOptions, sobolSampler } from "./sequenceSamplers.ts";
export { sobol } from "./sobol/sobol.ts";
export { type BohbOptions, bohbOptions, bohbSampler } from "./tpe/bohb.ts";
export type { DensityState } from "./tpe/densitySampler.ts";
export { type TpeOptions, tpeOptions, tpeSampler } from "./tpe/tpe.ts";
