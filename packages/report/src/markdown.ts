/** The report as GitHub Markdown, with the figures as files beside it. */
import type { Analysis } from "./analysis/analysis.ts";
import { problemCards, strategyCards } from "./cards.ts";
import { escapeMarkdown, visible } from "./escape.ts";
import type { Figure } from "./figures/figure.ts";
import { findings, newProblemsNote, warnings } from "./findings.ts";
import { counted } from "./format.ts";
import { glossary } from "./glossary.ts";
import type { Figures } from "./html.ts";
import { measureIn } from "./measure.ts";
import type { PageCell, PageTable } from "./pageTable.ts";
import { type Phrase, phraseMarkdown } from "./phrase.ts";
import { budgetWords, claimWords, scheduleTitle, scheduleWords, timeWords } from "./resourceWords.ts";
import type { CampaignResults } from "./results.ts";
import { claimRows, speedUpRows, timeRows } from "./speedUpTables.ts";
import { completenessRows, medianRows, problemRows, rankingRows } from "./tables.ts";

export function markdown(analysis: Analysis, figures: Figures): string {
  const { results } = analysis;
  const note = newProblemsNote(analysis);
  const blocks: readonly string[] = [
    `# ${escapeMarkdown(results.title)}`,
    `**Question.** ${escapeMarkdown(results.question)}`,
    ...warnings(analysis).map(({ severity, text }) => `> **${severity === "error" ? "Warning" : "Note"}.** ${phraseMarkdown(text)}`),
    "## Findings",
    findings(analysis)
      .map((finding) => `- ${phraseMarkdown(finding)}`)
      .join("\n"),
    "## Ranking",
    markdownTable(rankingRows(analysis)),
    ...(note === null ? [] : [phraseMarkdown(note)]),
    ...figures.overall.map((figure, index) => picture(figure, index + 1)),
    ...timeBlocks(analysis, figures),
    "## Problem by problem",
    `Median ${measureIn(analysis.results)} at the final budget; the smallest of each row in bold.`,
    markdownTable(medianRows(analysis)),
    ...analysis.problems.flatMap((problem, index) => {
      const figure = figures.problems[index]!;
      const before = figures.overall.length + (figures.speedUp === null ? 0 : 1);
      const number = before + figures.problems.slice(0, index + 1).filter((entry) => entry !== null).length;
      return [
        `### ${escapeMarkdown(problem.card.title)}`,
        ...(figure === null ? [] : [picture(figure, number)]),
        markdownTable(problemRows(analysis, problem)),
      ];
    }),
    "## What was run",
    `Runs present of ${counted(results.seeds.length, "seed")} each; ${results.initialPoints === 0 ? "each strategy brings its own first points" : `the first ${counted(results.initialPoints, "point")} of each run are shared`}. Noise: ${escapeMarkdown(results.noise)}.${results.resource === undefined ? "" : ` ${budgetWords(results).trim()}`}`,
    markdownTable(completenessRows(analysis)),
    "## Strategies and problems",
    markdownTable(strategyCards(analysis)),
    markdownTable(problemCards(analysis)),
    ...scheduleBlocks(results),
    "## Definitions",
    glossary(analysis)
      .map(({ term, formula, definition }) => `- **${escapeMarkdown(term)}**: \`${formula}\`. ${escapeMarkdown(definition)}`)
      .join("\n"),
    "## How to reproduce",
    fenced([results.command], "sh"),
    `Plan (SHA-256): \`${results.planHash}\`  \nData (SHA-256): \`${results.dataHash}\``,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function timeBlocks(analysis: Analysis, { overall, speedUp }: Figures): readonly string[] {
  const { timeToReference } = analysis;
  if (timeToReference === null || speedUp === null) return [];
  const claims = claimRows(analysis);
  return [
    "## What the same quality costs",
    phraseMarkdown(timeWords(analysis)),
    markdownTable(speedUpRows(analysis, timeToReference)),
    picture(speedUp, overall.length + 1),
    markdownTable(timeRows(analysis, timeToReference)),
    ...(claims.rows.length === 0 ? [] : [claimWords, markdownTable(claims)]),
  ];
}

function scheduleBlocks({ schedules = [] }: CampaignResults): readonly string[] {
  if (schedules.length === 0) return [];
  return [
    scheduleWords,
    ...schedules.flatMap((schedule) => [phraseMarkdown(scheduleTitle(schedule)), fenced(schedule.text.split("\n"), "text")]),
  ];
}

/** A figure and its caption; the names of files are made of our own letters. */
function picture(figure: Figure, number: number): string {
  const path = `fig/${figure.name}`;
  return `![${escapeMarkdown(figure.drawing.title)}](${path}.svg)\n\n*Figure ${number}.* ${phraseMarkdown(figure.caption)} [Data](${path}.csv).`;
}

export function markdownTable(table: PageTable): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    row(table.columns.map(({ title }) => cellText(title))),
    row(table.columns.map(({ numeric }) => (numeric ? "---:" : "---"))),
    ...table.rows.map((cells) => row(cells.map(markdownCell))),
  ].join("\n");
}

function markdownCell({ text, detail, tone }: PageCell): string {
  const plain = cellText(text);
  const loud = tone === undefined ? plain : `**${plain}**`;
  return detail === undefined ? loud : `${loud} ${detail}`;
}

/** Names in a cell are set like the rest. */
function cellText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "string" ? part : escapeMarkdown(part.name))).join("");
}

/** Lines of a code block whose fence is longer than any run of backticks inside. */
function fenced(code: readonly string[], language: "sh" | "text"): string {
  const runs = code.join("\n").match(/`+/g) ?? [];
  const fence = "`".repeat(runs.reduce((longest, run) => Math.max(longest, run.length + 1), 3));
  return `${fence}${language}\n${code.map(visible).join("\n")}\n${fence}`;
}
