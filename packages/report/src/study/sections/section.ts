/** Sections of a study's page before their figures have numbers. */

import type { Figure } from "../../figures/figure.ts";
import type { PageBlock } from "../../page/block.ts";

export type StudyBlock = PageBlock | { readonly kind: "unnumbered"; readonly figure: Figure };

export type StudySection = { readonly id: string; readonly title: string; readonly blocks: readonly StudyBlock[] };

/** A figure, or nothing. */
export function figureIn(figure: Figure | null): readonly StudyBlock[] {
  return figure === null ? [] : [{ kind: "unnumbered", figure }];
}
