/** The strategies of this package: a new one is one line here. */
import type { SamplerCard } from "@caviar-hpo/core";
import { bayesoptCard } from "./bayesopt.ts";

export const bayesoptCards: readonly SamplerCard[] = [bayesoptCard];
