/** One suggestion: by the design while there is no model, then by the model, and at the end of a finite space by what is left. */
import { type Asking, modelOfAsk } from "./asking.ts";
import { ending, leftOver, smallSpaceOf } from "./exhaustion.ts";
import { withoutModel } from "./fallback.ts";
import { isInitial } from "./initialDesign.ts";
import { searchByModel } from "./modelSearch.ts";
import { byModel, type ProposedPoint } from "./proposal.ts";
import { bestAllowed, replicate } from "./replication.ts";

export function suggest(asking: Asking): ProposedPoint | "wait" | "exhausted" {
  const small = smallSpaceOf(asking);
  const exhausted = small?.untried.length === 0;
  const model = isInitial(asking) && !exhausted ? null : modelOfAsk(asking);
  if (exhausted && !model?.noisy) return ending(asking);
  if (model === null) return withoutModel(asking) ?? ending(asking);

  const { ranked, judge, note } = searchByModel(asking, model, (exhausted ? small?.all : small?.untried) ?? null);
  const best = bestAllowed(asking, model, ranked, exhausted);
  if (best !== undefined) return byModel(model, best, exhausted ? { ...note, decided: "replicate" } : note);
  const [left] = judge(leftOver(asking));
  if (left !== undefined) return byModel(model, left, { ...note, decided: "untried" });
  return replicate(model, ranked, note) ?? ending(asking);
}
