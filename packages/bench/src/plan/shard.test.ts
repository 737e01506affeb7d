import { ConfigError } from "@caviar-hpo/core";
import fc from "fast-check";
import { expect, it, test } from "vitest";
import { isInShard, readShard } from "./shard.ts";

it("a shard is read from the text of the command line", () => {
  expect(readShard("3/16")).toEqual({ index: 3, count: 16 });
  expect(readShard("1/1")).toEqual({ index: 1, count: 1 });
});

test.each(["0/4", "5/4", "4", "4/", "/4", "-1/4", "1.5/4", "1/0", "a/b", "1/4/4", " 1/4", "1e1/20", "1/100001", ""])(
  "%j is no shard",
  (text) => {
    expect(() => readShard(text)).toThrow(ConfigError);
  },
);

it("12 cells of 4 strategies on 2 shards: the second round of strategies begins with the other shard", () => {
  const first = Array.from({ length: 12 }, (_, cell) => cell).filter((cell) => isInShard({ index: 1, count: 2 }, cell, 4));
  expect(first).toEqual([0, 2, 5, 7, 8, 10]);
});

it("every cell is in one shard, and shards have equally many cells, and equally many of each strategy, up to one", () => {
  const counts = fc.record({ cells: fc.integer({ min: 1, max: 600 }), strategies: fc.integer({ min: 1, max: 30 }) });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 40 }), ({ cells, strategies }, count) => {
      const shards = Array.from({ length: count }, (_, index) =>
        Array.from({ length: cells }, (_, cell) => cell).filter((cell) => isInShard({ index: index + 1, count }, cell, strategies)),
      );
      expect(shards.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: cells }, (_, cell) => cell));
      expect(spread(shards.map(({ length }) => length))).toBeLessThanOrEqual(1);
      for (let strategy = 0; strategy < strategies; strategy++) {
        const own = shards.map((shard) => shard.filter((cell) => cell % strategies === strategy).length);
        expect(spread(own)).toBeLessThanOrEqual(1);
      }
    }),
    { seed: 1 },
  );
});

function spread(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}
