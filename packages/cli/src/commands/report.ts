import { existsSync } from "node:fs";
import { show } from "@caviar-hpo/core/text";
import { exitCodes } from "../exitCodes.ts";
import { folderKind } from "../studyFolder.ts";
import { readArguments, refuse, type Subcommand } from "./command.ts";
import { reportStudy, reportStudyFigure } from "./reportStudy.ts";

/** Writes the page of a study, or the report of a campaign again from its recorded runs. */
export const reportCommand: Subcommand = {
  help: `Usage: caviar report FOLDER [--figure NAME] [--times] [--json]

If FOLDER holds a study, writes its page into it: report.html, report.md, and the figures with their numbers. Nothing is computed again. It
works while another process works on the study.

If FOLDER holds a campaign, reads plan.json and the runs, checks their hashes, and writes report.html, report.md and results.json again. If
runs are missing, the command runs them first.

  --figure NAME  write only the files of one figure: fig/NAME.svg, fig/NAME.csv and fig/NAME.json
  --times        also report how long the asks of a campaign took and how well its strategies predicted; the bytes then differ by machine
  --json         print the ranking of a campaign, or the path and the best trials of a study, as JSON

Example:

  caviar report runs/digits`,
  run: async (args, terminal) => {
    const { flags, words } = readArguments("report", args, { json: "flag", times: "flag", figure: "value" }, 1);
    const [folder] = words;
    const json = flags.json === true;
    const figure = typeof flags.figure === "string" ? flags.figure : undefined;
    if (folder === undefined) return refuse("report", kinds, "no folder", "Write caviar report FOLDER.");
    const kind = folderKind(folder);
    if (kind === "study" && figure !== undefined) return reportStudyFigure(folder, figure, json, terminal);
    if (kind === "study") return reportStudy(folder, json, terminal);
    if (kind === "other") return refuse("report", kinds, missing(folder), "Name a folder that caviar optimize or caviar bench wrote.");
    // The page of a study needs none of the code of campaigns.
    await (await import("../reportCampaign.ts")).reportCampaign(
      folder,
      { json, times: flags.times === true, ...(figure !== undefined && { figure }) },
      terminal,
    );
    return exitCodes.done;
  },
};

const kinds = "the folder of a study or a campaign";

function missing(folder: string): string {
  return existsSync(folder) ? `${show(folder)}, without head.json and campaign.json` : `${show(folder)}, which does not exist`;
}
