/**
 * How many problems, in words. Variants of one function are not as much evidence as different functions, so the words name both numbers.
 */
import { counted } from "@caviar-hpo/core/text";
import { groupsOf } from "./analysis/problemBlocks.ts";
import type { ProblemFacts } from "./results.ts";

/** `12 problems`, or `12 problems (8 functions)` if some of them are variants of one function. */
export function problemWords(cards: readonly ProblemFacts[]): string {
  const functions = groupsOf(cards).length;
  const variants = functions === cards.length ? "" : ` (${counted(functions, "function")})`;
  return `${counted(cards.length, "problem")}${variants}`;
}
