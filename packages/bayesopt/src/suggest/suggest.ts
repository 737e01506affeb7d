/** One suggestion: by the design while there is no model, then by the model, and at the end of a finite space by what is left. */
import { type Config, derive, encode, uniformConfig } from "@caviar-hpo/core";
import { completed } from "@caviar-hpo/core/contract";
import { incumbentOf } from "../search/acquire.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";
import type { Asking } from "./asking.ts";
import { ending, leftOver, smallSpaceOf } from "./exhaustion.ts";
import { withoutModel } from "./fallback.ts";
import { designPoints, isInitial } from "./initialDesign.ts";
import { searchByModel } from "./modelSearch.ts";
import { byModel, type ProposedPoint } from "./proposal.ts";
import { bestAllowed, replicate } from "./replication.ts";

/** @param given values that the point has to have; null if all are open. */
export function suggest(asking: Asking, given: Config | null): ProposedPoint | "wait" | "exhausted" {
  const small = smallSpaceOf(asking);
  const exhausted = small?.untried.length === 0;
  // Whether values have noise, and points are to be repeated, is up to the most probable model.
  if (exhausted && asking.cautious) return suggest({ ...asking, cautious: false }, given);
  const model = isInitial(asking) && !exhausted ? null : asking.fit(asking);
  if (exhausted && !model?.noisy) return ending(asking);
  if (model === null) return withoutModel(asking) ?? ending(asking);

  const listed = given === null ? ((exhausted ? small?.all : small?.untried) ?? unguided(asking, model)) : completionsOf(asking, given);
  const { ranked, judge, note } = searchByModel(asking, model, listed);
  const best = bestAllowed(asking, model, ranked, exhausted);
  if (best !== undefined) return byModel(model, best, exhausted ? { ...note, decided: "replicate" } : note);
  const [left] = judge(leftOver(asking));
  if (left !== undefined) return byModel(model, left, { ...note, decided: "untried" });
  if (asking.cautious) return suggest({ ...asking, cautious: false }, given);
  return replicate(model, ranked, note) ?? ending(asking);
}

/**
 * Points of the design, while nothing is feasible and constraints that only say yes or no give no direction. The point that is farthest from
 * all failures is a corner of the space; of the next points of the design the most probable one is chosen. Else null: all points.
 */
function unguided(asking: Asking, model: ProblemModel): readonly Float64Array[] | null {
  if (incumbentOf(model) !== null || model.conditions.every(({ told }) => told === "values")) return null;
  const points = designPoints(asking);
  return points.length === 0 ? null : points;
}

/** Points that have the given values: the rest is drawn, or that of one of the latest trials. */
function completionsOf({ context, key }: Asking, given: Config): readonly Float64Array[] {
  const { space } = context.problem;
  const drawn = Array.from({ length: drawnCompletions }, (_, at) => uniformConfig(space, derive(key, "completion", at)));
  const latest = context.history.trials.slice(-latestTrials).map(({ config }) => config);
  return [...latest, ...drawn].map((config) => encode(space, completed(space, given, config)));
}

const [drawnCompletions, latestTrials] = [192, 64];
