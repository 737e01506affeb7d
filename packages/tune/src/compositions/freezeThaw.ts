/** Freeze-thaw optimisation (Swersky, Snoek and Adams 2014): one Gaussian process over configuration and fidelity decides both. */
import { freezeThawSamplerCard } from "@caviar-hpo/bayesopt";
import type { Card } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { freezeThawCard as freezeThawSchedulerCard } from "@caviar-hpo/hyperband";

export const freezeThawCard: Card = composeCards(
  {
    name: "freezeThaw",
    doc: "Freeze-thaw optimisation: one Gaussian process over configuration and fidelity chooses new points and which paused trials continue.",
  },
  freezeThawSchedulerCard,
  freezeThawSamplerCard,
);
