export { type Campaign, runCampaign, toyValue } from "./campaign.ts";
export { type CardLawName, cardLawNames, cardLaws } from "./cardLaws.ts";
export { type LawName, type LawOptions, lawNames, strategyLaws } from "./laws.ts";
export { createModel } from "./model.ts";
export { type Action, type Cast, type Outcome, type Performance, play, type Witness } from "./play.ts";
export type { Law, PropertyOptions } from "./property.ts";
export { failureReasons, type Script, type Step, scripts } from "./script.ts";
export { configs, degenerateSpaces, fidelities, params, problems, type SpaceOptions, spaces } from "./spaces.ts";
export { awkwardValues, type ValuePattern, valuePatterns, values } from "./values.ts";
