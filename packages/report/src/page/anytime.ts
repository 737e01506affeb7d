/** Section: how the strategies compare at every part of the budget. */
import type { Figures } from "../figures/figure.ts";
import { overall, prose, type Section } from "./block.ts";
import { figureBlock } from "./figureBlock.ts";

/** Null if there is nothing to compare. */
export function anytime(figures: Figures): Section | null {
  if (figures.anytime.length === 0) return null;
  return {
    id: "anytime",
    title: "Over the budget",
    blocks: [
      prose(
        "A strategy that is first at the end may be behind earlier. The curves of each problem are in the section “Problem by problem”.",
      ),
      ...figures.anytime.map((figure) => overall(figureBlock(figures, figure))),
    ],
  };
}
