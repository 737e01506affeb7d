export {
  type AshaOptions,
  type AsynchronousHyperbandOptions,
  asha,
  ashaOptions,
  asynchronousHyperband,
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
  type Stage,
} from "./brackets.ts";
export { showBrackets } from "./bracketText.ts";
export { type CaviarOptions, type CaviarState, caviar, caviarOptions } from "./caviar.ts";
export type { Explored } from "./explore.ts";
export { type HyperbandOptions, hyperband, hyperbandOptions } from "./hyperband.ts";
export type { Ladder, Ladders } from "./ladder.ts";
export { type MedianRuleOptions, type MedianRuleState, medianRule, medianRuleOptions } from "./medianRule.ts";
export { type PandaOptions, type PandaState, panda, pandaOptions } from "./panda.ts";
export { type PashaOptions, type PashaState, pasha, pashaOptions } from "./pasha.ts";
export {
  type PopulationBasedOptions,
  type PopulationBasedState,
  populationBased,
  populationBasedOptions,
} from "./populationBased.ts";
export { type SuccessiveHalvingOptions, successiveHalving, successiveHalvingOptions, successiveHalvingTable } from "./successiveHalving.ts";
export type { SynchronousState } from "./synchronous.ts";
