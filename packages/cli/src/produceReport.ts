/** From a plan to its report: does the runs that are missing in a folder, shows the progress, writes the pages and prints the ranking. */
import { type CampaignOptions, type Plan, runCampaign } from "@caviar-hpo/bench";
import { type CampaignResults, rankingTable, type Schedule } from "@caviar-hpo/report";
import { printable, runProgress } from "@caviar-hpo/runtime/terminal";
import { jsonText } from "./terminal/jsonText.ts";
import { noticeLine } from "./terminal/noticeLine.ts";
import { textTable } from "./terminal/table.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { writeReport } from "./writeReport.ts";

export async function produceReport(
  plan: Plan,
  folder: string,
  { json, ...order }: Pick<CampaignOptions, "command" | "fresh" | "retryFailed" | "workers"> & { readonly json: boolean },
  { stdout, stderr }: Terminal,
): Promise<void> {
  const progress = runProgress(stderr);
  let results: CampaignResults;
  try {
    results = await runCampaign(plan, folder, {
      ...order,
      onSchedules: (schedules) => {
        for (const schedule of schedules) stderr.write(`${scheduleText(schedule)}\n`);
      },
      onNotice: (notice) => {
        progress.end();
        stderr.write(noticeLine(notice));
      },
      onProgress: ({ cell, ...counts }) => {
        const { kept, failed } = counts;
        const counted = [...(kept > 0 ? [`${kept} kept`] : []), ...(failed > 0 ? [`${failed} failed`] : [])];
        const note = counted.length > 0 ? ` (${counted.join(", ")})` : "";
        progress.update(counts, `${cell.problem}, ${cell.strategy}, seed ${cell.seed}${note}`);
      },
    });
  } finally {
    progress.end();
  }
  const page = writeReport(results, folder);
  stdout.write(json ? jsonText({ report: page, ...rankingRecord(results) }) : `${ranking(results)}\nReport: ${printable(page)}\n`);
}

/** The names of the strategies and problems, and the lines of the bracket table. */
function scheduleText({ strategies, problems, text }: Schedule): string {
  const lines = text.split("\n").map((line) => `  ${printable(line)}\n`);
  return `${printable(strategies.join(", "))} on ${printable(problems.join(", "))}:\n${lines.join("")}`;
}

/** A record by column of the table for each strategy, and the sentences below the table. */
function rankingRecord(results: CampaignResults) {
  const { columns, rows, warnings, findings } = rankingTable(results);
  const ranks = rows.map((row) => Object.fromEntries(columns.map(({ title }, index) => [title, row[index]])));
  return { ranking: ranks, warnings: warnings.map(({ text }) => text), findings };
}

function ranking(results: CampaignResults): string {
  const { columns, rows, warnings, findings } = rankingTable(results);
  const notes = [...warnings.map(({ text }) => `! ${text}`), ...findings];
  return `${textTable(columns, rows)}\n\n${notes.map((note) => `${printable(note)}\n`).join("")}`;
}
