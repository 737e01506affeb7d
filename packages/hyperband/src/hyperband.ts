/**
 * Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, JMLR 18(185), 2018): successive halving in several brackets. The boldest
 * bracket tries many configurations for a short time. The last bracket is plain search and trains a few configurations to the end. So the
 * user need not know in advance how well an early result predicts the end.
 */
import type { Scheduler, SchedulerCard } from "@caviar-hpo/core";
import { type OptionSpec, type OptionSpecs, readOptions } from "@caviar-hpo/core/contract";
import { type BracketOptions, bracketOptions, bracketTable } from "./brackets.ts";
import { describeBrackets } from "./bracketText.ts";
import { type SynchronousOptions, type SynchronousState, synchronous, synchronousOptions } from "./synchronous.ts";

export type HyperbandOptions = BracketOptions & SynchronousOptions;

export const hyperbandOptions: OptionSpecs & Record<keyof HyperbandOptions, OptionSpec> = { ...bracketOptions, ...synchronousOptions };

/**
 * Makes the scheduler. BOHB is Hyperband over a tree-structured Parzen estimator. DEHB is Hyperband with `promote: "refill"` over
 * differential evolution. `Slot.bracket` numbers the brackets from 0, through all iterations. `Slot.rung` numbers the rungs of a bracket;
 * the lowest is 0.
 *
 * @throws ConfigError for an unknown option or a value out of range. The scheduler throws it when a study opens, if a bracket would need
 * more trials than a study can have.
 */
export function hyperband(options: HyperbandOptions = {}): Scheduler<SynchronousState> {
  const { eta, convention, brackets, ...rest } = readOptions("hyperband", hyperbandOptions, options);
  return synchronous(
    "hyperband",
    (fidelity) => bracketTable(fidelity, { eta, convention, brackets }).brackets.map((bracket) => bracket.rungs),
    rest,
  );
}

export const hyperbandCard: SchedulerCard = {
  name: "hyperband",
  doc: "Hyperband: successive halving of random points in several brackets. The first halves most often, and the last is plain search.",
  options: hyperbandOptions,
  needs: ["fidelity"],
  dependsOn: "results",
  cheap: {},
  scheduler: hyperband,
  describePlan: describeBrackets,
};
