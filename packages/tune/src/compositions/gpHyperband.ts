/** Hyperband whose points the Gaussian-process optimiser chooses, one fidelity at a time. */
import { bayesoptCard } from "@caviar-hpo/bayesopt";
import type { Card } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { hyperbandCard } from "@caviar-hpo/hyperband";

export const gpHyperbandCard: Card = composeCards(
  { name: "gpHyperband", doc: "Hyperband over Gaussian-process Bayesian optimisation." },
  hyperbandCard,
  bayesoptCard,
);
