/**
 * Splitting a campaign over machines. Cells are dealt to the shards in rounds, one cell for each shard in a round, as cards are dealt to
 * players. After some rounds, each strategy has come to all shards that it can come to in this way. Then the dealing begins one shard
 * further. So shards have equally many cells, and equally many of each strategy, up to one: no shard has only the slow strategies.
 */
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { CampaignCells } from "./cells.ts";

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

export function shardText({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/** The cells of a shard, in the order in which the plan has them. */
export function cellsOfShard(cells: CampaignCells, shard: Shard): CampaignCells {
  const { count } = shard;
  const strategies = cells.strategies.length;
  const rounds = Math.ceil(cells.count / count);
  const last = dealt(shard, rounds - 1, strategies);
  const own = last < cells.count ? rounds : rounds - 1;
  const at = (index: number): ReturnType<CampaignCells["at"]> => cells.at(dealt(shard, index, strategies));
  return {
    ...cells,
    count: own,
    at,
    indexOf: (name) => {
      const cell = cells.indexOf(name);
      const round = Math.floor(cell / count);
      return cell >= 0 && dealt(shard, round, strategies) === cell ? round : -1;
    },
    *[Symbol.iterator]() {
      for (let index = 0; index < own; index++) yield at(index);
    },
  };
}

/** The cell that a shard gets in a round, by its place in the plan. Rounds count from 0. */
function dealt({ index, count }: Shard, round: number, strategies: number): number {
  const roundsPerTurn = strategies / greatestCommonDivisor(strategies, count);
  const shift = Math.floor(round / roundsPerTurn) % count;
  return round * count + ((index - 1 - shift + count) % count);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
