/** Fewer trials for a figure: the best ones, and of the others every k-th. */
import { grouped } from "../format.ts";

/** All of `items` if they are at most `most`; otherwise the best half of `most`, and of the others every k-th. The order stays. */
export function thinned<T extends { readonly rank: number }>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const best = Math.ceil(most / 2);
  const ranks = items.map(({ rank }) => rank).sort((a, b) => a - b);
  const last = ranks[best - 1]!;
  const stride = strideOf(items.length, most);
  let others = 0;
  return items.filter(({ rank }) => rank <= last || others++ % stride === 0);
}

/** The sentence about what a figure leaves out; empty if it shows all. @param noun what is counted. */
export function thinningWords(count: number, most: number, noun = "trials"): string {
  if (count <= most) return "";
  const [all, best, every] = [grouped(count), grouped(Math.ceil(most / 2)), ordinal(strideOf(count, most))];
  return ` Of ${all} ${noun}, the figure shows the ${best} best ones and every ${every} of the others. The data have all of them.`;
}

function strideOf(count: number, most: number): number {
  const best = Math.ceil(most / 2);
  return Math.ceil((count - best) / (most - best));
}

function ordinal(count: number): string {
  const [tens, ones] = [count % 100, count % 10];
  const ending = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][ones] ?? "th");
  return `${count}${ending}`;
}
