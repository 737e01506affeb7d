/**
 * The strategies of this package: a new one is one line here. Schedulers become strategies together with a sampler, which this package does
 * not import; others choose points themselves.
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
