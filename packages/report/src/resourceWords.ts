/** What pages say where resource is counted, the same in HTML and in Markdown. */
import type { Analysis } from "./analysis/analysis.ts";
import { significant } from "./format.ts";
import { listed, type Phrase } from "./phrase.ts";
import type { CampaignResults, Schedule } from "./results.ts";

/** How a run spends its budget; empty where evaluations are counted. */
export function budgetWords({ resource }: CampaignResults): string {
  if (resource === undefined) return "";
  const { fullTrainings, workers, stragglerSigma } = resource;
  const who = workers === 1 ? "one simulated worker" : `${workers} simulated workers`;
  const straggling = stragglerSigma === 0 ? "" : `, whose jobs take exp(${stragglerSigma} z) times as long, z standard normal`;
  return `Each run spends ${fullTrainings} full trainings on ${who}${straggling}. `;
}

export function timeWords(analysis: Analysis): Phrase {
  const { resource, strategies } = analysis.results;
  const { fullTrainings, points, from } = resource!;
  const reference = { name: strategies[analysis.reference]!.label };
  return [
    "The resource for which at least half of a strategy’s runs can have a model as good as that of the median run of ",
    reference,
    ` in the end, training what they recommend in full included; and by which factor `,
    reference,
    ` itself needs more for that. Both are read off at ${points} amounts from ${significant(from, 2)} to ${fullTrainings} full trainings. A run that is not there when the budget ends counts as not there; what it would have needed is not known. Since one full training is always included, no factor is larger than the number of them that `,
    reference,
    ` itself needs.`,
  ];
}

export const claimWords: string =
  "What the papers say, each of its own tasks, competitors and measure. No factor above can be held against one of these without its context.";

export const scheduleWords: string = "What strategies said beforehand that they were going to do:";

export function scheduleTitle({ strategies, problems }: Schedule): Phrase {
  return [...listed(strategies), " on ", ...listed(problems), ":"];
}
