/**
 * The report as one page: a single file without scripts, with its style and figures inside and a content security policy that allows
 * nothing else. It bears no time and no machine, so that the same results give the same bytes.
 */
import type { Analysis } from "./analysis/analysis.ts";
import { problemCards, strategyCards } from "./cards.ts";
import type { Figure } from "./figures/figure.ts";
import { findings, newProblemsNote, warnings } from "./findings.ts";
import { counted } from "./format.ts";
import { glossary } from "./glossary.ts";
import { type Child, element, type Markup, verbatim } from "./markup.ts";
import { measureIn } from "./measure.ts";
import { pageStyle } from "./pageStyle.ts";
import type { PageCell, PageTable } from "./pageTable.ts";
import { nameMarkup, phraseMarkup } from "./phrase.ts";
import { budgetWords, claimWords, scheduleTitle, scheduleWords, timeWords } from "./resourceWords.ts";
import type { CampaignResults } from "./results.ts";
import { claimRows, speedUpRows, timeRows } from "./speedUpTables.ts";
import { inlineSvg } from "./svg/document.ts";
import { figureStyle } from "./svg/look.ts";
import { completenessRows, medianRows, problemRows, rankingRows } from "./tables.ts";

export type Figures = {
  /** Ranking, factors and ranks over the budget, as far as there is something to compare. */
  readonly overall: readonly Figure[];
  /** Null where evaluations are counted, or there is nothing to compare. */
  readonly speedUp: Figure | null;
  /** One entry a problem; null where there is nothing to draw. */
  readonly problems: readonly (Figure | null)[];
};

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export function html(analysis: Analysis, figures: Figures): string {
  const { results } = analysis;
  const page = element(
    "html",
    { lang: "en" },
    element(
      "head",
      {},
      element("meta", { charset: "utf-8" }),
      element("meta", { "http-equiv": "Content-Security-Policy", content: policy }),
      element("meta", { name: "referrer", content: "no-referrer" }),
      element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      element("title", {}, results.title),
      element("style", {}, verbatim(pageStyle), verbatim(figureStyle)),
    ),
    element(
      "body",
      {},
      frontMatter(analysis),
      element(
        "nav",
        { "aria-label": "Contents" },
        sectionsOf(figures).map(([id, title]) => element("a", { href: `#${id}` }, title)),
      ),
      element(
        "main",
        {},
        whatWasRun(analysis),
        ranking(analysis, figures),
        timeToReference(analysis, figures),
        perProblem(analysis, figures),
        cards(analysis),
        definitions(analysis),
        reproduce(analysis),
      ),
      element(
        "footer",
        {},
        element("p", {}, "Made by Caviar from the recorded runs. The page bears no date: the same data give the same bytes."),
      ),
    ),
  );
  return `<!doctype html>\n${page.markup}\n`;
}

const sections = [
  ["run", "What was run"],
  ["ranking", "Ranking"],
  ["resource", "What the same quality costs"],
  ["problems", "Problem by problem"],
  ["cards", "Strategies and problems"],
  ["glossary", "Definitions"],
  ["reproduce", "How to reproduce"],
] as const;

/** Without the one that only a comparison over resource has. */
function sectionsOf({ speedUp }: Figures): readonly (typeof sections)[number][] {
  return sections.filter(([id]) => id !== "resource" || speedUp !== null);
}

function section(id: (typeof sections)[number][0], ...content: readonly (Markup | readonly Markup[] | null)[]): Markup {
  const title = sections.find(([name]) => name === id)![1];
  return element("section", { id }, element("h2", {}, title), ...content);
}

function frontMatter(analysis: Analysis): Markup {
  const { results } = analysis;
  const facts: readonly (readonly [string, number])[] = [
    ["strategies", results.strategies.length],
    ["problems", results.problems.length],
    ["seeds", results.seeds.length],
    ["runs", results.runs.length],
    ...efforts(results),
  ];
  return element(
    "header",
    {},
    element("p", { class: "kicker" }, "Caviar campaign ", nameMarkup(results.name)),
    element("h1", {}, results.title),
    element("p", { class: "question" }, results.question),
    warnings(analysis).map(({ severity, text }) =>
      element("div", { class: `banner ${severity}`, role: "note" }, element("span", {}, ...phraseMarkup(text))),
    ),
    element(
      "section",
      { class: "findings", "aria-label": "Findings" },
      element("h2", {}, "Findings"),
      element(
        "ul",
        {},
        findings(analysis).map((finding) => element("li", {}, ...phraseMarkup(finding))),
      ),
    ),
    element(
      "dl",
      { class: "facts" },
      facts.map(([name, count]) => element("div", {}, element("dt", {}, name), element("dd", {}, grouped(count)))),
    ),
    element(
      "p",
      { class: "origin" },
      "Regenerate: ",
      element("code", {}, results.command),
      " · plan ",
      element("code", {}, results.planHash.slice(0, 16)),
      " · data ",
      element("code", {}, results.dataHash.slice(0, 16)),
    ),
  );
}

/** A text whose line ends are line ends, and not shown as characters of a name would be. */
function lines(text: string): readonly Child[] {
  return text.split("\n").flatMap((line, index) => (index === 0 ? [line] : [verbatim("\n"), line]));
}

/** What all runs together did. */
function efforts({ runs, resource }: CampaignResults): readonly (readonly [string, number])[] {
  if (resource === undefined) return [["evaluations", runs.reduce((sum, run) => sum + run.values.length, 0)]];
  return [
    ["full trainings spent", Math.round(runs.reduce((sum, run) => sum + run.training!.spent, 0))],
    ["measurements", runs.reduce((sum, run) => sum + run.training!.measurements, 0)],
  ];
}

/** Thousands apart by thin spaces. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u2009");
}

function whatWasRun(analysis: Analysis): Markup {
  const { results } = analysis;
  const design =
    results.initialPoints === 0
      ? "Each strategy brings its own first points."
      : `All strategies share the first ${counted(results.initialPoints, "point")} of each run.`;
  return section(
    "run",
    element(
      "p",
      {},
      `Every strategy was to run on every problem with each of ${counted(results.seeds.length, "seed")}. ${design} Noise: `,
      nameMarkup(results.noise),
      ". ",
      budgetWords(results),
      results.resource === undefined ? "Counted evaluations and runs present:" : "Full trainings and runs present:",
    ),
    tableMarkup(completenessRows(analysis)),
  );
}

function ranking(analysis: Analysis, figures: Figures): Markup {
  const note = newProblemsNote(analysis);
  return section(
    "ranking",
    element(
      "p",
      {},
      "Strategies are ranked within each (problem, seed) and the ranks averaged. Brackets hold bootstrap intervals; those of “behind the first” hold for all strategies at once.",
    ),
    tableMarkup(rankingRows(analysis)),
    note === null ? null : element("p", { class: "note" }, ...phraseMarkup(note)),
    figures.overall.map((figure, index) => figureMarkup(figure, index + 1)),
  );
}

function timeToReference(analysis: Analysis, { overall, speedUp }: Figures): Markup | null {
  const { timeToReference: times } = analysis;
  if (times === null || speedUp === null) return null;
  const claims = claimRows(analysis);
  return section(
    "resource",
    element("p", {}, ...phraseMarkup(timeWords(analysis))),
    tableMarkup(speedUpRows(analysis, times)),
    figureMarkup(speedUp, overall.length + 1),
    tableMarkup(timeRows(analysis, times)),
    claims.rows.length === 0 ? null : element("p", {}, claimWords),
    claims.rows.length === 0 ? null : tableMarkup(claims),
  );
}

function perProblem(analysis: Analysis, figures: Figures): Markup {
  const shown = figures.problems.filter((figure) => figure !== null);
  const before = figures.overall.length + (figures.speedUp === null ? 0 : 1);
  return section(
    "problems",
    element(
      "p",
      {},
      `Median ${measureIn(analysis.results)} at the final budget. The smallest of each row is set in bold; green cells have good mean ranks on the problem, orange ones poor.`,
    ),
    tableMarkup(medianRows(analysis)),
    analysis.problems.flatMap((problem, index) => {
      const figure = figures.problems[index]!;
      return [
        element("h3", { id: `problem-${index + 1}` }, nameMarkup(problem.card.title)),
        ...(figure === null
          ? [element("p", { class: "note" }, "No successful evaluation, nothing to draw.")]
          : [figureMarkup(figure, before + shown.indexOf(figure) + 1)]),
        tableMarkup(problemRows(analysis, problem)),
      ];
    }),
  );
}

function cards(analysis: Analysis): Markup {
  const { schedules = [] } = analysis.results;
  return section(
    "cards",
    element("div", { class: "cards" }, tableMarkup(strategyCards(analysis)), tableMarkup(problemCards(analysis))),
    schedules.length === 0 ? null : element("p", {}, scheduleWords),
    schedules.flatMap((schedule) => [
      element("p", { class: "note" }, ...phraseMarkup(scheduleTitle(schedule))),
      element("pre", {}, element("code", {}, lines(schedule.text))),
    ]),
  );
}

function definitions(analysis: Analysis): Markup {
  return section(
    "glossary",
    element(
      "dl",
      { class: "glossary" },
      glossary(analysis).map(({ term, formula, definition }) => [
        element("dt", {}, term),
        element("dd", { class: "formula" }, formula),
        element("dd", {}, definition),
      ]),
    ),
  );
}

function reproduce(analysis: Analysis): Markup {
  const { results } = analysis;
  return section(
    "reproduce",
    element(
      "p",
      {},
      "One command runs the plan again and rebuilds this report. The same plan hash and data hash mean the same plan and the same values, bit for bit.",
    ),
    element("pre", {}, element("code", {}, results.command)),
    element(
      "dl",
      { class: "provenance" },
      element("dt", {}, "plan (SHA-256)"),
      element("dd", {}, element("code", {}, results.planHash)),
      element("dt", {}, "data (SHA-256)"),
      element("dd", {}, element("code", {}, results.dataHash)),
      element("dt", {}, "seeds"),
      element("dd", {}, results.seeds.join(", ")),
    ),
  );
}

function figureMarkup(figure: Figure, number: number): Markup {
  const path = `fig/${figure.name}`;
  return element(
    "figure",
    {},
    inlineSvg(figure.drawing),
    element(
      "figcaption",
      {},
      element("strong", {}, `Figure ${number}. `),
      ...phraseMarkup(figure.caption),
      " Data: ",
      element("a", { href: `${path}.csv` }, `${path}.csv`),
      ".",
    ),
  );
}

export function tableMarkup(table: PageTable): Markup {
  const kind = (column: number): string | undefined => (table.columns[column]!.numeric ? "number" : undefined);
  const row = (cells: readonly PageCell[]): Markup =>
    element(
      "tr",
      {},
      cells.map((cell, column) =>
        element(
          "td",
          { class: cellClass(cell, kind(column)) },
          ...phraseMarkup(cell.text),
          cell.detail === undefined ? null : element("span", { class: "detail" }, ` ${cell.detail}`),
        ),
      ),
    );
  return element(
    "div",
    { class: "scroll" },
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          table.columns.map(({ title }, column) => element("th", { scope: "col", class: kind(column) }, ...phraseMarkup(title))),
        ),
      ),
      element("tbody", {}, table.rows.map(row)),
    ),
  );
}

function cellClass(cell: PageCell, kind: string | undefined): string | undefined {
  const classes = [kind, cell.tone, cell.shade === undefined ? undefined : `shade-${cell.shade}`].filter((name) => name !== undefined);
  return classes.length === 0 ? undefined : classes.join(" ");
}
