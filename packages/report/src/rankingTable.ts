/** The ranking for a terminal: plain cells without control characters, their alignment, and the sentences below the table. */
import { analyse } from "./analysis/analysis.ts";
import { findings } from "./findings/findings.ts";
import { warnings } from "./findings/warnings.ts";
import { rankingRows } from "./page/ranking.ts";
import { terminalText } from "./render/terminal.ts";
import type { CampaignResults } from "./results.ts";

/** The ranking as plain cells and sentences. */
export type RankingTable = {
  readonly columns: readonly { readonly title: string; readonly align: "left" | "right" }[];
  /** One row per strategy, best first. Each row has one cell per column. */
  readonly rows: readonly (readonly string[])[];
  /** Warnings: missing runs, failures and other things that a reader must know first. */
  readonly warnings: readonly { readonly severity: "error" | "caution"; readonly text: string }[];
  /** The findings: sentences that say what the numbers allow. */
  readonly findings: readonly string[];
};

/**
 * Makes the ranking table of a campaign.
 *
 * @throws ConfigError for results that contradict themselves.
 */
export function rankingTable(results: CampaignResults): RankingTable {
  const analysis = analyse(results);
  const table = rankingRows(analysis);
  return {
    columns: table.columns.map(({ title, numeric }) => ({ title: terminalText(title), align: numeric ? "right" : "left" })),
    rows: table.rows.map((row) =>
      row.map(({ text, detail }) => (detail === undefined ? terminalText(text) : `${terminalText(text)} ${detail}`)),
    ),
    warnings: warnings(analysis).map(({ severity, text }) => ({ severity, text: terminalText(text) })),
    findings: findings(analysis).map(({ text }) => terminalText(text)),
  };
}
