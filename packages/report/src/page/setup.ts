/** Section: the settings of the strategies and problems, and the schedules that strategies announced. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import { significant } from "../format.ts";
import { measureIn } from "../measure.ts";
import type { ProblemFacts, Schedule, StrategyCard } from "../results.ts";
import { regretFloor } from "../statistics/logRegret.ts";
import { folded, type PageBlock, prose, type Section, tableBlock } from "./block.ts";
import { nameCell, numberColumn, type PageTable, plainCell, textColumn } from "./pageTable.ts";
import { listed, named, type Phrase, separated } from "./phrase.ts";

export function setup(analysis: Analysis): Section {
  const { schedules = [] } = analysis.results;
  return {
    id: "cards",
    title: "Strategies and problems",
    blocks: [
      tableBlock(strategyCards(analysis)),
      folded([`The ${counted(analysis.results.problems.length, "problem")}`], tableBlock(problemCards(analysis))),
      ...analysis.results.problems.flatMap((problem) => constraintsOf(problem)),
      ...(schedules.length === 0 ? [] : [prose("These strategies announce their schedule before they start:")]),
      ...schedules.map(scheduleBlock),
    ],
  };
}

/** The constraints that every configuration keeps, one per line. */
function constraintsOf(problem: ProblemFacts): readonly PageBlock[] {
  const { id, where = [] } = problem;
  if (where.length === 0) return [];
  return [
    prose("Every configuration of ", named(id), ` keeps these constraints between its parameters.${minimumWords(problem)}`),
    { kind: "code", language: "text", lines: where },
  ];
}

function minimumWords({ measure, optimumIsBound = false }: ProblemFacts): string {
  if (measure !== undefined) return "";
  if (!optimumIsBound) return " The plan states the minimum f* under them.";
  return " The minimum f* is the one without them, so regrets may never reach 0.";
}

function scheduleBlock({ strategies, problems, text }: Schedule): PageBlock {
  return {
    kind: "details",
    summary: [...listed(strategies), " on ", ...listed(problems)],
    blocks: [{ kind: "code", language: "text", lines: text.split("\n") }],
  };
}

function strategyCards(analysis: Analysis): PageTable {
  return {
    columns: [
      textColumn("strategy"),
      textColumn("implementation"),
      textColumn("origin"),
      numberColumn("version"),
      textColumn("options"),
      numberColumn(analysis.results.resource === undefined ? "evaluations per step" : "times the budget"),
    ],
    rows: analysis.campaign.strategies.map((card) => {
      const options = Object.entries(card.options).map(([option, value]) => `${option} = ${JSON.stringify(value) ?? "undefined"}`);
      return [
        nameCell(card.label),
        nameCell(card.name),
        plainCell(originWords(card)),
        nameCell(String(card.version)),
        { text: options.length === 0 ? ["none"] : separated(options) },
        plainCell(String(card.evaluationsPerStep)),
      ];
    }),
  };
}

function originWords({ origin, twinOf }: StrategyCard): string {
  return `${origin ?? "built in"}${twinOf === undefined ? "" : ", control"}`;
}

function problemCards(analysis: Analysis): PageTable {
  const counting = analysis.results.resource === undefined;
  const withBoxes = analysis.results.problems.some(({ box }) => box !== undefined);
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
      ...(withBoxes ? [textColumn("box and optimum")] : []),
    ],
    rows: analysis.results.problems.map((card) => [
      nameCell(card.id),
      nameCell(card.title),
      plainCell(String(card.dimensions)),
      plainCell(card.measure === undefined ? String(card.optimum).replace("-", "−") : "not known"),
      plainCell(card.measure !== undefined ? "–" : card.tolerance === 0 ? "exact" : significant(card.tolerance, 2)),
      plainCell(significant(regretFloor(card), 2)),
      plainCell(String(card.budget)),
      { text: counting ? separated(card.tags) : trainingOf(card) },
      nameCell(card.source),
      ...(withBoxes ? [nameCell(card.box ?? "not stated")] : []),
    ]),
  };
}

/** 1 to 81 epoch, resumable. */
function trainingOf({ fidelity, resumable = false }: ProblemFacts): Phrase {
  if (fidelity === undefined) return ["–"];
  const { min, max, unit } = fidelity;
  return [`${min} to ${max} `, named(unit), resumable ? ", resumable" : ", from scratch each time"];
}
