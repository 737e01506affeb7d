/** Writes the pages of a campaign into its folder: results.json, report.html, report.md and fig/. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildReport, type CampaignResults } from "@caviar-hpo/report";
import { writeWhole } from "./writeWhole.ts";

/** Writes each file completely or not at all. Returns the path of the page. */
export function writeReport(results: CampaignResults, folder: string): string {
  const { html, markdown, json, files } = buildReport(results);
  rmSync(join(folder, "fig"), { recursive: true, force: true });
  const pages = [
    { name: "results.json", text: json },
    ...files,
    { name: "report.md", text: markdown },
    { name: "report.html", text: html },
  ];
  for (const { name, text } of pages) writeWhole(join(folder, name), text);
  return join(folder, "report.html");
}
