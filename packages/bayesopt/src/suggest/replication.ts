/** Trying a point again: with noise another measurement says more, without noise it says nothing. */
import type { Found } from "../search/maximise.ts";
import { isDiscrete } from "../search/untried.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";
import { type Asking, isTried } from "./asking.ts";
import type { Note, ProposedPoint } from "./proposal.ts";

/**
 * The best of the points that may be suggested. Points that have been tried are among them once a small space is `exhausted`, and with
 * noise where a parameter is continuous. On a discrete space each point is tried before any is repeated. The noise of a cautious model is
 * an assumption, not a reason to repeat a point.
 */
export function bestAllowed(asking: Asking, model: ProblemModel, ranked: readonly Found[], exhausted: boolean): Found | undefined {
  const noisy = model.noisy && !asking.cautious;
  const mayRepeat = exhausted || (noisy && !isDiscrete(asking.context.problem.space));
  return ranked.find(({ unit }) => mayRepeat || !isTried(asking, unit));
}

/** The best point again, for when no other is left; null without noise. */
export function replicate(model: ProblemModel, [best]: readonly Found[], note: Note): ProposedPoint | null {
  return model.noisy && best !== undefined ? { unit: best.unit, note: { ...note, decided: "replicate" }, model } : null;
}
