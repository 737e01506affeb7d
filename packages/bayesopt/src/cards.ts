/** The strategies of this package. A new strategy is one more line here. */
import type { SamplerCard } from "@caviar-hpo/core";
import { bayesoptCard } from "./bayesopt.ts";

/** The cards of this package. */
export const bayesoptCards: readonly SamplerCard[] = [bayesoptCard];
