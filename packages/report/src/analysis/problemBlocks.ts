/** The complete blocks of one problem: their runs and their anchors. A block is one seed that has a run of every strategy. */
import type { Anchor, CampaignResults, ProblemFacts, RunResult } from "../results.ts";
import { type Trace, traceOf } from "../statistics/trace.ts";

export type ProblemBlocks = {
  readonly card: ProblemFacts;
  /** runs[strategy][block], and how each gets better. */
  readonly runs: readonly (readonly RunResult[])[];
  readonly traces: readonly (readonly Trace[])[];
  /** One per block; null if a block has none. */
  readonly anchors: readonly Anchor[] | null;
};

/**
 * @param seeds the seed of each block
 * @param runs runs[strategy][block]
 */
export function problemBlocks(
  { strategies, seeds }: Pick<CampaignResults, "strategies" | "seeds">,
  card: ProblemFacts,
  runs: readonly (readonly RunResult[])[],
): ProblemBlocks {
  const anchors = seeds.map((seed) => anchorAt(card, seed));
  return {
    card,
    runs,
    traces: runs.map((ofStrategy, index) => ofStrategy.map((run) => traceOf(strategies[index]!, run, card.budget))),
    anchors: anchors.every((anchor) => anchor !== null) ? anchors : null,
  };
}

function anchorAt({ anchors = {} }: ProblemFacts, seed: number): Anchor | null {
  for (const name of [String(seed), ""]) if (Object.hasOwn(anchors, name)) return anchors[name]!;
  return null;
}

/**
 * The members of each group of problems, as positions in `cards`. Variants of one function are one group, so that a function with many
 * variants counts once where the problems are the sample.
 */
export function groupsOf(cards: readonly ProblemFacts[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  cards.forEach(({ id, group }, place) => {
    const name = group === undefined ? JSON.stringify([id]) : group;
    groups.set(name, [...(groups.get(name) ?? []), place]);
  });
  return [...groups.values()];
}
