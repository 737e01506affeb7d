export {
  type AshaOptions,
  type AsynchronousHyperbandOptions,
  asha,
  ashaCard,
  ashaOptions,
  asynchronousHyperband,
  asynchronousHyperbandCard,
  asynchronousHyperbandOptions,
} from "./asynchronous.ts";
export {
  type Bracket,
  type BracketOptions,
  type BracketTable,
  bracketOptions,
  bracketTable,
  type Convention,
  type Cost,
  mostHalvings,
  type RungPlan,
} from "./brackets.ts";
export { showBrackets } from "./bracketText.ts";
export { hyperbandCards } from "./cards.ts";
export { type CaviarOptions, type CaviarState, caviar, caviarCard, caviarOptions } from "./caviar.ts";
export type { Explored } from "./explore.ts";
export { type HyperbandOptions, hyperband, hyperbandCard, hyperbandOptions } from "./hyperband.ts";
export type { Ladder, Ladders } from "./ladder.ts";
export { type MedianRuleOptions, type MedianRuleState, medianRule, medianRuleCard, medianRuleOptions } from "./medianRule.ts";
export { type PandaOptions, type PandaState, panda, pandaCard, pandaOptions } from "./panda.ts";
export { type PashaOptions, type PashaState, pasha, pashaCard, pashaOptions } from "./pasha.ts";
export {
  type PopulationBasedOptions,
  type PopulationBasedState,
  populationBased,
  populationBasedCard,
  populationBasedOptions,
} from "./populationBased.ts";
export {
  type SuccessiveHalvingOptions,
  successiveHalving,
  successiveHalvingCard,
  successiveHalvingOptions,
  successiveHalvingTable,
} from "./successiveHalving.ts";
export type { SynchronousState } from "./synchronous.ts";
