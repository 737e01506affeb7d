/** The top of the page: the question, the warnings, the findings, and how much was run. */
import type { Analysis } from "../analysis/analysis.ts";
import { findings } from "../findings/findings.ts";
import { warnings } from "../findings/warnings.ts";
import { grouped } from "../format.ts";
import type { CampaignResults } from "../results.ts";
import type { PageBlock } from "./block.ts";
import { coded, emphasised, named } from "./phrase.ts";
import { shownCommand } from "./shownCommand.ts";

export function frontMatter(analysis: Analysis): readonly PageBlock[] {
  const { question, command, planHash, dataHash } = analysis.results;
  return [
    { kind: "prose", tone: "question", text: [named(question)] },
    ...warnings(analysis).map(
      ({ severity, text }): PageBlock => ({
        kind: "notice",
        severity,
        text: [emphasised(severity === "error" ? "Warning." : "Note."), " ", ...text],
      }),
    ),
    { kind: "list", title: "Findings", items: findings(analysis).map(({ text }) => text) },
    { kind: "facts", of: "counts", entries: counts(analysis.campaign).map(([name, count]) => ({ name, value: [grouped(count)] })) },
    {
      kind: "prose",
      tone: "origin",
      text: [
        "Regenerate: ",
        named(shownCommand(command)),
        " · plan ",
        coded(planHash.slice(0, 16)),
        " · data ",
        coded(dataHash.slice(0, 16)),
      ],
    },
  ];
}

/** How much was compared, and how much all runs did together. */
function counts({ strategies, problems, seeds, runs, resource }: CampaignResults): readonly (readonly [string, number])[] {
  const compared = [
    ["strategies", strategies.length],
    ["problems", problems.length],
    ["seeds", seeds.length],
    ["runs", runs.length],
  ] as const;
  if (resource === undefined) return [...compared, ["evaluations", runs.reduce((sum, run) => sum + run.values.length, 0)]];
  return [
    ...compared,
    ["full trainings spent", Math.round(runs.reduce((sum, run) => sum + run.training!.spent, 0))],
    ["measurements", runs.reduce((sum, run) => sum + run.training!.measurements, 0)],
  ];
}
