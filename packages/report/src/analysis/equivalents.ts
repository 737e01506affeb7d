/** Random-search-equivalent evaluations at the final budget: on each problem over its seeds, and over the problems. */
import type { ProblemFacts } from "../results.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { medianInterval } from "../statistics/medianInterval.ts";
import { type Quartiles, quartiles } from "../statistics/quartiles.ts";
import { randomEquivalent, resolutionOf } from "../statistics/randomEquivalent.ts";
import { groupsOf, type ProblemBlocks } from "./problemBlocks.ts";

export type Equivalents = {
  readonly cards: readonly ProblemFacts[];
  /** [problem][strategy] over the seeds; Infinity for more than the sample of random points can tell. */
  readonly problems: readonly (readonly Quartiles[])[];
  /** For each problem, the largest number that every anchor of it can tell. */
  readonly resolutions: readonly number[];
  /** One per strategy: the median over problems, with an interval for which the problems are the sample. */
  readonly overall: readonly Estimate[];
  /** Variants of one function count once in `overall`. */
  readonly groups: number;
};

/**
 * @param finals finals[problem][strategy][block], the value at the end of each run
 * @returns null if no problem has anchors
 */
export function equivalents(blocks: readonly ProblemBlocks[], finals: readonly (readonly (readonly number[])[])[]): Equivalents | null {
  const places = blocks.map((_, place) => place).filter((place) => blocks[place]!.anchors !== null);
  if (places.length === 0) return null;
  const cards = places.map((place) => blocks[place]!.card);
  const problems = places.map((place) => {
    const anchors = blocks[place]!.anchors!;
    return finals[place]!.map((values) => quartiles(values.map((value, block) => randomEquivalent(anchors[block]!, value))));
  });
  const groups = groupsOf(cards);
  return {
    cards,
    problems,
    resolutions: places.map((place) => blocks[place]!.anchors!.reduce((least, anchor) => Math.min(least, resolutionOf(anchor)), Infinity)),
    overall: finals[0]!.map((_, strategy) =>
      medianInterval(groups.map((members) => quartiles(members.map((member) => problems[member]![strategy]!.median)).median)),
    ),
    groups: groups.length,
  };
}
