/**
 * The targets of the runtime view. Fixed precisions are distances from the minimum, as in COCO. Targets of a budget are what random search
 * has found in the median after so many evaluations per dimension (after the run-length-based targets of COCO); they come from the anchors,
 * so they do not depend on the runs. Profile targets are shares of the way from the median random point to the minimum.
 */
import { exp, log, pow } from "@caviar-hpo/numerics";
import { valueAfter } from "../statistics/randomEquivalent.ts";
import type { ProblemBlocks } from "./problemBlocks.ts";

/** A target of one problem: its name among the targets of its kind, and the value to reach in each block. */
export type RuntimeTarget = { readonly name: number; readonly values: readonly number[] };

/** The targets that a problem has; none if it lacks a minimum or anchors. */
export type TargetsOf = (blocks: ProblemBlocks) => readonly RuntimeTarget[];

/** 51 precisions from 100 to 1e-8, the default of COCO. */
export const precisions: readonly number[] = Array.from({ length: 51 }, (_, step) => pow(10, 2 - step / 5));
/** The precisions of COCO's tables. */
export const tablePrecisions: readonly number[] = [10, 1, 0.1, 0.01, 1e-3, 1e-5, 1e-7];
/** 31 numbers of evaluations per dimension from 0.5 to 50, a constant factor apart. */
export const budgets: readonly number[] = Array.from({ length: 31 }, (_, step) => 0.5 * exp((step / 30) * log(100)));
/** The numbers of evaluations per dimension of COCO's tables for expensive problems. */
export const tableBudgets: readonly number[] = [0.5, 1.2, 3, 10, 50];
/** The shares that are left of the way to the minimum (Moré and Wild 2009). */
export const profileShares: readonly number[] = [1e-1, 1e-3, 1e-5, 1e-7];

export function precisionTargets(names: readonly number[]): TargetsOf {
  return ({ card, runs }) =>
    card.measure === undefined ? names.map((name) => ({ name, values: runs[0]!.map(() => card.optimum + name) })) : [];
}

/** A target is missing if it is beyond what the sample of random points can tell. */
export function budgetTargets(names: readonly number[]): TargetsOf {
  return (blocks) => names.flatMap((name) => targetAfter(blocks, name, name * blocks.card.dimensions));
}

/** What random search has found in the median with the whole budget; the name is the budget. */
export const finalTarget: TargetsOf = (blocks) => targetAfter(blocks, blocks.card.budget, blocks.card.budget);

function targetAfter({ anchors }: ProblemBlocks, name: number, evaluations: number): readonly RuntimeTarget[] {
  if (anchors === null) return [];
  const values = anchors.map((anchor) => valueAfter(anchor, Math.max(1, evaluations)));
  return values.every((value) => value !== null) ? [{ name, values }] : [];
}

export function profileTarget(share: number): TargetsOf {
  return ({ card, anchors }) => {
    if (anchors === null || card.measure !== undefined || anchors.some(({ median }) => !(median > card.optimum))) return [];
    return [{ name: share, values: anchors.map(({ median }) => card.optimum + share * (median - card.optimum)) }];
  };
}
