/** Section: which runs were planned, and which are present. */
import type { Analysis } from "../analysis/analysis.ts";
import { completeness } from "../analysis/completeness.ts";
import { counted, span } from "../format.ts";
import type { CampaignResults } from "../results.ts";
import { prose, type Section, tableBlock } from "./block.ts";
import { nameCell, numberColumn, type PageCell, type PageTable, plainCell, textColumn } from "./pageTable.ts";
import { named } from "./phrase.ts";

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
      tableBlock(completenessRows(analysis)),
    ],
  };
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
  const { strategies, seeds } = analysis.campaign;
  return {
    columns: [
      textColumn("problem"),
      numberColumn(analysis.results.resource === undefined ? "evaluations" : "full trainings"),
      ...strategies.map(({ label }) => numberColumn(named(label))),
    ],
    rows: analysis.problems.map((problem) => [
      nameCell(problem.card.id),
      plainCell(String(problem.card.budget)),
      ...strategies.map((strategy): PageCell => {
        const { runs, failures, endedEarly } = completeness(analysis.campaign, problem.card, strategy);
        const early = endedEarly.length === 0 ? "" : `${endedEarly.length} ended after ${span(endedEarly)}`;
        const notes = [failures > 0 ? `${failures} failed` : "", early].filter((note) => note !== "");
        return {
          text: [runs === seeds.length ? String(runs) : `${runs} of ${seeds.length}`],
          ...(notes.length > 0 ? { detail: `(${notes.join(", ")})` } : {}),
          ...(runs < seeds.length ? { tone: "bad" } : {}),
        };
      }),
    ]),
  };
}
