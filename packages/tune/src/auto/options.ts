/** Options of `auto`, as data. */
import { choice, int } from "@caviar-hpo/core";
import type { OptionSpec, OptionSpecs } from "@caviar-hpo/core/contract";

export type AutoOptions = {
  /**
   * After how many ended trials a sampler whose asks stay cheap follows the Gaussian process. A whole number from 1 to 10000000, both
   * included; 300 by default.
   */
  readonly handOver?: number;
  /**
   * Whether the costs of trials count. ignored: they do not, so equal values give equal points. counted: the Gaussian process is left after
   * 100 trials already, if the trials that stated their costSeconds cost less than an ask. One of "ignored", "counted"; "ignored" by
   * default.
   */
  readonly costs?: "ignored" | "counted";
  /**
   * About how many evaluations of the acquisition function one suggestion of the Gaussian process may use. A whole number from 64 to
   * 10000000, both included; 2000 by default.
   */
  readonly askEffort?: number;
};

export const autoOptions: OptionSpecs & Record<keyof AutoOptions, OptionSpec> = {
  handOver: {
    param: int(1, 10_000_000),
    default: 300,
    doc: "After how many ended trials a sampler whose asks stay cheap follows the Gaussian process.",
  },
  costs: {
    param: choice(["ignored", "counted"]),
    default: "ignored",
    doc: "Whether the costs of trials count. ignored: they do not, so equal values give equal points. counted: the Gaussian process is left after 100 trials already, if the trials that stated their costSeconds cost less than an ask.",
  },
  askEffort: {
    param: int(64, 10_000_000),
    default: 2000,
    doc: "About how many evaluations of the acquisition function one suggestion of the Gaussian process may use.",
  },
};
