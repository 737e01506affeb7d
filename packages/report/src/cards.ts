/** Strategies and problems as they were set up, for the tables at the end of a report. */
import type { Analysis } from "./analysis/analysis.ts";
import { significant } from "./format.ts";
import { measureIn } from "./measure.ts";
import { nameCell, type PageTable, plainCell } from "./pageTable.ts";
import type { Phrase } from "./phrase.ts";
import type { ProblemCard } from "./results.ts";
import { regretFloor } from "./statistics/logRegret.ts";

export function strategyCards(analysis: Analysis): PageTable {
  return {
    columns: [
      textColumn("strategy"),
      textColumn("implementation"),
      numberColumn("version"),
      textColumn("options"),
      numberColumn(analysis.results.resource === undefined ? "evaluations a step" : "times the budget"),
    ],
    rows: analysis.results.strategies.map((card) => {
      const options = Object.entries(card.options).flatMap(
        ([option, value], index): Phrase => [index === 0 ? "" : ", ", { name: `${option} = ${JSON.stringify(value) ?? "undefined"}` }],
      );
      return [
        nameCell(card.label),
        nameCell(card.name),
        plainCell(String(card.version)),
        { text: options.length === 0 ? ["none"] : options },
        plainCell(String(card.evaluationsPerStep)),
      ];
    }),
  };
}

export function problemCards(analysis: Analysis): PageTable {
  const counting = analysis.results.resource === undefined;
  return {
    columns: [
      textColumn("problem"),
      textColumn("title"),
      numberColumn("dimensions"),
      numberColumn("minimum f*"),
      numberColumn("tolerance"),
      numberColumn(`${measureIn(analysis.results)} floor`),
      numberColumn("budget"),
      textColumn(counting ? "features" : "trained for"),
      textColumn("source"),
    ],
    rows: analysis.results.problems.map((card) => [
      nameCell(card.id),
      nameCell(card.title),
      plainCell(String(card.dimensions)),
      plainCell(card.measure === undefined ? String(card.optimum).replace("-", "−") : "not known"),
      plainCell(card.measure !== undefined ? "–" : card.tolerance === 0 ? "exact" : significant(card.tolerance, 2)),
      plainCell(significant(regretFloor(card), 2)),
      plainCell(String(card.budget)),
      { text: counting ? card.tags.flatMap((tag, index): Phrase => [index === 0 ? "" : ", ", { name: tag }]) : trainingOf(card) },
      nameCell(card.source),
    ]),
  };
}

/** 1 to 81 epoch, resumable. */
function trainingOf({ fidelity, resumable = false }: ProblemCard): Phrase {
  if (fidelity === undefined) return ["–"];
  const { min, max, unit } = fidelity;
  return [`${min} to ${max} `, { name: unit }, resumable ? ", resumable" : ", from scratch each time"];
}

function textColumn(title: string): PageTable["columns"][number] {
  return { title: [title], numeric: false };
}

function numberColumn(title: string): PageTable["columns"][number] {
  return { title: [title], numeric: true };
}
