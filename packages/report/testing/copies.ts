/** Campaigns in which all strategies are copies of random search with their own random numbers, so that none is faster than another. */
import { derive, type Key, stream } from "@caviar-hpo/core";
import type { ProblemBlocks } from "../src/analysis/problemBlocks.ts";
import { traceOf } from "../src/statistics/trace.ts";
import { campaign, uniformAnchor } from "./campaign.ts";

export type CopiesShape = { readonly strategies: number; readonly problems: number; readonly seeds: number; readonly budget: number };

/** Values are uniform in 0 to 10. The first strategy is the reference. */
export function copiesOfRandom(key: Key, { strategies, problems, seeds, budget }: CopiesShape): readonly ProblemBlocks[] {
  const names = (name: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${name}${index}`);
  const shape = { strategies: names("copy", strategies), problems: names("p", problems), seeds: 1, budget: 1 };
  const { strategies: cards, problems: facts } = campaign(shape);
  return facts.map(({ id, ...rest }): ProblemBlocks => {
    const card = { ...rest, id, optimum: 0, budget, anchors: { "": uniformAnchor(0, 10) } };
    const runs = cards.map(({ label }) =>
      Array.from({ length: seeds }, (_, seed) => {
        const { uniform } = stream(derive(key, id, label, seed));
        return { problem: id, strategy: label, seed, values: Array.from({ length: budget }, () => 10 * uniform()) };
      }),
    );
    return {
      card,
      runs,
      traces: runs.map((ofStrategy, index) => ofStrategy.map((run) => traceOf(cards[index]!, run, budget))),
      anchors: runs[0]!.map(() => card.anchors[""]),
    };
  });
}
