/** Section: which runs were planned, and which are present. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import { completeness } from "../analysis/completeness.ts";
import { span } from "../format.ts";
import type { CampaignResults } from "../results.ts";
import { openIfShort, overall, type PageBlock, prose, type Section, tableBlock } from "./block.ts";
import { budgetRows, failureBlocks } from "./ledger.ts";
import { nameCell, numberColumn, ofProblem, type PageCell, type PageTable, plainCell, strategyColumn, textColumn } from "./pageTable.ts";
import { listed, named, type Phrase } from "./phrase.ts";

export function whatWasRun(analysis: Analysis): Section {
  const { initialPoints, noise, seeds, resource } = analysis.results;
  const design =
    initialPoints === 0
      ? "Each strategy chooses its own first points."
      : `All strategies share the first ${counted(initialPoints, "point")} of each run.`;
  const budget = resource === undefined ? "counted evaluations" : "full trainings";
  return {
    id: "run",
    title: "What was run",
    blocks: [
      prose(
        `The plan runs every strategy on every problem with each of ${counted(seeds.length, "seed")}. ${design} Noise: `,
        named(noise),
        `. ${budgetWords(analysis.results)}The table shows the budget of each run in ${budget}, and how many runs of each strategy are present.`,
      ),
      ...completenessBlocks(analysis),
      ...boxBlocks(analysis.campaign),
      ...failureBlocks(analysis.campaign),
      ...ledgerBlocks(analysis.campaign),
    ],
  };
}

/** A long table in which nothing is missing is folded. */
function completenessBlocks(analysis: Analysis): readonly PageBlock[] {
  const table = tableBlock(completenessRows(analysis));
  const missing = analysis.problems.some(({ strategies }) =>
    strategies.some(({ runs, failedRuns }) => runs < analysis.results.seeds.length || failedRuns > 0),
  );
  return [missing ? table : openIfShort(analysis.problems.length, ["The runs of each strategy on each problem"], table)];
}

/** How the boxes follow from the seeds: one sentence per rule. */
function boxBlocks({ problems }: CampaignResults): readonly PageBlock[] {
  const rules = [...new Set(problems.flatMap(({ box }) => (box === undefined ? [] : [box])))];
  const ofRule = (rule: string): Phrase => {
    const ids = problems.filter(({ box }) => box === rule).map(({ id }) => id);
    return ids.length === problems.length ? ["all problems"] : listed(ids);
  };
  return rules.map((rule) => prose("The box of ", ...ofRule(rule), ": ", named(rule), "."));
}

function ledgerBlocks(campaign: CampaignResults): readonly PageBlock[] {
  const table = budgetRows(campaign);
  if (table.rows.length === 0) return [];
  return [
    overall(
      prose(
        "This is what all runs of each strategy spent together. New resource is the training that jobs added. Resource from scratch is what it would have been without checkpoints. Time is that of the simulated workers.",
      ),
      tableBlock(table),
    ),
  ];
}

/** How a run spends its resource; empty if the budget counts evaluations. */
function budgetWords({ resource }: CampaignResults): string {
  if (resource === undefined) return "";
  const { fullTrainings, workers, stragglerSigma } = resource;
  const who = workers === 1 ? "one simulated worker" : `${workers} simulated workers`;
  const straggling =
    stragglerSigma === 0 ? "" : ` The duration of each job is multiplied by exp(${stragglerSigma} z), where z is a standard normal number.`;
  return `Each run spends ${fullTrainings} full trainings on ${who}.${straggling} `;
}

/** How many of the planned runs are present, one row per problem, one column per strategy in the order of the campaign. */
export function completenessRows(analysis: Analysis): PageTable {
  const { strategies, seeds, resource } = analysis.campaign;
  const noun = resource === undefined ? "evaluation" : "training";
  return {
    columns: [
      textColumn("problem"),
      numberColumn(analysis.results.resource === undefined ? "evaluations" : "full trainings"),
      ...strategies.map(({ label }) => strategyColumn(label)),
    ],
    rowParts: analysis.problems.map(({ card }) => ofProblem(card.id)),
    rows: analysis.problems.map((problem) => [
      nameCell(problem.card.id),
      plainCell(String(problem.card.budget)),
      ...strategies.map((strategy): PageCell => {
        const { runs, failedRuns, failures, endedEarly } = completeness(analysis.campaign, problem.card, strategy);
        const early = endedEarly.length === 0 ? "" : `${endedEarly.length} ended after ${span(endedEarly)}`;
        const faults = failedRuns === 0 ? "" : `${counted(failedRuns, "run")} failed`;
        const notes = [faults, failures > 0 ? `${counted(failures, noun)} failed` : "", early].filter((note) => note !== "");
        return {
          text: [runs === seeds.length ? String(runs) : `${runs} of ${seeds.length}`],
          ...(notes.length > 0 ? { detail: `(${notes.join(", ")})` } : {}),
          ...(runs < seeds.length || failedRuns > 0 ? { tone: "bad" } : {}),
        };
      }),
    ]),
  };
}
