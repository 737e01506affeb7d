import type { Card, StrategyOptions } from "@caviar-hpo/core";

/** A strategy as a message names it. */
export type StrategyChoice = { readonly name: string; readonly options: StrategyOptions };

/** The strategies that a session can open, by their cards: shipped ones, and your own. */
export type Registry = readonly Card[];
