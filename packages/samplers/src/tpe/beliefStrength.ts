/** The option of the samplers with a density model that says how much beliefs count. */
import { real } from "@caviar-hpo/core";
import type { OptionSpec } from "@caviar-hpo/core/contract";

export const beliefStrengthOption: OptionSpec = {
  param: real(0, 1000),
  default: 3,
  doc: "How much the beliefs of the space count: after n trials, they have this number / (n + this number) of the density of the good trials.",
};
