/** PriorBand (Mallik et al., NeurIPS 2023): Hyperband over points that are uniform, believed, or near the best trial. */
import type { Card } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { hyperbandCard } from "@caviar-hpo/hyperband";
import { priorBandSamplerCard } from "@caviar-hpo/samplers";

export const priorBandCard: Card = composeCards(
  { name: "priorBand", doc: "PriorBand: Hyperband over random points, points of the user's beliefs, and points near the best trial." },
  hyperbandCard,
  priorBandSamplerCard,
);
