/** Makes the files of a report from results: one self-contained HTML file, Markdown, JSON, each figure with its numbers, LaTeX tables. */
import { type Analysis, analyse } from "./analysis/analysis.ts";
import type { OtherAxis } from "./analysis/otherAxes.ts";
import { calibrationFigure } from "./figures/calibration.ts";
import { curvesFigure } from "./figures/curves.ts";
import { equivalentsFigure } from "./figures/equivalents.ts";
import { factorsFigure } from "./figures/factors.ts";
import { everyFigure, type Figure, type FigureOverAxis, type Figures } from "./figures/figure.ts";
import { figureFiles } from "./figures/figureFiles.ts";
import { overheadFigure } from "./figures/overhead.ts";
import { rankingFigure } from "./figures/ranking.ts";
import { rankOverAxisFigure, rankOverBudgetFigure } from "./figures/rankOverBudget.ts";
import { runtimeFigures } from "./figures/runtime.ts";
import { speedUpFigure } from "./figures/speedUpToTarget.ts";
import { timelineFigure } from "./figures/timeline.ts";
import { buildPage } from "./page/buildPage.ts";
import { html } from "./render/html.ts";
import { latexTables } from "./render/latexTables.ts";
import { markdown } from "./render/markdown.ts";
import type { CampaignResults } from "./results.ts";
import { summary } from "./summary.ts";

/** A file next to the pages. */
export type ReportFile = {
  /** A relative path with `/`. It has only letters, digits, hyphens and dots. */
  readonly name: string;
  readonly text: string;
};

/** The pages of a report, as text. */
export type CampaignReport = {
  readonly html: string;
  readonly markdown: string;
  readonly json: string;
  /** `fig/<figure>.svg`, its numbers as `fig/<figure>.csv` and `fig/<figure>.json`, and the tables as `tables/<table>.tex`. */
  readonly files: readonly ReportFile[];
};

/**
 * Builds a report. The same results give the same bytes.
 *
 * @throws ConfigError for results that contradict themselves.
 */
export function buildReport(results: CampaignResults): CampaignReport {
  const analysis = analyse(results);
  const anytime = anytimeFigures(analysis);
  const problems = analysis.problems.map((_, index) => curvesFigure(analysis, index));
  const figures: Figures = {
    overall: overallFigures(analysis),
    quality: qualityFigures(analysis),
    anytime,
    timeline: timelineFigure(analysis),
    speedUp: speedUpOf(analysis),
    runtime: analysis.measures === null ? [] : runtimeFigures(analysis, analysis.measures.runtime),
    overhead: analysis.overhead === null ? null : overheadFigure(analysis, analysis.overhead),
    calibration: analysis.calibrations.length === 0 ? null : calibrationFigure(analysis, analysis.calibrations),
    problems,
    overAxes: figuresOverAxes(analysis, anytime, problems),
  };
  const page = buildPage(analysis, figures);
  const drawn = everyFigure(figures).flatMap((figure) => [figure, ...(figures.overAxes.get(figure) ?? []).map((other) => other.figure)]);
  const files = [...drawn.flatMap(figureFiles), ...latexTables(page)];
  return { html: html(page), markdown: markdown(page), json: summary(analysis), files };
}

function overallFigures(analysis: Analysis): readonly Figure[] {
  const { final, anytime, results } = analysis;
  return final === null || anytime === null || results.strategies.length < 2 ? [] : [rankingFigure(analysis, final, anytime)];
}

function anytimeFigures(analysis: Analysis): readonly Figure[] {
  const { ranksOverBudget, results } = analysis;
  return ranksOverBudget === null || results.strategies.length < 2 ? [] : [rankOverBudgetFigure(analysis, ranksOverBudget)];
}

/** With more problems, the page would become too large. */
const mostProblemsOverAxes = 24;

function figuresOverAxes(
  analysis: Analysis,
  anytime: readonly Figure[],
  problems: readonly (Figure | null)[],
): ReadonlyMap<Figure, readonly FigureOverAxis[]> {
  if (problems.length > mostProblemsOverAxes) return new Map();
  const over = (draw: (axis: OtherAxis) => Figure | null): readonly FigureOverAxis[] =>
    analysis.otherAxes.flatMap((axis) => {
      const figure = draw(axis);
      return figure === null ? [] : [{ axis: axis.kind, figure }];
    });
  return new Map([
    ...anytime.map((figure) => [figure, over((axis) => rankOverAxisFigure(analysis, axis))] as const),
    ...problems.flatMap((figure, index) =>
      figure === null ? [] : [[figure, over((axis) => curvesFigure(analysis, index, axis))] as const],
    ),
  ]);
}

function qualityFigures(analysis: Analysis): readonly Figure[] {
  const worth = analysis.measures?.equivalents ?? null;
  return [worth === null ? null : equivalentsFigure(analysis, worth), factorsFigure(analysis)].filter((figure) => figure !== null);
}

function speedUpOf(analysis: Analysis): Figure | null {
  const { measures, results } = analysis;
  if (measures === null || measures.speedUps === null || results.strategies.length < 2) return null;
  return speedUpFigure(analysis, measures.speedUps);
}
