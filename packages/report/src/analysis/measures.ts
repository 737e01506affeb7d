/**
 * The measures that do not depend on which strategies take part: what results are worth in random evaluations and in anchored regret, and
 * when runs reach targets. They use complete blocks.
 */
import { type AnchoredRegret, anchoredRegret } from "./anchored.ts";
import { bbobClasses, bbobClassOf } from "./bbobClasses.ts";
import { type Equivalents, equivalents } from "./equivalents.ts";
import type { ProblemBlocks } from "./problemBlocks.ts";
import { type ProblemTimes, runningTimes } from "./runningTimes.ts";
import { perDimension, perSimplex, type RuntimeCurves, runtimeCurves } from "./runtimeCurves.ts";
import { type SpeedUps, speedUps } from "./speedUps.ts";
import {
  budgets,
  budgetTargets,
  precisions,
  precisionTargets,
  profileShares,
  profileTarget,
  tableBudgets,
  tablePrecisions,
} from "./targets.ts";

export type Measures = {
  /** Null if no problem has anchors. */
  readonly equivalents: Equivalents | null;
  /** Null if no problem has anchors and a known minimum. */
  readonly anchored: AnchoredRegret | null;
  readonly speedUps: SpeedUps | null;
  readonly runtime: Runtime;
};

export type Runtime = {
  /** Over the targets of budgets, and over fixed precisions; null if no problem has such targets. */
  readonly budgets: RuntimeCurves | null;
  readonly precisions: RuntimeCurves | null;
  /** Over the targets of budgets (or precisions, if there are no anchors), for each number of dimensions if there are several. */
  readonly byDimension: readonly { readonly dimensions: number; readonly curves: RuntimeCurves }[];
  /** The same for each class of BBOB's functions, if there are several. */
  readonly byClass: readonly { readonly title: string; readonly curves: RuntimeCurves }[];
  /** Data profiles by the share that is left; without those that all runs or no runs reach. */
  readonly profiles: readonly { readonly share: number; readonly curves: RuntimeCurves }[];
  /** Expected running times to the targets of COCO's tables. */
  readonly budgetTimes: readonly ProblemTimes[];
  readonly precisionTimes: readonly ProblemTimes[];
};

/**
 * @param finals finals[problem][strategy][block], the value at the end of each run
 */
export function measures(
  blocks: readonly ProblemBlocks[],
  finals: readonly (readonly (readonly number[])[])[],
  reference: number,
): Measures {
  return {
    equivalents: equivalents(blocks, finals),
    anchored: anchoredRegret(blocks, finals, reference),
    speedUps: speedUps(blocks, reference),
    runtime: {
      budgets: runtimeCurves(blocks, budgetTargets(budgets), perDimension),
      precisions: runtimeCurves(blocks, precisionTargets(precisions), perDimension),
      byDimension: byDimension(blocks),
      byClass: byClass(blocks),
      profiles: profiles(blocks),
      budgetTimes: runningTimes(blocks, budgetTargets(tableBudgets)),
      precisionTimes: runningTimes(blocks, precisionTargets(tablePrecisions)),
    },
  };
}

function byDimension(blocks: readonly ProblemBlocks[]): Runtime["byDimension"] {
  const all = [...new Set(blocks.map(({ card }) => card.dimensions))].sort((a, b) => a - b);
  return panels(blocks, all, (problem) => problem.card.dimensions).map(({ of, curves }) => ({ dimensions: of, curves }));
}

function byClass(blocks: readonly ProblemBlocks[]): Runtime["byClass"] {
  const all = bbobClasses.filter((title) => blocks.some(({ card }) => bbobClassOf(card) === title));
  return panels(blocks, all, ({ card }) => bbobClassOf(card)).map(({ of, curves }) => ({ title: of, curves }));
}

/** The curves of each part of the problems; none if there are not several parts. */
function panels<P>(
  blocks: readonly ProblemBlocks[],
  parts: readonly P[],
  partOf: (problem: ProblemBlocks) => P | undefined,
): readonly { readonly of: P; readonly curves: RuntimeCurves }[] {
  if (parts.length < 2) return [];
  const targetsOf = blocks.some(({ anchors }) => anchors !== null) ? budgetTargets(budgets) : precisionTargets(precisions);
  return parts.flatMap((of) => {
    const some = blocks.filter((problem) => partOf(problem) === of);
    const curves = runtimeCurves(some, targetsOf, perDimension);
    return curves === null ? [] : [{ of, curves }];
  });
}

function profiles(blocks: readonly ProblemBlocks[]): Runtime["profiles"] {
  return profileShares.flatMap((share) => {
    const curves = runtimeCurves(blocks, profileTarget(share), perSimplex);
    return curves === null || curves.strategies.every(({ at }) => at.length === 0) ? [] : [{ share, curves }];
  });
}
