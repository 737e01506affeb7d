import type { OptionSpecs, Problem, Strategy } from "@caviar-hpo/core";

/** A strategy as a message names it. */
export type StrategyChoice = { readonly name: string; readonly options: { readonly [name: string]: string | number | boolean } };

/** The strategies a session can open. */
export type Registry = {
  readonly strategies: readonly {
    readonly name: string;
    readonly doc: string;
    readonly options: OptionSpecs;
    /** Whether it decides how far trials are trained, and needs a problem with a fidelity. */
    readonly multiFidelity: boolean;
    /** Whether its points depend on what earlier ones have measured. */
    readonly adaptive: boolean;
  }[];
  /** @throws ConfigError for an unknown name, a bad option, or a problem that the strategy does not suit. */
  create(name: string, options: StrategyChoice["options"], problem: Problem): Strategy;
  /** What a strategy is going to do, for people; null where nothing is known before. */
  plan?(name: string, options: StrategyChoice["options"], problem: Problem): string | null;
};
