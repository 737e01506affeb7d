/**
 * DEHB (Awad, Mallik and Hutter, IJCAI 2021). It promotes in its first iteration, and refills the upper rungs of all others, so that is no
 * option.
 */
import type { Card, SchedulerCard } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { hyperband, hyperbandCard } from "@caviar-hpo/hyperband";
import { dehbSamplerCard } from "@caviar-hpo/samplers";

const { promote: _refill, ...options } = hyperbandCard.options;

const refilling: SchedulerCard = {
  ...hyperbandCard,
  options,
  scheduler: (given) => hyperband({ ...given, promote: "refill" }),
};

export const dehbCard: Card = composeCards(
  {
    name: "dehb",
    doc: "DEHB: Hyperband over differential evolution. From the second iteration, it fills the upper rungs with new points too.",
  },
  refilling,
  dehbSamplerCard,
);
