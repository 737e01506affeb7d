/** The top of the page: how many trials there are, what to know before reading, and the best trials. */
import { counted } from "@caviar-hpo/core/text";
import { grouped } from "../../format.ts";
import { note, type PageBlock, tableBlock } from "../../page/block.ts";
import { nameCell, numberColumn, type PageTable, plainCell, textColumn } from "../../page/pageTable.ts";
import { named, type Phrase } from "../../page/phrase.ts";
import type { ComparedTrial, Digest } from "../digest.ts";
import { numberWords, valueWords } from "../numberWords.ts";

/** More trials of a front are left to the table of trials. */
const mostBest = 10;

export function frontMatter(digest: Digest): readonly PageBlock[] {
  const { problem, trials, best, study } = digest;
  const count = (status: string): number => trials.filter(({ trial }) => trial.status === status).length;
  const [single] = best;
  const value: Phrase =
    problem.objectives.length > 1 ? [String(best.length)] : [single === undefined ? "–" : numberWords(single.last.values[0]!)];
  const { name } = problem.objectives[0]!;
  return [
    {
      kind: "prose",
      tone: "question",
      text: ["Goal: ", ...goalWords(digest), `, over ${counted(problem.space.params.length, "parameter")}.`],
    },
    {
      kind: "facts",
      of: "counts",
      entries: [
        { name: "trials", value: [grouped(trials.length)] },
        { name: "failed", value: [grouped(count("failed"))] },
        { name: "running", value: [grouped(count("running"))] },
        { name: problem.objectives.length > 1 ? "trials on the Pareto front" : name === "value" ? "best value" : `best ${name}`, value },
      ],
    },
    ...notices(digest),
    ...(best.length === 0 ? [] : [tableBlock(bestRows(digest, best.slice(0, mostBest)))]),
    ...(best.length > mostBest ? [note(`The first ${mostBest} of ${best.length} trials are shown.`)] : []),
    ...(study.ended == null ? [] : [note(named(study.ended.reason))]),
  ];
}

/** The goal of each objective: "minimize loss, maximize speed". */
export function goalWords({ problem: { objectives } }: Digest): Phrase {
  return objectives.flatMap(({ name, goal }, index): Phrase => [index === 0 ? "" : ", ", `${goal} `, named(name)]);
}

function notices({ trials, best }: Digest): readonly PageBlock[] {
  if (trials.length === 0) return [{ kind: "notice", severity: "caution", text: ["The study has no trial yet."] }];
  const failed = trials.filter(({ trial }) => trial.status === "failed").length;
  if (best.length === 0 && failed === trials.length) return [{ kind: "notice", severity: "error", text: ["Every trial has failed."] }];
  if (best.length === 0) return [{ kind: "notice", severity: "caution", text: ["No trial has succeeded yet."] }];
  if (2 * failed < trials.length) return [];
  return [{ kind: "notice", severity: "caution", text: [`${grouped(failed)} of ${grouped(trials.length)} trials failed.`] }];
}

function bestRows({ problem: { space, objectives, fidelity } }: Digest, best: readonly ComparedTrial[]): PageTable {
  return {
    columns: [
      numberColumn("best trial"),
      ...objectives.map(({ name }) => numberColumn(named(name))),
      ...(fidelity === null ? [] : [numberColumn(named(fidelity.unit))]),
      ...space.params.map(([name, param]) => (param.kind === "choice" ? textColumn(named(name)) : numberColumn(named(name)))),
    ],
    rows: best.map(({ trial, last }) => [
      plainCell(String(trial.id)),
      ...last.values.map((value) => plainCell(numberWords(value, 6))),
      ...(fidelity === null ? [] : [plainCell(numberWords(last.fidelity))]),
      ...space.params.map(([name]) => nameCell(valueWords(Object.hasOwn(trial.config, name) ? trial.config[name] : undefined))),
    ]),
  };
}
