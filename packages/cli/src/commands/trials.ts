/** caviar trials: all trials of a study. */
import type { Problem } from "@caviar-hpo/core";
import { readStudy, type StoredStudy, type StoredTrial } from "@caviar-hpo/runtime/log";
import { numberText } from "@caviar-hpo/runtime/terminal";
import { valueText } from "../bestTable.ts";
import { exitCodes } from "../exitCodes.ts";
import { studyFolder } from "../studyFolder.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { paintFor } from "../terminal/paint.ts";
import { type TableLook, type TextColumn, textTable } from "../terminal/table.ts";
import { readArguments, type Subcommand } from "./command.ts";

export const trialsCommand: Subcommand = {
  help: `Usage: caviar trials FOLDER [--json]

Lists all trials of the study in FOLDER, in the order in which they began: status, last measurement, configuration, how long it ran, on
which worker, and why it has failed. A terminal shows as much of each line as it is wide. It works while another process runs the study.

  --json    print a list of trials with their whole learning curves

Example:

  caviar trials runs/digits`,
  run: async (args, terminal) => {
    const { flags, words } = readArguments("trials", args, { json: "flag" }, 1);
    const study = readStudy(studyFolder("trials", words));
    const { green, red } = paintFor(terminal.stdout, terminal);
    if (flags.json === true) terminal.stdout.write(jsonText(study.trials));
    else {
      const best = new Set(study.best().map(({ trial }) => trial));
      const paintRow = (line: string, index: number): string => {
        const { id, status } = study.trials[index]!;
        return best.has(id) ? green(line) : status === "failed" ? red(line) : line;
      };
      const { isTTY, columns } = terminal.stdout;
      const look = { paintRow, ...(isTTY === true && columns !== undefined && columns > 0 && { lineLength: Math.max(20, columns) }) };
      terminal.stdout.write(`${trialTable(study, look)}\n`);
    }
    return exitCodes.done;
  },
};

function trialTable({ problem, trials }: StoredStudy, look: TableLook): string {
  const columns = columnsOf(problem);
  return textTable(
    columns,
    trials.map((trial) => columns.map(({ cell }) => cell(trial))),
    look,
  );
}

type TrialColumn = TextColumn & { readonly cell: (trial: StoredTrial) => string };

function columnsOf({ space, objectives, constraints, fidelity }: Problem): readonly TrialColumn[] {
  return [
    { title: "trial", align: "right", cell: ({ id }) => String(id) },
    { title: "status", align: "left", cell: ({ status }) => status },
    ...(fidelity === null ? [] : [number(fidelity.unit, ({ curve }) => curve.at(-1)?.fidelity)]),
    ...objectives.map(({ name }, index) => number(name, ({ curve }) => curve.at(-1)?.values[index])),
    ...constraints.map((name, index) => number(name, ({ curve }) => curve.at(-1)?.constraints[index])),
    ...space.params.map(([name]) => ({ title: name, align: "right", cell: ({ config }: StoredTrial) => valueText(config, name) }) as const),
    number("seconds", ({ durationSeconds }) => durationSeconds),
    { title: "worker", align: "left", cell: ({ worker }) => worker ?? "" },
    {
      title: "failure",
      align: "left",
      cell: ({ failure }) => (failure === undefined ? "" : [failure.reason, failure.error ?? []].flat().join(": ")),
    },
  ];
}

function number(title: string, of: (trial: StoredTrial) => number | null | undefined): TrialColumn {
  return {
    title,
    align: "right",
    cell: (trial) => {
      const value = of(trial);
      return value === undefined || value === null ? "" : numberText(value);
    },
  };
}
