export {
  type AshaOptions,
  type AsynchronousHyperbandOptions,
  asha,
  ashaCard,
  asynchronousHyperband,
  asynchronousHyperbandCard,
} from "./asynchronous.ts";
export { hyperbandCards } from "./cards.ts";
export { type CaviarOptions, caviar, caviarCard } from "./caviar.ts";
export { type FreezeThawOptions, freezeThaw, freezeThawCard } from "./freezeThaw.ts";
export { type HyperbandOptions, hyperband, hyperbandCard } from "./hyperband.ts";
export { type MedianRuleOptions, medianRule, medianRuleCard } from "./medianRule.ts";
export { type PandaOptions, panda, pandaCard } from "./panda.ts";
export { type PashaOptions, pasha, pashaCard } from "./pasha.ts";
export { type PopulationBasedOptions, populationBased, populationBasedCard } from "./populationBased.ts";
export { type SuccessiveHalvingOptions, successiveHalving, successiveHalvingCard } from "./successiveHalving.ts";
