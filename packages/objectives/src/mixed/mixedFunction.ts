/**
 * A test function on a space that is not a box: whole numbers, categories, parameters that exist only under a condition. Its minimum
 * is known as that of a `TestFunction` is. Everything is minimised.
 */
import type { Config, Space } from "@caviar-hpo/core";
import type { Optimum } from "../testFunction.ts";

export type MixedFunction = {
  /** Stable and unique, for instance `func2c`, `bbob-mixint-f15-d5-i3`. */
  readonly id: string;
  readonly title: string;
  readonly space: Space;
  /** Pure. @throws ConfigError for a configuration that is not of `space`. */
  readonly evaluate: (config: Config) => number;
  readonly optimum: Optimum;
  /** Configurations that attain the minimum: all of them where there are finitely many and `minimisersComplete`. */
  readonly minimisers: readonly Config[];
  readonly minimisersComplete: boolean;
  readonly source: string;
};
