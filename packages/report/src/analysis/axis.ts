/**
 * The axis of curves: counted evaluations, one entry each, or cumulative resource. The amounts of resource grow by a constant factor, so
 * that a figure also shows what happens before the first full training.
 */
import { exp, log } from "@caviar-hpo/numerics";
import type { CampaignResults, ProblemFacts, ResourceBudget } from "../results.ts";

export type CurveAxis = {
  readonly kind: "evaluations" | "resource";
  /** The text below an axis. */
  readonly title: string;
  /** The position of each entry of a curve, ascending. The last one is the whole budget. */
  readonly positions: readonly number[];
  /**
   * The index of the first entry that the anytime score counts: the first one after the shared initial design. For resource, the first one
   * from a full training on, because a search that trains every trial to the end has nothing to recommend before that.
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

/** Amounts from `from` to `fullTrainings`, both included exactly. Each is a constant factor above the one before. */
function amounts({ from, fullTrainings, points }: ResourceBudget): readonly number[] {
  const step = log(fullTrainings / from) / (points - 1);
  return Array.from({ length: points }, (_, point) => (point === points - 1 ? fullTrainings : from * exp(point * step)));
}
