export { samplerCards } from "./cards.ts";
export { type CoarseToFineOptions, coarseToFineCard, coarseToFineSampler } from "./coarseToFine/coarseToFine.ts";
export {
  type DehbOptions,
  type DifferentialEvolutionOptions,
  dehbSampler,
  dehbSamplerCard,
  differentialEvolutionCard,
  differentialEvolutionSampler,
} from "./differentialEvolution/differentialEvolution.ts";
export { type GridOptions, gridCard, gridSampler } from "./grid/grid.ts";
export { type LatinHypercubeSamplerOptions, latinHypercubeCard, latinHypercubeSampler } from "./latinHypercube/sampler.ts";
export { randomCard, randomSampler } from "./random.ts";
export {
  haltonCard,
  haltonSampler,
  rSequenceCard,
  rSequenceSampler,
  type SequenceOptions,
  sobolCard,
  sobolSampler,
} from "./sequenceSamplers.ts";
export { type BohbOptions, bohbSampler, bohbSamplerCard } from "./tpe/bohb.ts";
export { type TpeOptions, tpeCard, tpeSampler } from "./tpe/tpe.ts";
