export type CheckpointRow = {
  readonly strategy: string;
  readonly meanRank: number;
  readonly meanRegret: number;
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  readonly better?: number;
  readonly worse?: number;
  readonly p?: number;
};
export function checkpointsTable(campaign: {
  readonly reference: string;
  readonly checkpoints: readonly { readonly trials: number; readonly strategies: readonly CheckpointRow[] }[];
}): string;
