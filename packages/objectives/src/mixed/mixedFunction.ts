/**
 * A test function on a space that is not a box. It may have whole numbers, categories, and parameters that exist only under a condition.
 * Its minimum is known, as for a `TestFunction`. Everything is minimised.
 */
import type { Config, Space } from "@caviar-hpo/core";
import type { Optimum } from "../testFunction.ts";

/** A test function on a space of any kind, with a certified minimum. */
export type MixedFunction = {
  /** Stable and unique, such as `func2c` or `bbob-mixint-f15-d5-i3`. */
  readonly id: string;
  readonly title: string;
  readonly space: Space;
  /** The value at a configuration. Pure. Throws ConfigError for a configuration that is not in `space`. */
  readonly evaluate: (config: Config) => number;
  readonly optimum: Optimum;
  /** Configurations that attain the minimum: all of them if `minimisersComplete`, otherwise some. */
  readonly minimisers: readonly Config[];
  readonly minimisersComplete: boolean;
  readonly source: string;
};
