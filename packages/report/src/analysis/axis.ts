/**
 * What curves are drawn against: counted evaluations, one entry each, or cumulative resource at amounts that are the same factor apart, so
 * that what happens before the first full training is seen too.
 */
import { exp, log } from "@caviar-hpo/numerics";
import type { CampaignResults, ProblemFacts, ResourceBudget } from "../results.ts";

export type CurveAxis = {
  readonly kind: "evaluations" | "resource";
  /** In words, for below an axis. */
  readonly title: string;
  /** Where each entry of a curve stands, ascending; the last is the whole budget. */
  readonly positions: readonly number[];
  /**
   * The first entry that the anytime score counts: after the shared initial design; where resource is counted, from one full training on,
   * which is when a search that trains everything to the end has something to recommend.
   */
  readonly anytimeFrom: number;
};

export function axisOf(results: CampaignResults, problem: ProblemFacts): CurveAxis {
  const { resource, initialPoints } = results;
  if (resource === undefined) {
    const positions = Array.from({ length: problem.budget }, (_, step) => step + 1);
    return { kind: "evaluations", title: "counted evaluations", positions, anytimeFrom: initialPoints };
  }
  const positions = amounts(resource);
  return {
    kind: "resource",
    title: "resource spent, in full trainings",
    positions,
    anytimeFrom: positions.findIndex((amount) => amount >= 1),
  };
}

/** From `from` to `fullTrainings`, both exactly, each the same factor above the one before. */
function amounts({ from, fullTrainings, points }: ResourceBudget): readonly number[] {
  const step = log(fullTrainings / from) / (points - 1);
  return Array.from({ length: points }, (_, point) => (point === points - 1 ? fullTrainings : from * exp(point * step)));
}
