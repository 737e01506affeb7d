/** Bracket tables: which rungs successive halving and Hyperband train at, how many trials at each, and at what cost. */

export {
  type Bracket,
  type BracketOptions,
  type BracketTable,
  bracketTable,
  type Convention,
  type Cost,
  mostHalvings,
  type RungPlan,
} from "./brackets.ts";
export { showBrackets } from "./bracketText.ts";
