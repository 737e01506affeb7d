/** From a plan to its report: does the runs that are missing in a folder, shows the progress, writes the pages and prints the ranking. */
import { type CampaignOptions, environmentOf, type Plan, runCampaign } from "@caviar-hpo/bench";
import { counted } from "@caviar-hpo/core/text";
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
  { json, figure, ...order }: CampaignOrder & { readonly json: boolean; readonly figure?: string },
  terminal: Terminal,
): Promise<CampaignResults> {
  const results = await runShown(plan, folder, order, terminal);
  const page = await writeReport(results, folder, figure);
  if (figure !== undefined) terminal.stdout.write(json ? jsonText({ figure: page }) : `Figure: ${printable(page)}\n`);
  else
    terminal.stdout.write(
      json ? jsonText({ report: page, ...rankingRecord(results) }) : `${ranking(results)}\nReport: ${printable(page)}\n`,
    );
  return results;
}

/** Runs a shard. There is no report of a part of a campaign. */
export async function produceShard(
  plan: Plan,
  folder: string,
  { json, ...order }: CampaignOrder & { readonly shard: string; readonly json: boolean },
  terminal: Terminal,
): Promise<void> {
  const { runs, dataHash } = await runShown(plan, folder, order, terminal);
  const { shard } = order;
  terminal.stdout.write(
    json
      ? jsonText({ folder, shard, runs: runs.length, root: dataHash })
      : `Shard ${shard}: ${counted(runs.length, "run")} in ${printable(folder)}\nGive caviar merge the folders of all shards.\n`,
  );
}

type CampaignOrder = Pick<
  CampaignOptions,
  "command" | "times" | "authors" | "day" | "codeFrom" | "fresh" | "retryFailed" | "workers" | "shard"
>;

async function runShown(plan: Plan, folder: string, order: CampaignOrder, { stderr }: Terminal): Promise<CampaignResults> {
  const progress = runProgress(stderr);
  try {
    return await runCampaign(plan, folder, {
      ...order,
      environment: environmentOf(process.cwd()),
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
