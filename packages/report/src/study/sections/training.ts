/** Section: how far trials were trained. Only studies with a fidelity have it. */
import type { Fidelity } from "@caviar-hpo/core";
import { grouped } from "../../format.ts";
import { prose, tableBlock } from "../../page/block.ts";
import { numberColumn, type PageTable, plainCell } from "../../page/pageTable.ts";
import { named } from "../../page/phrase.ts";
import { asLoss, type Digest } from "../digest.ts";
import { curvesFigure, rungsOf } from "../figures/curves.ts";
import { bracketsOf, scheduleFigure } from "../figures/schedule.ts";
import { numberWords } from "../numberWords.ts";
import { figureIn, type StudySection } from "./section.ts";

export function training(digest: Digest): StudySection | null {
  const { problem, jobs, trials } = digest;
  const { fidelity } = problem;
  if (fidelity === null || trials.length === 0) return null;
  const own = jobs.some(({ observed }) => observed !== true);
  return {
    id: "training",
    title: "How far trials were trained",
    blocks: [
      ...figureIn(curvesFigure(digest, fidelity)),
      ...(own
        ? [
            { kind: "heading", id: "brackets", text: ["Brackets and rungs"] } as const,
            prose(
              "A row per bracket: the trials whose first job ended at the same rung. The cells say how many of them reached each rung, and the best value there.",
            ),
            tableBlock(bracketTable(digest, fidelity)),
            ...figureIn(scheduleFigure(digest, fidelity)),
          ]
        : []),
    ],
  };
}

function bracketTable(digest: Digest, { unit }: Fidelity): PageTable {
  const { trials, jobs } = digest;
  const rungs = rungsOf(trials);
  return {
    columns: [
      numberColumn("first rung"),
      numberColumn("trials"),
      ...rungs.map((rung) => numberColumn(`${numberWords(rung)} `, named(unit))),
    ],
    rows: [...bracketsOf(jobs)].map(([first, members]) => [
      plainCell(numberWords(first)),
      plainCell(grouped(members.size)),
      ...rungs.map((rung) => {
        const values = [...members].flatMap((trial) => {
          const seen = trials[trial]!;
          const at = seen.trial.status === "failed" ? undefined : seen.trial.curve.find(({ fidelity }) => fidelity === rung);
          return at === undefined ? [] : [at.values[0]!];
        });
        if (values.length === 0) return plainCell("–");
        const best = values.reduce((a, b) => (asLoss(digest, 0, b) < asLoss(digest, 0, a) ? b : a));
        return { text: [grouped(values.length)], detail: `best ${numberWords(best)}` };
      }),
    ]),
  };
}
