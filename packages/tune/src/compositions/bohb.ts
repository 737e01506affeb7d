/** BOHB (Falkner, Klein and Hutter, ICML 2018). */
import type { Card } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { hyperbandCard } from "@caviar-hpo/hyperband";
import { bohbSamplerCard } from "@caviar-hpo/samplers";

export const bohbCard: Card = composeCards(
  { name: "bohb", doc: "BOHB: Hyperband over tree-structured Parzen estimators." },
  hyperbandCard,
  bohbSamplerCard,
);
