/** Options of the optimiser, as data. Plans, the command line and the wire list and check them. */
import { choice, int, real } from "@caviar-hpo/core";
import type { OptionSpec, OptionSpecs } from "@caviar-hpo/core/contract";
import { acquisitions } from "./search/acquire.ts";
import { allWarps, families } from "./surrogate/modelChoice.ts";

export type BayesoptOptions = {
  /**
   * How many scrambled Sobol points come before the model decides. auto: two per parameter, but at least 5 and at most 20. A whole number
   * from 1 to 10000, both included, or "auto"; "auto" by default.
   */
  readonly initial?: number | "auto";
  /**
   * About how many evaluations of the acquisition function one suggestion may use. A whole number from 64 to 10000000, both included; 2000
   * by default.
   */
  readonly askEffort?: number;
  /**
   * The family of the kernel. auto: the marginal likelihood chooses it. One of "auto", "matern52", "squaredExponential", "matern32"; "auto"
   * by default.
   */
  readonly kernel?: string;
  /**
   * The function that transforms the values before the fit. auto: the marginal likelihood chooses it. One of "auto", "identity",
   * "yeoJohnson", "shiftedLog(0.1)", "shiftedLog(0.01)", "shiftedLog(0.001)", "winsorised", "halfRankLog"; "auto" by default.
   */
  readonly warp?: string;
  /**
   * The noise of the values. none: values are exact. learned: the model learns its variance. auto: learned if repeated points differ,
   * otherwise the marginal likelihood chooses. One of "auto", "none", "learned"; "auto" by default.
   */
  readonly noise?: string;
  /**
   * Whether a learned curve transforms each numeric parameter before the kernel. auto: the marginal likelihood chooses. One of "none",
   * "kumaraswamy", "auto"; "none" by default.
   */
  readonly inputWarp?: string;
  /**
   * The acquisition function that a suggestion maximises. logNoisyEI equals logEI while values are exact. One of "logEI", "logPI",
   * "lowerConfidenceBound", "logNoisyEI", "thompson"; "logNoisyEI" by default.
   */
  readonly acquisition?: string;
  /**
   * How much the beliefs of the space count: with n values, the acquisition is multiplied by the density of the beliefs to the power of
   * this number / n. A number from 0 to 1000, both included; 3 by default.
   */
  readonly beliefStrength?: number;
  /**
   * How much the cost of a trial counts: the acquisition is divided by the expected seconds of a trial to this power. 0: not at all. 1:
   * improvement per second. A number from 0 to 1, both included; 0 by default.
   */
  readonly costPower?: number;
};

export const bayesoptOptions: OptionSpecs & Record<keyof BayesoptOptions, OptionSpec> = {
  initial: {
    param: int(1, 10_000),
    special: "auto",
    formerly: 0,
    default: "auto",
    doc: "How many scrambled Sobol points come before the model decides. auto: two per parameter, but at least 5 and at most 20.",
  },
  askEffort: {
    param: int(64, 10_000_000),
    default: 2000,
    doc: "About how many evaluations of the acquisition function one suggestion may use.",
  },
  kernel: {
    param: choice(["auto", ...families]),
    default: "auto",
    doc: "The family of the kernel. auto: the marginal likelihood chooses it.",
  },
  warp: {
    param: choice(["auto", ...allWarps]),
    default: "auto",
    doc: "The function that transforms the values before the fit. auto: the marginal likelihood chooses it.",
  },
  noise: {
    param: choice(["auto", "none", "learned"]),
    default: "auto",
    doc: "The noise of the values. none: values are exact. learned: the model learns its variance. auto: learned if repeated points differ, otherwise the marginal likelihood chooses.",
  },
  inputWarp: {
    param: choice(["none", "kumaraswamy", "auto"]),
    default: "none",
    doc: "Whether a learned curve transforms each numeric parameter before the kernel. auto: the marginal likelihood chooses.",
  },
  acquisition: {
    param: choice(acquisitions),
    default: "logNoisyEI",
    doc: "The acquisition function that a suggestion maximises. logNoisyEI equals logEI while values are exact.",
  },
  beliefStrength: {
    param: real(0, 1000),
    default: 3,
    doc: "How much the beliefs of the space count: with n values, the acquisition is multiplied by the density of the beliefs to the power of this number / n.",
  },
  costPower: {
    param: real(0, 1),
    default: 0,
    doc: "How much the cost of a trial counts: the acquisition is divided by the expected seconds of a trial to this power. 0: not at all. 1: improvement per second.",
  },
};
