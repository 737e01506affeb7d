/** Wins, ties and losses of paired scores. Less is better. A tie is a tie of ranks. */
import { tied } from "./ranks.ts";

export type WinTieLoss = { readonly wins: number; readonly ties: number; readonly losses: number };

/** Counts the i for which `scores[i]` beats, ties with and loses to `others[i]`. */
export function winTieLoss(scores: readonly number[], others: readonly number[]): WinTieLoss {
  let wins = 0;
  let ties = 0;
  scores.forEach((score, index) => {
    if (tied(score, others[index]!)) ties++;
    else if (score < others[index]!) wins++;
  });
  return { wins, ties, losses: scores.length - wins - ties };
}
