import type { Card, StrategyOptions } from "@caviar-hpo/core";

/** A strategy as a message names it. */
export type StrategyChoice = { readonly name: string; readonly options: StrategyOptions };

/** The strategies that a session can open: shipped ones, and those of anybody's cards. */
export type Registry = readonly Card[];
