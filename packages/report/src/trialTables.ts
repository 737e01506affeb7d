/** The trials of a study as a table, with what the failed ones threw: for people in Markdown and HTML, for programs in CSV. */
import type { Problem, Trial } from "@caviar-hpo/core";
import { configCell } from "./configCell.ts";
import { nameCell, numberColumn, type PageCell, type PageTable, plainCell, textColumn } from "./page/pageTable.ts";
import { named } from "./page/phrase.ts";
import { csv } from "./render/csv.ts";
import { tableMarkup } from "./render/html.ts";
import { markdownTable } from "./render/markdown.ts";
import { terminalText } from "./render/terminal.ts";

export type TrialTables = {
  /** GitHub Markdown: a row per trial. */
  readonly markdown: string;
  /** The same as a `<table>` without style or scripts. */
  readonly html: string;
  /** The same in full precision, with one column per parameter. */
  readonly csv: string;
  /** The same as cells without control characters, for a terminal. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/**
 * What each trial measured last, and why it failed if it did.
 *
 * @param trials of a study's history, for instance `study.core.history.trials`.
 */
export function trialTables(problem: Problem, trials: readonly Trial[]): TrialTables {
  const table = pageTable(problem, trials);
  return {
    markdown: `${markdownTable(table)}\n`,
    html: tableMarkup(table).markup,
    csv: csvOf(problem, trials),
    columns: table.columns.map(({ title }) => terminalText(title)),
    rows: table.rows.map((row) => row.map(({ text }) => terminalText(text))),
  };
}

function pageTable({ objectives, fidelity }: Problem, trials: readonly Trial[]): PageTable {
  const reached = fidelity === null ? [] : [numberColumn(named(fidelity.unit))];
  const values = objectives.map(({ name }) => numberColumn(named(name)));
  return {
    columns: [numberColumn("trial"), textColumn("status"), ...reached, ...values, textColumn("configuration"), textColumn("failure")],
    rows: trials.map((trial) => {
      const last = trial.curve.at(-1);
      const number = (value: number | undefined): PageCell => plainCell(value === undefined ? "–" : String(value));
      return [
        number(trial.id),
        plainCell(trial.status),
        ...reached.map(() => number(last?.fidelity)),
        ...objectives.map((_, index) => number(last?.values[index])),
        nameCell(configText(trial)),
        failureCell(trial),
      ];
    }),
  };
}

function configText({ config }: Trial): string {
  return Object.entries(config)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

function failureCell({ failure }: Trial): PageCell {
  if (failure === undefined) return plainCell("");
  const { reason, error } = failure;
  return { text: error === undefined ? [reason] : [`${reason}: `, named(error)] };
}

function csvOf({ space, objectives }: Problem, trials: readonly Trial[]): string {
  const names = space.params.map(([name]) => name);
  return csv({
    columns: ["trial", "status", "fidelity", ...objectives.map(({ name }) => name), ...names, "reason", "error"],
    rows: trials.map(({ id, status, curve, config, failure }) => {
      const last = curve.at(-1);
      return [
        id,
        status,
        last?.fidelity ?? null,
        ...objectives.map((_, index) => last?.values[index] ?? null),
        ...names.map((name) => configCell(config, name)),
        failure?.reason ?? null,
        failure?.error ?? null,
      ];
    }),
  });
}
