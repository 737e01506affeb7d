/** Writes the folder of a campaign: plan.json, campaign.json, results.json, report.html, report.md and fig/. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "@caviar-hpo/bench";
import { buildReport, type CampaignResults } from "@caviar-hpo/report";
import { writeWhole } from "./writeWhole.ts";

/** Writes each file completely or not at all. Returns the path of the page. */
export function writeReport(results: CampaignResults, folder: string, plan: Plan): string {
  const { html, markdown, json, files } = buildReport(results);
  const { command, planHash, dataHash } = results;
  rmSync(join(folder, "fig"), { recursive: true, force: true });
  const pages = [
    { name: "plan.json", text: pretty(plan) },
    { name: "campaign.json", text: pretty({ command, planHash, dataHash }) },
    { name: "results.json", text: json },
    ...files,
    { name: "report.md", text: markdown },
    { name: "report.html", text: html },
  ];
  for (const { name, text } of pages) writeWhole(join(folder, name), text);
  return join(folder, "report.html");
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
