/** The card of a scheduler. Together with the card of a sampler, it makes the card of a strategy. */

import { root } from "../random/key.ts";
import type { Card, Dependence, StrategyOptions } from "./card.ts";
import { compose } from "./compose.ts";
import { ConfigError } from "./errors.ts";
import { readOptions } from "./options.ts";
import type { Fidelity } from "./problem.ts";
import type { SamplerCard } from "./samplerCard.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Strategy } from "./strategy.ts";

/** The card of a scheduler. It does not say whether points adapt, because the sampler chooses the points. */
export type SchedulerCard = Pick<Card, "options" | "needs" | "dependsOn" | "stopsShort" | "cheap"> & {
  readonly name: string;
  /** One sentence that describes this scheduler over random points. */
  readonly doc: string;
  /**
   * Makes the scheduler.
   *
   * @param options all options, without defaults to fill in.
   */
  scheduler(options: StrategyOptions): Scheduler;
  /** As in `Card`. `options` are complete. */
  describePlan?(fidelity: Fidelity, options: StrategyOptions): string;
};

/** The name and the sentence of a composition. */
export type CompositionNames = Pick<Card, "name" | "doc">;

/**
 * Makes the card of `compose(scheduler, sampler)`, which has the options of both.
 *
 * @throws ConfigError if both have an option of the same name.
 */
/* @__NO_SIDE_EFFECTS__ */
export function composeCards({ name, doc }: CompositionNames, scheduler: SchedulerCard, sampler: SamplerCard): Card {
  checkApart(name, scheduler, sampler);
  const options = { ...scheduler.options, ...sampler.options };
  const read = (given: StrategyOptions): StrategyOptions => readOptions<StrategyOptions>(name, options, given);
  const create = (given: StrategyOptions = {}): Strategy => {
    const all = read(given);
    return { ...compose(scheduler.scheduler(pick(all, scheduler)), sampler.sampler(pick(all, sampler))), name };
  };
  const describePlan = (fidelity: Fidelity, given: StrategyOptions = {}): string => {
    const own = pick(read(given), scheduler);
    // Refuses what a study would refuse when it opens.
    scheduler.scheduler(own).init(fidelity, root(0));
    return scheduler.describePlan!(fidelity, own);
  };
  return {
    name,
    doc,
    options,
    needs: scheduler.needs,
    adaptive: sampler.adaptive,
    random: sampler.random,
    dependsOn: dependenceOf(scheduler.dependsOn, sampler.dependsOn),
    ...(scheduler.stopsShort && { stopsShort: true }),
    cheap: { ...scheduler.cheap, ...sampler.cheap },
    create,
    ...(scheduler.describePlan && { describePlan }),
  };
}

/** The options that belong to one half. */
function pick(all: StrategyOptions, { options }: Pick<Card, "options">): StrategyOptions {
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(options, name)));
}

/**
 * If one half depends on nothing, the promise of the other half holds. Otherwise the order of results may decide what each half sees.
 */
function dependenceOf(scheduler: Dependence, sampler: Dependence): Dependence {
  if (sampler === "nothing") return scheduler;
  return scheduler === "nothing" ? sampler : "order";
}

function checkApart(name: string, scheduler: SchedulerCard, sampler: SamplerCard): void {
  const shared = Object.keys(scheduler.options).filter((option) => Object.hasOwn(sampler.options, option));
  if (shared.length === 0) return;
  throw new ConfigError({
    code: "sharedOption",
    what: `composition ${name}`,
    expected: "halves without an option of the same name",
    got: `${shared.join(", ")} of both ${scheduler.name} and ${sampler.name}`,
    remedy: "Leave the option out of one card, and let that card's function set it.",
  });
}
