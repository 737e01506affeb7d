/**
 * Anchored regret at the final budget over the problems, and how much it depends on the floor. Each problem gives one number: the median
 * over seeds, or the Hodges-Lehmann difference from the reference over the pairs. The problems are the sample of the intervals.
 */
import type { ProblemFacts } from "../results.ts";
import { anchoredFloor, anchoredLogRegret } from "../statistics/anchoredRegret.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { hodgesLehmann } from "../statistics/hodgesLehmann.ts";
import { locationInterval } from "../statistics/locationInterval.ts";
import { beyondAnyDifference, pairedDifference } from "../statistics/pairedDifference.ts";
import { quartiles } from "../statistics/quartiles.ts";
import { groupsOf, type ProblemBlocks } from "./problemBlocks.ts";

/** Floors of the anchored regret: the one of the report, and two higher ones that show how much the numbers depend on it. */
export const floors: readonly number[] = [anchoredFloor, 1e-6, 1e-3];

export type AnchoredRegret = {
  readonly cards: readonly ProblemFacts[];
  /** Median log10 anchored regret at the floor of the report, [problem][strategy]. */
  readonly problems: readonly (readonly number[])[];
  /** One entry per floor. */
  readonly atFloors: readonly AtFloor[];
  /** Variants of one function count once. */
  readonly groups: number;
};

/** As log10, one entry per strategy. */
export type AtFloor = {
  readonly floor: number;
  readonly level: readonly Estimate[];
  /** Minus the anchored regret of the reference on the same problem and seed; 0 for the reference itself. */
  readonly againstReference: readonly Estimate[];
};

/**
 * @param finals finals[problem][strategy][block], the value at the end of each run
 * @returns null if no problem has a known minimum and an anchor above it
 */
export function anchoredRegret(
  blocks: readonly ProblemBlocks[],
  finals: readonly (readonly (readonly number[])[])[],
  reference: number,
): AnchoredRegret | null {
  const places = blocks.map((_, place) => place).filter((place) => hasScale(blocks[place]!));
  if (places.length === 0) return null;
  const cards = places.map((place) => blocks[place]!.card);
  const groups = groupsOf(cards);
  const regretsAt = (floor: number): Regrets =>
    places.map((place) => {
      const { card, anchors } = blocks[place]!;
      return finals[place]!.map((values) => values.map((value, block) => anchoredLogRegret(card, anchors![block]!, value, floor)!));
    });
  return {
    cards,
    problems: mediansOf(regretsAt(floors[0]!)),
    atFloors: floors.map((floor) => atFloor(floor, regretsAt(floor), groups, reference)),
    groups: groups.length,
  };
}

function hasScale({ card, anchors }: ProblemBlocks): boolean {
  return (
    card.measure === undefined && anchors !== null && anchors.every((anchor) => anchoredLogRegret(card, anchor, anchor.median) !== null)
  );
}

/** [problem][strategy][block] */
type Regrets = readonly (readonly (readonly number[])[])[];

function mediansOf(regrets: Regrets): readonly (readonly number[])[] {
  return regrets.map((problem) => problem.map((ofStrategy) => quartiles(ofStrategy).median));
}

function atFloor(floor: number, regrets: Regrets, groups: readonly (readonly number[])[], reference: number): AtFloor {
  const medians = mediansOf(regrets).map((problem) => problem.map((median) => Math.min(median, beyondAnyDifference)));
  const differences = regrets.map((problem) =>
    problem.map((ofStrategy) =>
      hodgesLehmann(Float64Array.from(ofStrategy, (regret, block) => pairedDifference(regret, problem[reference]![block]!))),
    ),
  );
  const over = (values: readonly (readonly number[])[]): readonly Estimate[] =>
    regrets[0]!.map((_, strategy) =>
      locationInterval(groups.map((members) => members.reduce((sum, member) => sum + values[member]![strategy]!, 0) / members.length)),
    );
  return { floor, level: over(medians), againstReference: over(differences) };
}
