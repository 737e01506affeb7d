/** The strategies of this package. To add a sampler, add its card here. */
import type { SamplerCard } from "@caviar-hpo/core";
import { coarseToFineCard } from "./coarseToFine/coarseToFine.ts";
import { differentialEvolutionCard } from "./differentialEvolution/differentialEvolution.ts";
import { gridCard } from "./grid/grid.ts";
import { latinHypercubeCard } from "./latinHypercube/sampler.ts";
import { randomCard } from "./random.ts";
import { haltonCard, rSequenceCard, sobolCard } from "./sequenceSamplers.ts";
import { tpeCard } from "./tpe/tpe.ts";

export const samplerCards: readonly SamplerCard[] = [
  randomCard,
  gridCard,
  latinHypercubeCard,
  sobolCard,
  haltonCard,
  rSequenceCard,
  coarseToFineCard,
  tpeCard,
  differentialEvolutionCard,
];
