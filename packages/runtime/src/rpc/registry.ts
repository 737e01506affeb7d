import type { OptionSpecs, Strategy } from "@caviar/core";

/** A strategy as a message names it. */
export type StrategyChoice = { readonly name: string; readonly options: { readonly [name: string]: string | number | boolean } };

/** The strategies a session can open. */
export type Registry = {
  readonly strategies: readonly { readonly name: string; readonly doc: string; readonly options: OptionSpecs }[];
  /** @throws ConfigError for an unknown name or a bad option. */
  create(name: string, options: StrategyChoice["options"]): Strategy;
};
