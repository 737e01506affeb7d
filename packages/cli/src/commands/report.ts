import { join } from "node:path";
import { checkCampaignFolder, planIn } from "../campaignFolder.ts";
import { exitCodes } from "../exitCodes.ts";
import { produceReport } from "../produceReport.ts";
import { readJson } from "../readJson.ts";
import { readArguments, refuse, type Subcommand } from "./command.ts";

/** Writes the report of a campaign again from its recorded runs. */
export const reportCommand: Subcommand = {
  help: `Usage: caviar report FOLDER [--json]

Reads plan.json and the runs in FOLDER, checks their hashes, and writes report.html, report.md and results.json again. If runs are missing,
the command runs them first.

  --json    print the ranking as JSON

Example:

  caviar report runs/quick`,
  run: async (args, terminal) => {
    const { flags, words } = readArguments("report", args, { json: "flag" }, 1);
    const [folder] = words;
    if (folder === undefined) return refuse("report", "the folder of a campaign", "no folder", "Name the folder that caviar bench wrote.");
    checkCampaignFolder("report", folder);
    const plan = planIn(folder);
    const campaignPath = join(folder, "campaign.json");
    await produceReport(plan, folder, { command: commandOf(readJson("campaign", campaignPath)), json: flags.json === true }, terminal);
    return exitCodes.done;
  },
};

function commandOf(campaign: unknown): string {
  if (typeof campaign === "object" && campaign !== null && "command" in campaign && typeof campaign.command === "string")
    return campaign.command;
  return refuse(
    "campaign.json",
    "the command that ran the campaign",
    "no command",
    "Restore the file, or run the caviar bench command again.",
  );
}
