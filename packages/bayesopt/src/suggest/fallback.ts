/**
 * What is suggested without a model: points of the initial design, also later when nothing could be measured or no matrix can be
 * factorised.
 */
import type { Asking } from "./asking.ts";
import { designPoint, isInitial } from "./initialDesign.ts";
import type { ProposedPoint } from "./proposal.ts";

/** null where everything has been tried. */
export function withoutModel(asking: Asking): ProposedPoint | null {
  const unit = designPoint(asking);
  if (unit === null) return null;
  const decided = asking.trials.observed.length === 0 || isInitial(asking) ? "initial design" : "fallback";
  return { unit, note: { decided }, model: null };
}
