/** Options of the optimiser, as data: plans, command lines and the wire list and check them. */
import { choice, int } from "@caviar-hpo/core";
import type { OptionSpec, OptionSpecs } from "@caviar-hpo/core/contract";
import { acquisitions } from "./search/acquire.ts";
import { allWarps, families } from "./surrogate/modelChoice.ts";

export type BayesoptOptions = {
  readonly initial?: number;
  readonly askEffort?: number;
  readonly kernel?: string;
  readonly warp?: string;
  readonly noise?: string;
  readonly inputWarp?: string;
  readonly acquisition?: string;
};

export const bayesoptOptions: OptionSpecs & Record<keyof BayesoptOptions, OptionSpec> = {
  initial: { param: int(0, 10_000), default: 0, doc: "Scrambled Sobol points before the model is used; 0: twice the parameters, 5 to 20." },
  askEffort: { param: int(64, 10_000_000), default: 2000, doc: "Evaluations of the acquisition that one suggestion may take, about." },
  kernel: { param: choice(["auto", ...families]), default: "auto", doc: "The kernel's family; auto: chosen by the marginal likelihood." },
  warp: {
    param: choice(["auto", ...allWarps]),
    default: "auto",
    doc: "The map of the values before the fit; auto: chosen by the marginal likelihood.",
  },
  noise: {
    param: choice(["auto", "none", "learned"]),
    default: "auto",
    doc: "Whether values are exact; auto: chosen by the marginal likelihood, learned where replicates differ.",
  },
  inputWarp: {
    param: choice(["none", "kumaraswamy", "auto"]),
    default: "none",
    doc: "Whether each number is bent before the kernel sees it; auto: chosen by the marginal likelihood.",
  },
  acquisition: {
    param: choice(acquisitions),
    default: "logNoisyEI",
    doc: "What a suggestion maximises; logNoisyEI is logEI while values are exact.",
  },
};
