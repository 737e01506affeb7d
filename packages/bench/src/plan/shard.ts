/**
 * Splitting a campaign over machines. Cells are dealt to the shards one after another, as cards are dealt to players. When all strategies
 * have come to all shards that they can come to in this way, the dealing moves on by one shard. So every shard has the same number of
 * cells, and of the cells of each strategy, up to one: no shard has only the slow strategies.
 */
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";

/** Shard `index` of `count`; both count from 1. */
export type Shard = { readonly index: number; readonly count: number };

const mostShards = 100_000;

/** @throws ConfigError for a text that is not of the form `3/16`. */
export function readShard(text: string): Shard {
  const [index, count] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text)?.slice(1) ?? []).map(Number);
  if (index !== undefined && count !== undefined && 1 <= index && index <= count && count <= mostShards) return { index, count };
  throw new ConfigError({
    code: "badShard",
    what: "shard",
    expected: `K/N with 1 <= K <= N <= ${mostShards}`,
    got: show(text),
    remedy: "Write 3/16 for the third of sixteen shards, for instance.",
  });
}

/**
 * @param cell the index of a cell in the order of the plan.
 * @param strategies the number of strategies of the plan, its twin included.
 */
export function isInShard({ index, count }: Shard, cell: number, strategies: number): boolean {
  const period = (strategies / greatestCommonDivisor(strategies, count)) * count;
  return (cell + Math.floor(cell / period)) % count === index - 1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
