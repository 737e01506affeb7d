/**
 * A strategy's card: data that describes the strategy, and a function that makes it. The card is in the file of its strategy. Lists, the
 * command line, the wire, plans, tables and the suites of laws read only cards. So they treat a strategy from a user's module like a
 * shipped one. ADR 0003 says why.
 */

import type { OptionSpecs, OptionValue } from "./options.ts";
import type { Fidelity } from "./problem.ts";
import type { Strategy } from "./strategy.ts";

/** Options of a strategy by name. */
export type StrategyOptions = { readonly [name: string]: OptionValue };

/**
 * What a strategy needs of a problem. `fidelity`: the strategy decides how far each trial trains. Of the shipped strategies that do not
 * need it, all but auto train every trial to the end.
 */
export type Need = "fidelity";

/**
 * What a strategy's trials may depend on, apart from the problem and the seed:
 *
 * - `nothing`: random, Sobol.
 * - `losses`: which jobs were lost. A grid tries those points again.
 * - `results`: results, but neither their order nor the number of workers. Synchronous schedulers.
 * - `order`: results and their order.
 */
export type Dependence = "nothing" | "losses" | "results" | "order";

/** The card of a strategy. Its promises hold for the strategy with the default options and with the cheap ones. */
export type Card = {
  /** Unique in its list. The strategies that the card makes have this name. */
  readonly name: string;
  /** One sentence that says what the strategy does. */
  readonly doc: string;
  /** What the options are: kinds, bounds, defaults and texts. */
  readonly options: OptionSpecs;
  readonly needs: readonly Need[];
  /** Whether the points that the strategy tries depend on earlier measurements. */
  readonly adaptive: boolean;
  /** Whether different seeds give different points. */
  readonly random: boolean;
  readonly dependsOn: Dependence;
  /**
   * Whether the best trial may end below the highest fidelity, because the strategy trains trials only as far as its choice needs. false by
   * default: without failures, the best trial has reached the highest fidelity when the study ends.
   */
  readonly stopsShort?: boolean;
  /**
   * Options for the laws. The laws ask tens of thousands of times, but only a few times in each study. So these options make an ask cheap,
   * and make the late phases of the strategy begin early.
   */
  readonly cheap: StrategyOptions;
  /**
   * Makes the strategy.
   *
   * @param options by name. Every option that is left out has its default.
   * @throws ConfigError for an unknown option or a value out of range.
   */
  create(options?: StrategyOptions): Strategy;
  /**
   * What the strategy will do, as lines of text, before anything runs, such as Hyperband's bracket table. Absent if nothing is known
   * before.
   *
   * @throws ConfigError for the same reasons as `create`, and for a range of fidelities that a study would refuse.
   */
  describePlan?(fidelity: Fidelity, options?: StrategyOptions): string;
};
