import { ConfigError } from "@caviar-hpo/core";
import fc from "fast-check";
import { expect, it, test } from "vitest";
import { tinyPlan } from "../../testing/plans.ts";
import { type CampaignCell, type CampaignCells, resolvePlan } from "./cells.ts";
import { cellsOfShard, readShard, shardText } from "./shard.ts";

it("a shard is read from the text of the command line", () => {
  expect(readShard("3/16")).toEqual({ index: 3, count: 16 });
  expect(shardText(readShard("1/1"))).toBe("1/1");
});

test.each(["0/4", "5/4", "4", "4/", "/4", "-1/4", "1.5/4", "1/0", "a/b", "1/4/4", " 1/4", "1e1/20", "1/100001", ""])(
  "%j is no shard",
  (text) => {
    expect(() => readShard(text)).toThrow(ConfigError);
  },
);

/** The cells of `seeds` x 4 strategies on one problem. */
function cellsOf(strategies: number, seeds: number): CampaignCells {
  const labels = Array.from({ length: strategies }, (_, index) => ({ label: `s${index}`, name: "random" }));
  return resolvePlan(tinyPlan({ strategies: labels, problems: ["branin"], seeds: { count: seeds } })).cells;
}

it("12 cells of 4 strategies on 2 shards: the second round of strategies begins with the other shard", () => {
  const cells = cellsOf(4, 3);
  const first = [...cellsOfShard(cells, { index: 1, count: 2 })].map(({ name }) => cells.indexOf(name));
  expect(first).toEqual([0, 2, 5, 7, 8, 10]);
});

it("every cell is in one shard, and shards have equally many cells, and equally many of each strategy, up to one", () => {
  const sizes = fc.record({ strategies: fc.integer({ min: 1, max: 12 }), seeds: fc.integer({ min: 1, max: 25 }) });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 20 }), ({ strategies, seeds }, count) => {
      const cells = cellsOf(strategies, seeds);
      const shards = Array.from({ length: count }, (_, index) => cellsOfShard(cells, { index: index + 1, count }));
      const dealt = shards.map((shard) => [...shard]);
      expect(
        dealt
          .flat()
          .map(({ name }) => cells.indexOf(name))
          .sort((a, b) => a - b),
      ).toEqual([...Array(cells.count).keys()]);
      expect(shards.map((shard) => shard.count)).toEqual(dealt.map(({ length }) => length));
      expect(spread(dealt.map(({ length }) => length))).toBeLessThanOrEqual(1);
      for (const label of cells.strategies) {
        const isOwn = ({ strategy }: CampaignCell): boolean => strategy.label === label;
        expect(spread(dealt.map((shard) => shard.filter(isOwn).length))).toBeLessThanOrEqual(1);
      }
      for (const [index, shard] of shards.entries()) {
        expect(dealt[index]!.map(({ name }) => shard.indexOf(name))).toEqual([...Array(shard.count).keys()]);
        const others = dealt.filter((_, other) => other !== index).flat();
        expect(others.every(({ name }) => shard.indexOf(name) === -1)).toBe(true);
      }
    }),
    { seed: 1, numRuns: 40 },
  );
});

function spread(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}
