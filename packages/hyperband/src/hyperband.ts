/**
 * Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, JMLR 18(185), 2018): successive halving in brackets from the boldest,
 * which tries many configurations briefly, to plain search, which trains a few to the end. Nobody has to know beforehand how much an early
 * result tells.
 */
import { type OptionSpec, type OptionSpecs, readOptions, type Scheduler, type SchedulerCard } from "@caviar-hpo/core";
import { type BracketOptions, bracketOptions, bracketTable } from "./brackets.ts";
import { describeBrackets } from "./bracketText.ts";
import { type SynchronousOptions, type SynchronousState, synchronous, synchronousOptions } from "./synchronous.ts";

export type HyperbandOptions = BracketOptions & SynchronousOptions;

export const hyperbandOptions: OptionSpecs & Record<keyof HyperbandOptions, OptionSpec> = { ...bracketOptions, ...synchronousOptions };

/**
 * BOHB is this over a tree-structured Parzen estimator, DEHB this with `promote: "refill"` over differential evolution. `Slot.bracket` counts
 * brackets from 0 without end, `Slot.rung` is the rung in its bracket.
 *
 * @throws ConfigError for a bad option; and when a study is opened, for a range of fidelities whose brackets nobody can fill.
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
  doc: "Hyperband: successive halving of random points, in brackets from the boldest to plain search.",
  options: hyperbandOptions,
  needs: ["fidelity"],
  dependsOn: "results",
  cheap: {},
  scheduler: hyperband,
  describePlan: describeBrackets,
};
