import { existsSync } from "node:fs";
import { join } from "node:path";
import { readPlan } from "@caviar-hpo/bench";
import { show } from "@caviar-hpo/core/text";
import { produceReport } from "../produceReport.ts";
import { readJson } from "../readJson.ts";
import { type Command, readArguments, refuse } from "./command.ts";

/** Writes a campaign's report anew from its recorded runs. */
export const reportCommand: Command = {
  name: "report",
  summary: "Write a campaign's report anew from its recorded runs.",
  help: `Usage: caviar report FOLDER

Reads plan.json and the runs in FOLDER, checks their hashes, and writes report.html, report.md and results.json again. Runs that are
missing are run.`,
  run: async (args, terminal) => {
    const [folder] = readArguments("report", args, {}, 1).words;
    const remedy = "Name the folder that caviar bench wrote.";
    if (folder === undefined) return refuse("report", "a campaign's folder", "none", remedy);
    const [planPath, campaignPath] = [join(folder, "plan.json"), join(folder, "campaign.json")];
    if (!existsSync(planPath) || !existsSync(campaignPath))
      refuse("report", "a folder with plan.json and campaign.json", show(folder), remedy);
    const plan = readPlan(readJson("plan", planPath));
    await produceReport(plan, folder, { command: commandOf(readJson("campaign", campaignPath)) }, terminal);
  },
};

function commandOf(campaign: unknown): string {
  if (typeof campaign === "object" && campaign !== null && "command" in campaign && typeof campaign.command === "string")
    return campaign.command;
  return refuse(
    "campaign.json",
    "the command that ran the campaign",
    "none",
    "Restore the file, or give the command of caviar bench again.",
  );
}
