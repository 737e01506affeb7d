/** Prints a bracket table: one line per bracket, from the one that halves most often to plain search, and a line of totals. */
import type { Fidelity, StrategyOptions } from "@caviar-hpo/core";
import { type BracketTable, bracketOptions, bracketTable, type Cost } from "./brackets.ts";

/** The table as lines of ASCII without colour, for a terminal or a page. Each rung is `count x fidelity`. */
export function showBrackets(table: BracketTable): string {
  const { fidelity, eta, convention, brackets } = table;
  const cells = brackets.map((bracket) => bracket.rungs.map((rung) => `${rung.configurations} x ${short(rung.fidelity)}`));
  const columns = Math.max(...cells.map((row) => row.length));
  // A rung is called "stage" in this text, because the results of published campaigns store it and must stay the same byte for byte.
  const head = ["s", ...Array.from({ length: columns }, (_, i) => `stage ${i}`), "trials", "evaluations", "from scratch", "resumed"];
  const rows = brackets.map((bracket, index) => [String(bracket.s), ...pad(cells[index]!, columns), ...costs(bracket)]);
  const total = ["all", ...pad([], columns), ...costs(table)];
  const width = head.map((title, column) => Math.max(title.length, ...[...rows, total].map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string => row.map((cell, column) => cell.padStart(width[column]!)).join("  ");
  const title = `${short(fidelity.min)} to ${short(fidelity.max)} ${fidelity.unit}, eta ${short(eta)}, ${convention}: trials x ${fidelity.unit}`;
  return [title, line(head), ...rows.map(line), line(total)].join("\n");
}

/** The table of Hyperband, synchronous or not. It reads only the options of `bracketTable` and ignores the others. */
export function describeBrackets(fidelity: Fidelity, options: StrategyOptions): string {
  const own = Object.entries(options).filter(([name]) => Object.hasOwn(bracketOptions, name));
  return showBrackets(bracketTable(fidelity, Object.fromEntries(own)));
}

function costs({ configurations, evaluations, fromScratch, resumed }: Cost): readonly string[] {
  return [configurations, evaluations, fromScratch, resumed].map(short);
}

function pad(row: readonly string[], length: number): readonly string[] {
  return [...row, ...Array.from({ length: length - row.length }, () => "")];
}

/** Whole numbers in full, other numbers to five digits. */
function short(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}
