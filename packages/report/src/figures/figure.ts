/** A figure: the drawing, its caption, and the numbers that it shows. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import type { OtherKind } from "../analysis/otherAxes.ts";
import type { Phrase } from "../page/phrase.ts";
import { problemWords } from "../problemWords.ts";
import type { DataTable } from "../render/csv.ts";
import type { Drawing } from "../svg/document.ts";

export type Figure = {
  /** The name of its files without the extension: `fig/<name>.svg`, `fig/<name>.csv`. */
  readonly name: string;
  readonly drawing: Drawing;
  readonly caption: Phrase;
  readonly table: DataTable;
  /** Whether each mark is of one problem. */
  readonly isPerProblem?: true;
};

/** The sample size, for the caption of a figure over all problems. */
export function sampleSize(analysis: Analysis): string {
  const problems = analysis.problems.filter((problem) => problem.complete.length > 0);
  const counts = problems.map((problem) => problem.complete.length);
  const least = counts.reduce((a, b) => Math.min(a, b), Infinity);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  return `n = ${problemWords(problems.map(({ card }) => card))} × ${least === most ? counted(most, "seed") : `${least} to ${most} seeds`}`;
}

/** The figures of a campaign. Lists are shorter, or empty, if there is nothing to compare. */
export type Figures = {
  readonly overall: readonly Figure[];
  /** Random-search-equivalent evaluations, and the factors on each problem. */
  readonly quality: readonly Figure[];
  /** Ranks over the budget. */
  readonly anytime: readonly Figure[];
  /** How far one run of each strategy trained its trials. Null if nothing is stopped early. */
  readonly timeline: Figure | null;
  /** Null if no problem has anchors, or if there is nothing to compare. */
  readonly speedUp: Figure | null;
  /** Shares of targets over the budget, and data profiles. */
  readonly runtime: readonly Figure[];
  /** Null if no run has times. */
  readonly overhead: Figure | null;
  /** Null if no run has predictions. */
  readonly calibration: Figure | null;
  /** One entry per problem; null if there is nothing to draw. */
  readonly problems: readonly (Figure | null)[];
  /** The same figures over axes that the plan does not declare, by the figure in whose place a reader can see them. */
  readonly overAxes: ReadonlyMap<Figure, readonly FigureOverAxis[]>;
};

export type FigureOverAxis = { readonly axis: OtherKind; readonly figure: Figure };

/** In the order of the page. */
export function everyFigure(figures: Figures): readonly Figure[] {
  const { overall, quality, anytime, timeline, speedUp, runtime, overhead, calibration, problems } = figures;
  const all = [...overall, ...quality, ...anytime, timeline, speedUp, ...runtime, overhead, calibration, ...problems];
  return all.filter((figure) => figure !== null);
}
