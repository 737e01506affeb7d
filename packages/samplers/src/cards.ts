/** The strategies of this package. To add a sampler, add its card here. */
import type { SamplerCard } from "@caviar-hpo/core";
import { cmaesCard } from "./cmaes/cmaes.ts";
import { coarseToFineCard } from "./coarseToFine/coarseToFine.ts";
import { differentialEvolutionCard } from "./differentialEvolution/differentialEvolution.ts";
import { gridCard } from "./grid/grid.ts";
import { haltonCard } from "./haltonSampler.ts";
import { latinHypercubeCard } from "./latinHypercube/sampler.ts";
import { randomCard } from "./random.ts";
import { rSequenceCard } from "./rSequenceSampler.ts";
import { sobolCard } from "./sobol/sampler.ts";
import { tpeCard } from "./tpe/tpe.ts";

/** The cards of all samplers that are strategies by themselves. */
export const samplerCards: readonly SamplerCard[] = [
  randomCard,
  gridCard,
  latinHypercubeCard,
  sobolCard,
  haltonCard,
  rSequenceCard,
  coarseToFineCard,
  tpeCard,
  cmaesCard,
  differentialEvolutionCard,
];
