/**
 * The strategies of this package. To add one, add its card here. A scheduler needs a sampler to become a strategy, and this package imports
 * no samplers. The other strategies choose their points themselves.
 */
import type { Card, SchedulerCard } from "@caviar-hpo/core";
import { ashaCard, asynchronousHyperbandCard } from "./asynchronous.ts";
import { caviarCard } from "./caviar.ts";
import { hyperbandCard } from "./hyperband.ts";
import { medianRuleCard } from "./medianRule.ts";
import { pandaCard } from "./panda.ts";
import { pashaCard } from "./pasha.ts";
import { populationBasedCard } from "./populationBased.ts";
import { successiveHalvingCard } from "./successiveHalving.ts";

/** The cards of all schedulers, and of the strategies that choose their own points. */
export const hyperbandCards: readonly (SchedulerCard | Card)[] = [
  successiveHalvingCard,
  hyperbandCard,
  ashaCard,
  asynchronousHyperbandCard,
  pashaCard,
  medianRuleCard,
  caviarCard,
  populationBasedCard,
  pandaCard,
];
