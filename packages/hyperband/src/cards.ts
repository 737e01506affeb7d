/**
 * The strategies of this package. To add one, add its card here. A scheduler becomes a strategy together with a sampler, and this package
 * imports none. The other strategies choose points themselves.
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
