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
export { type HyperbandOptions, hyperband, hyperbandOptions } from "./hyperband.ts";
export { type SuccessiveHalvingOptions, successiveHalving, successiveHalvingOptions } from "./successiveHalving.ts";
export type { SynchronousState } from "./synchronous.ts";
