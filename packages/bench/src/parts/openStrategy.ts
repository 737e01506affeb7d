/** The strategy of a cell, wherever it comes from. */
import type { Card, Problem, StrategyOptions } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { createStrategy } from "@caviar-hpo/tune";
import { cardOfExport } from "./moduleStrategy.ts";
import type { StrategyPart } from "./part.ts";
import { exportOf, notAllowed, type PartsAtHand, programOf } from "./partsAtHand.ts";
import { type OpenedStrategy, openProgramStrategy } from "./programStrategy.ts";

/** What is known of a strategy in a cell. */
export type CastStrategy = {
  readonly label: string;
  readonly name: string;
  readonly options: StrategyOptions;
  /** A card that the caller passed. */
  readonly card?: Card;
  /** Where the strategy comes from; absent for those that Caviar has, and for cards. */
  readonly part?: StrategyPart;
};

/**
 * The card of a strategy; null for a program, which has none.
 *
 * @throws ConfigError for a module that exports no strategy.
 */
export function cardOf({ label, name, card, part }: CastStrategy, parts: PartsAtHand): Card | string | null {
  if (part === undefined) return card ?? name;
  return part.kind === "module" ? cardOfExport(exportOf(part, parts), titleOf(label)) : null;
}

/**
 * Makes the strategy of a run. It must be closed.
 *
 * @throws ConfigError for a strategy or an option that does not exist. PartError for a program that does not take the problem.
 */
export function openStrategy(strategy: CastStrategy, problem: Problem, seed: string, parts: PartsAtHand): OpenedStrategy {
  const { label, name, options, part } = strategy;
  if (part?.kind === "closed") return notAllowed(titleOf(label));
  if (part !== undefined && part.kind !== "module")
    return openProgramStrategy({ title: titleOf(label), program: programOf(part, parts), name, options, problem, seed });
  const made = createStrategy(cardOf(strategy, parts)!, options, problem);
  return { strategy: made, version: made.version, close: () => {} };
}

/** How errors call a strategy. */
export function titleOf(label: string): string {
  return `strategy ${show(label)}`;
}
