import { join } from "node:path";
import { readStudy } from "@caviar-hpo/runtime/log";
import { printable } from "@caviar-hpo/runtime/terminal";
import { checkCampaignFolder, planIn } from "../campaignFolder.ts";
import { exitCodes } from "../exitCodes.ts";
import { produceReport } from "../produceReport.ts";
import { readJson } from "../readJson.ts";
import { folderKind } from "../studyFolder.ts";
import { jsonText } from "../terminal/jsonText.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeStudyReport } from "../writeStudyReport.ts";
import { readArguments, refuse, type Subcommand } from "./command.ts";

/** Writes the page of a study, or the report of a campaign again from its recorded runs. */
export const reportCommand: Subcommand = {
  help: `Usage: caviar report FOLDER [--json]

If FOLDER holds a study, writes its page into it: report.html, report.md, and the figures with their numbers. Nothing is computed again. It
works while another process works on the study.

If FOLDER holds a campaign, reads plan.json and the runs, checks their hashes, and writes report.html, report.md and results.json again. If
runs are missing, the command runs them first.

  --json    print the ranking of a campaign, or the path and the best trials of a study, as JSON

Example:

  caviar report runs/digits`,
  run: async (args, terminal) => {
    const { flags, words } = readArguments("report", args, { json: "flag" }, 1);
    const [folder] = words;
    const json = flags.json === true;
    if (folder === undefined) return refuse("report", "the folder of a study or a campaign", "no folder", "Write caviar report FOLDER.");
    if (folderKind(folder) === "study") return reportStudy(folder, json, terminal);
    checkCampaignFolder("report", folder);
    const plan = planIn(folder);
    const campaignPath = join(folder, "campaign.json");
    await produceReport(plan, folder, { command: commandOf(readJson("campaign", campaignPath)), json }, terminal);
    return exitCodes.done;
  },
};

function reportStudy(folder: string, json: boolean, { stdout }: Terminal): number {
  const study = readStudy(folder);
  const page = writeStudyReport(study);
  stdout.write(json ? jsonText({ report: page, trials: study.trials.length, best: study.best() }) : `Report: ${printable(page)}\n`);
  return exitCodes.done;
}

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
