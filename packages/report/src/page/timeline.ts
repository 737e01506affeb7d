/** Section: how strategies that stop trainings early spend their resource. */
import type { Figures } from "../figures/figure.ts";
import { prose, type Section } from "./block.ts";
import { figureBlock } from "./figureBlock.ts";

/** Null if nothing is stopped early. */
export function timeline(figures: Figures): Section | null {
  if (figures.timeline === null) return null;
  return {
    id: "timeline",
    title: "Brackets and rungs",
    blocks: [
      prose(
        "Some strategies train many trials a little and promote the best ones. The figure shows when each training of one run happened and how far it went. It describes these runs, and compares nothing.",
      ),
      figureBlock(figures, figures.timeline),
    ],
  };
}
