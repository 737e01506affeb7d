/**
 * The ranks of one strategy in every block, as an attribute of its row: the script of the page computes mean ranks of a part of the
 * campaign from them. Problems are separated by `;`, blocks by a space, and a number is twice a rank, so that ties have whole numbers.
 */
import { averageRanks } from "../statistics/ranks.ts";
import { type WinTieLoss, winTieLoss } from "../statistics/winTieLoss.ts";

/** Twice the rank among all strategies, [problem][block]; a problem without complete blocks has none. */
export type RankCodes = readonly (readonly number[])[];

export type BlockRanks = { readonly final: RankCodes; readonly anytime: RankCodes };

export function writeRankCodes({ final, anytime }: BlockRanks): string {
  const text = (codes: RankCodes): string => codes.map((blocks) => blocks.join(" ")).join(";");
  return `${text(final)}|${text(anytime)}`;
}

/** What `writeRankCodes` has written. */
export function readRankCodes(text: string): BlockRanks {
  const [final, anytime] = text
    .split("|")
    .map((codes) => codes.split(";").map((blocks) => (blocks === "" ? [] : blocks.split(" ").map(Number))));
  return { final: final!, anytime: anytime! };
}

/**
 * The mean rank of each strategy among these strategies on some of the problems: the mean over problems of the mean over blocks. null where
 * no block is left.
 *
 * @param problems their places.
 */
export function meanRanksAmong(strategies: readonly RankCodes[], problems: readonly number[]): readonly (number | null)[] {
  const counted = problems.filter((problem) => (strategies[0]?.[problem]?.length ?? 0) > 0);
  if (counted.length === 0) return strategies.map(() => null);
  /** ranks[problem][block][strategy] */
  const ranks = counted.map((problem) =>
    strategies[0]![problem]!.map((_, block) => averageRanks(strategies.map((codes) => codes[problem]![block]!))),
  );
  return strategies.map((_, strategy) => mean(ranks.map((blocks) => mean(blocks.map((ofBlock) => ofBlock[strategy]!)))));
}

/** The blocks that a strategy won, tied and lost against another one. */
export function winsAmong(own: RankCodes, other: RankCodes, problems: readonly number[]): WinTieLoss {
  const of = (codes: RankCodes): readonly number[] => problems.flatMap((problem) => codes[problem]!);
  return winTieLoss(of(own), of(other));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
