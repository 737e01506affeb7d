// The table of direction numbers comes first in a bundle: gzip finds repetitions only within 32 kB, and the table has none.
import "./sobol/directions.ts";

export { samplerCards } from "./cards.ts";
export { type CmaesOptions, cmaesCard } from "./cmaes/cmaes.ts";
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
export { haltonCard, haltonSampler } from "./haltonSampler.ts";
export { type LatinHypercubeSamplerOptions, latinHypercubeCard, latinHypercubeSampler } from "./latinHypercube/sampler.ts";
export { priorBandSamplerCard } from "./priorBand.ts";
export { randomCard, randomSampler } from "./random.ts";
export { rSequenceCard, rSequenceSampler } from "./rSequenceSampler.ts";
export type { SequenceOptions } from "./sequenceSampler.ts";
export { sobolCard, sobolSampler } from "./sobol/sampler.ts";
export { type BohbOptions, bohbSampler, bohbSamplerCard } from "./tpe/bohb.ts";
export { type TpeOptions, tpeCard, tpeSampler } from "./tpe/tpe.ts";
