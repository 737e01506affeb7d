/** A scheduler by itself is a strategy over random points: the yardstick of every sampler that could be put under it. */
import type { Card, SchedulerCard } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { randomCard } from "@caviar-hpo/samplers";

export function overRandom(scheduler: SchedulerCard): Card {
  return composeCards(scheduler, scheduler, randomCard);
}
