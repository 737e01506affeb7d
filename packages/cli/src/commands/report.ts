import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPlan, runCampaign } from "@caviar/bench";
import { ConfigError, show } from "@caviar/core";
import { printRanking, writeReport } from "../writeReport.ts";
import { type Command, readArguments } from "./command.ts";

/** Writes a campaign's report anew from its recorded runs. */
export const reportCommand: Command = {
  name: "report",
  summary: "Write a campaign's report anew from its recorded runs.",
  help: `Usage: caviar report FOLDER

Reads plan.json and the runs in FOLDER, checks their hashes, and writes report.html, report.md and results.json again. Runs that are
missing are run.`,
  run: async (args) => {
    const { words } = readArguments("report", args, {}, 1);
    const [folder] = words;
    const planFile = join(folder ?? "", "plan.json");
    if (folder === undefined || !existsSync(planFile) || !existsSync(join(folder, "campaign.json"))) {
      throw new ConfigError({
        code: "badArgument",
        what: "report",
        expected: "a folder with plan.json and campaign.json",
        got: show(folder),
        remedy: "Name the folder that caviar bench wrote.",
      });
    }
    const { command } = JSON.parse(readFileSync(join(folder, "campaign.json"), "utf8")) as { readonly command: string };
    const plan = readPlan(JSON.parse(readFileSync(planFile, "utf8")));
    const results = await runCampaign(plan, folder, { command });
    printRanking(results);
    process.stdout.write(`\nReport: ${writeReport(results, folder, plan)}\n`);
    return 0;
  },
};
