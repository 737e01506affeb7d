/** Makes the files of a report from results: one self-contained HTML file, Markdown, JSON, each figure with its numbers, LaTeX tables. */
import { type Analysis, analyse } from "./analysis/analysis.ts";
import { calibrationFigure } from "./figures/calibration.ts";
import { curvesFigure } from "./figures/curves.ts";
import { equivalentsFigure } from "./figures/equivalents.ts";
import { factorsFigure } from "./figures/factors.ts";
import { everyFigure, type Figure, type Figures } from "./figures/figure.ts";
import { figureFiles } from "./figures/figureFiles.ts";
import { overheadFigure } from "./figures/overhead.ts";
import { rankingFigure } from "./figures/ranking.ts";
import { rankOverBudgetFigure } from "./figures/rankOverBudget.ts";
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
  const figures: Figures = {
    overall: overallFigures(analysis),
    quality: qualityFigures(analysis),
    anytime: anytimeFigures(analysis),
    timeline: timelineFigure(analysis),
    speedUp: speedUpOf(analysis),
    runtime: analysis.measures === null ? [] : runtimeFigures(analysis, analysis.measures.runtime),
    overhead: analysis.overhead === null ? null : overheadFigure(analysis, analysis.overhead),
    calibration: analysis.calibrations.length === 0 ? null : calibrationFigure(analysis, analysis.calibrations),
    problems: analysis.problems.map((_, index) => curvesFigure(analysis, index)),
  };
  const page = buildPage(analysis, figures);
  const files = [...everyFigure(figures).flatMap(figureFiles), ...latexTables(page)];
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

function qualityFigures(analysis: Analysis): readonly Figure[] {
  const worth = analysis.measures?.equivalents ?? null;
  return [worth === null ? null : equivalentsFigure(analysis, worth), factorsFigure(analysis)].filter((figure) => figure !== null);
}

function speedUpOf(analysis: Analysis): Figure | null {
  const { measures, results } = analysis;
  if (measures === null || measures.speedUps === null || results.strategies.length < 2) return null;
  return speedUpFigure(analysis, measures.speedUps);
}
