/** caviar archive: the runs of a campaign become one compressed file. */
import { archiveCampaign } from "@caviar-hpo/bench";
import { counted } from "@caviar-hpo/core/text";
import { printable } from "@caviar-hpo/runtime/terminal";
import { checkCampaignFolder, planIn } from "../campaignFolder.ts";
import { exitCodes } from "../exitCodes.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { readArguments, refuse, type Subcommand } from "./command.ts";

export const archiveCommand: Subcommand = {
  help: `Usage: caviar archive FOLDER [--json]

Writes all runs of a campaign into FOLDER/runs.jsonl.gz, one after the other in the order of the plan, and deletes FOLDER/runs. Use it for
campaigns that you publish. caviar report, verify, merge and bench read the archive like the run files. So does any program that reads
gzip and JSON lines: zcat FOLDER/runs.jsonl.gz.

  --json    print { path, runs, bytes }

Example:

  caviar archive runs/quick`,
  run: async (args, { stdout }) => {
    const { flags, words } = readArguments("archive", args, { json: "flag" }, 1);
    const [folder] = words;
    if (folder === undefined) return refuse("archive", "the folder of a campaign", "no folder", "Write caviar archive FOLDER.");
    checkCampaignFolder("archive", folder);
    const report = await archiveCampaign(planIn(folder), folder);
    const { path, runs, bytes } = report;
    stdout.write(flags.json === true ? jsonText(report) : `${counted(runs, "run")}, ${bytes} bytes: ${printable(path)}\n`);
    return exitCodes.done;
  },
};
