/** A figure: the drawing, what its caption says, and the numbers it was drawn from. */
import type { Analysis } from "../analysis/analysis.ts";
import { counted } from "../format.ts";
import type { Phrase } from "../page/phrase.ts";
import type { DataTable } from "../render/csv.ts";
import type { Drawing } from "../svg/document.ts";

export type Figure = {
  /** Name of its files without ending: `fig/<name>.svg`, `fig/<name>.csv`. */
  readonly name: string;
  readonly drawing: Drawing;
  readonly caption: Phrase;
  readonly table: DataTable;
};

/** What n is, for the caption of a figure over all problems. */
export function sampleSize(analysis: Analysis): string {
  const problems = analysis.problems.filter((problem) => problem.complete.length > 0);
  const counts = problems.map((problem) => problem.complete.length);
  const least = counts.reduce((a, b) => Math.min(a, b), Infinity);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  return `n = ${counted(problems.length, "problem")} × ${least === most ? counted(most, "seed") : `${least} to ${most} seeds`}`;
}

/** What a campaign has to draw. */
export type Figures = {
  /** Ranking, factors and ranks over the budget, as far as there is something to compare. */
  readonly overall: readonly Figure[];
  /** Null where evaluations are counted, or there is nothing to compare. */
  readonly speedUp: Figure | null;
  /** One entry per problem; null where there is nothing to draw. */
  readonly problems: readonly (Figure | null)[];
};

/** In the order of the page. */
export function everyFigure({ overall, speedUp, problems }: Figures): readonly Figure[] {
  return [...overall, speedUp, ...problems].filter((figure) => figure !== null);
}
