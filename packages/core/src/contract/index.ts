/**
 * For those who write strategies, or run the strategies of others: what cards, samplers and schedulers consist of, the order of trials, and
 * the helpers that shipped strategies use.
 */

export { drawConfig } from "../random/uniform.ts";
export { beliefOf } from "../space/belief/densities.ts";
export { type BeliefDensity, type BeliefFactor, type BeliefPart, densityOf, drawFactor, logFactor } from "../space/belief/density.ts";
export { countValues, indexOfValue, valueAt } from "../space/lattice.ts";
export { completed, isComplete } from "../space/partial.ts";
export { lastFeasible, randomFeasibleStep } from "../space/where/feasibleSteps.ts";
export { historyCache } from "../study/historyCache.ts";
export { fewTrials, ignoredBy } from "../study/notices.ts";
export type { Heard } from "../study/report.ts";
export { restore, type SavedState } from "../study/restore.ts";
export type { Dependence, Need } from "./card.ts";
export { checkCard } from "./checkCard.ts";
export {
  type Contestant,
  compare,
  compareMeasurements,
  compareMerits,
  compareStandings,
  rankTrials,
  type Standing,
  standingOf,
} from "./compare.ts";
export { resultAt, sameFidelity, settleFidelity } from "./fidelity.ts";
export { createFromCard, defaultStrategy, describePlanOf, findCard } from "./findCard.ts";
export { measure } from "./measurement.ts";
export { notedOutlook } from "./notedOutlook.ts";
export { noticeText, onceEach } from "./notice.ts";
export { type OptionSpec, type OptionSpecs, type OptionValue, readOptions } from "./options.ts";
export { type Pending, type PendingConfig, unseenIn } from "./pending.ts";
export { readFidelity, readProblem } from "./problem.ts";
export { isResumed } from "./resumed.ts";
export { sameJson } from "./sameJson.ts";
export type { SlotToFill, Suggestion } from "./sampler.ts";
export { samplerCard } from "./samplerCard.ts";
export type { Move, PausedTrial, Prefer, Slot } from "./scheduler.ts";
export { composeCards } from "./schedulerCard.ts";
export type { Answer, Capabilities, Context, Directive, LeastTrials, Outlook, Prediction, Proposal, Then } from "./strategy.ts";
export type { Remark } from "./trial.ts";
export { drawUntried, type Tried, triedIn } from "./tried.ts";
export { isFeasible, violationOf } from "./violation.ts";
