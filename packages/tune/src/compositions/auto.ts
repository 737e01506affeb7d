/** The default strategy: of the other strategies, the one that suits the problem and the number of trials so far. */
import type { Card } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { autoSamplerCard } from "../auto/autoSampler.ts";
import { autoSchedulerCard } from "../auto/autoScheduler.ts";

export const autoCard: Card = composeCards(
  {
    name: "auto",
    doc: "Chooses among the other strategies by the problem and the number of trials, and says why in the note of each trial.",
  },
  autoSchedulerCard,
  autoSamplerCard,
);
