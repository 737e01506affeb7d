export { samplerCards } from "./cards.ts";
export {
  type CoarseToFineOptions,
  type CoarseToFineState,
  coarseToFineCard,
  coarseToFineOptions,
  coarseToFineSampler,
} from "./coarseToFine/coarseToFine.ts";
export {
  type DehbOptions,
  type DifferentialEvolutionOptions,
  type DifferentialEvolutionState,
  dehbOptions,
  dehbSampler,
  dehbSamplerCard,
  differentialEvolutionCard,
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
export { type GridOptions, type GridState, gridCard, gridOptions, gridSampler } from "./grid/grid.ts";
export { halton } from "./halton.ts";
export { type LatinHypercubeCriterion, latinHypercube } from "./latinHypercube/latinHypercube.ts";
export {
  type LatinHypercubeSamplerOptions,
  latinHypercubeCard,
  latinHypercubeOptions,
  latinHypercubeSampler,
} from "./latinHypercube/sampler.ts";
export type { PointState } from "./pointSampler.ts";
export { randomCard, randomSampler } from "./random.ts";
export { rSequence } from "./rSequence.ts";
export type { Sequence } from "./sequence.ts";
export {
  haltonCard,
  haltonSampler,
  rSequenceCard,
  rSequenceSampler,
  type SequenceOptions,
  sequenceOptions,
  sobolCard,
  sobolSampler,
} from "./sequenceSamplers.ts";
export { sobol } from "./sobol/sobol.ts";
export { type BohbOptions, bohbOptions, bohbSampler, bohbSamplerCard } from "./tpe/bohb.ts";
export type { DensityState } from "./tpe/densitySampler.ts";
export { type TpeOptions, tpeCard, tpeOptions, tpeSampler } from "./tpe/tpe.ts";
