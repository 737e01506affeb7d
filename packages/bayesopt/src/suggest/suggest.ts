/** One suggestion: by the design while there is no model, then by the model, and at the end of a finite space by what is left. */
import { type Config, derive, encode, uniformConfig } from "@caviar-hpo/core";
import { completed } from "@caviar-hpo/core/contract";
import type { Asking } from "./asking.ts";
import { ending, leftOver, smallSpaceOf } from "./exhaustion.ts";
import { withoutModel } from "./fallback.ts";
import { isInitial } from "./initialDesign.ts";
import { searchByModel } from "./modelSearch.ts";
import { byModel, type ProposedPoint } from "./proposal.ts";
import { bestAllowed, replicate } from "./replication.ts";

/** @param given values that the point has to have; null if all are open. */
export function suggest(asking: Asking, given: Config | null): ProposedPoint | "wait" | "exhausted" {
  const small = smallSpaceOf(asking);
  const exhausted = small?.untried.length === 0;
  const model = isInitial(asking) && !exhausted ? null : asking.fit(asking);
  if (exhausted && !model?.noisy) return ending(asking);
  if (model === null) return withoutModel(asking) ?? ending(asking);

  const listed = given === null ? ((exhausted ? small?.all : small?.untried) ?? null) : completionsOf(asking, given);
  const { ranked, judge, note } = searchByModel(asking, model, listed);
  const best = bestAllowed(asking, model, ranked, exhausted);
  if (best !== undefined) return byModel(model, best, exhausted ? { ...note, decided: "replicate" } : note);
  const [left] = judge(leftOver(asking));
  if (left !== undefined) return byModel(model, left, { ...note, decided: "untried" });
  return replicate(model, ranked, note) ?? ending(asking);
}

/** Points that have the given values: the rest is drawn, or that of one of the latest trials. */
function completionsOf({ context, key }: Asking, given: Config): readonly Float64Array[] {
  const { space } = context.problem;
  const drawn = Array.from({ length: drawnCompletions }, (_, at) => uniformConfig(space, derive(key, "completion", at)));
  const latest = context.history.trials.slice(-latestTrials).map(({ config }) => config);
  return [...latest, ...drawn].map((config) => encode(space, completed(space, given, config)));
}

const [drawnCompletions, latestTrials] = [192, 64];
