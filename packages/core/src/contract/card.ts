/**
 * A strategy's card: all that others need to know about a strategy, as data, and how to make one. It stands in the file of the strategy.
 * Lists, command lines, the wire, plans, tables and the suites of laws read cards and nothing else, so a strategy from somebody's own
 * module is treated as a shipped one is. ADR 0003 says why.
 */

import type { ParamValue } from "../space/param.ts";
import type { OptionSpecs } from "./options.ts";
import type { Fidelity } from "./problem.ts";
import type { Strategy } from "./strategy.ts";

export type StrategyOptions = { readonly [name: string]: ParamValue };

/**
 * What a strategy needs of a problem. `fidelity`: it decides how far each trial is trained; other strategies train every trial to the end.
 */
export type Need = "fidelity";

/**
 * What a strategy's trials may depend on, apart from the problem and the seed: nothing (random, Sobol); which jobs were lost (a grid, which
 * tries those points again); results, but not their order nor the number of workers (synchronous schedulers); their order as well.
 */
export type Dependence = "nothing" | "losses" | "results" | "order";

/** What a card promises, it promises of its strategy with the default options and with the cheap ones. */
export type Card = {
  /** Unique in its list. Strategies that the card makes have this name. */
  readonly name: string;
  /** One sentence. */
  readonly doc: string;
  readonly options: OptionSpecs;
  readonly needs: readonly Need[];
  /** Whether the points that it tries depend on what earlier ones have measured. */
  readonly adaptive: boolean;
  /** Whether another seed gives other points. */
  readonly random: boolean;
  readonly dependsOn: Dependence;
  /**
   * Options for the laws, which ask tens of thousands of times and few times in a study: an ask is affordable, and what comes late comes
   * soon.
   */
  readonly cheap: StrategyOptions;
  /** @throws ConfigError for an unknown option or a value out of range. */
  create(options?: StrategyOptions): Strategy;
  /**
   * What the strategy is going to do, known before anything runs, as lines of text: Hyperband's bracket table. Absent where nothing is
   * known.
   *
   * @throws ConfigError as `create` does, and for a range of fidelities that a study would refuse.
   */
  describePlan?(fidelity: Fidelity, options?: StrategyOptions): string;
};
