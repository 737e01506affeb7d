/**
 * Successive halving (Jamieson and Talwalkar, AISTATS 2016): it trains n configurations a little, the best 1 / eta of
 * them eta times as far, and so on until one trains to the end. It repeats this one bracket with new configurations.
 */
import { type Fidelity, int, type Scheduler, type SchedulerCard } from "@caviar-hpo/core";
import { type OptionSpec, type OptionSpecs, readOptions } from "@caviar-hpo/core/contract";
import { type BracketTable, bracketOptions, bracketTable, mostHalvings, type RungPlan } from "./brackets.ts";
import { showBrackets } from "./bracketText.ts";
import { ratioOf, shrink } from "./ratio.ts";
import { type SynchronousOptions, type SynchronousState, synchronous, synchronousOptions } from "./synchronous.ts";

export type SuccessiveHalvingOptions = SynchronousOptions & {
  /** One of eta trials is promoted. It trains eta times as far. A number from 2 to 1000000, both included; 3 by default. */
  readonly eta?: number;
  /**
   * How many configurations a bracket begins with. The bracket halves them until one is left. auto: the number with which the bracket
   * begins at the lowest fidelity. A whole number from 1 to 10000000, both included, or "auto"; "auto" by default.
   */
  readonly configurations?: number | "auto";
};

export const successiveHalvingOptions: OptionSpecs & Record<keyof SuccessiveHalvingOptions, OptionSpec> = {
  eta: bracketOptions.eta,
  configurations: {
    param: int(1, 10_000_000),
    special: "auto",
    formerly: 0,
    default: "auto",
    doc: "How many configurations a bracket begins with. The bracket halves them until one is left. auto: the number with which the bracket begins at the lowest fidelity.",
  },
  ...synchronousOptions,
};

/**
 * Makes the scheduler.
 *
 * @throws ConfigError for the same reasons as `hyperband`.
 */
export function successiveHalving(options: SuccessiveHalvingOptions = {}): Scheduler<SynchronousState> {
  const { eta, configurations, ...rest } = readOptions("successiveHalving", successiveHalvingOptions, options);

  return synchronous("successiveHalving", (fidelity) => [rungsOf(fidelity, eta, configurations)], rest);
}

/** The table of its one bracket. @throws ConfigError for the same reasons as `bracketTable`. */
export function successiveHalvingTable(fidelity: Fidelity, options: SuccessiveHalvingOptions = {}): BracketTable {
  const { eta, configurations } = readOptions("successiveHalving", successiveHalvingOptions, options);
  const rungs = rungsOf(fidelity, eta, configurations);
  const sum = (term: (rung: RungPlan, i: number) => number): number => rungs.reduce((total, rung, i) => total + term(rung, i), 0);
  const cost = {
    configurations: rungs[0]!.configurations,
    evaluations: sum((rung) => rung.configurations),
    fromScratch: sum((rung) => rung.configurations * rung.fidelity),
    resumed: sum((rung, i) => rung.configurations * (rung.fidelity - (rungs[i - 1]?.fidelity ?? 0))),
  };
  return { fidelity, eta, convention: "algorithm1", brackets: [{ s: rungs.length - 1, rungs, ...cost }], ...cost };
}

export const successiveHalvingCard: SchedulerCard = {
  name: "successiveHalving",
  doc: "Random points train a little, the best of them train further, and so on until one trains to the end.",
  options: successiveHalvingOptions,
  needs: ["fidelity"],
  dependsOn: "results",
  cheap: {},
  scheduler: successiveHalving,
  describePlan: (fidelity, options) => showBrackets(successiveHalvingTable(fidelity, options)),
};

function rungsOf(fidelity: Fidelity, eta: number, configurations: number | "auto"): readonly RungPlan[] {
  if (configurations === "auto") return bracketTable(fidelity, { eta }).brackets[0]!.rungs;
  const brackets = 1 + mostHalvings({ min: 1, max: configurations }, eta);
  const [boldest] = bracketTable(fidelity, { eta, brackets }).brackets;
  return boldest!.rungs.map((rung, i) => ({
    configurations: Number(shrink(BigInt(configurations), ratioOf(eta), i)),
    fidelity: rung.fidelity,
  }));
}
