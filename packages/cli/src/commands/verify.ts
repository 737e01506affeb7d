/** caviar verify: replays the whole log of a study. */
import { verifyStudy } from "@caviar-hpo/runtime";
import { printable } from "@caviar-hpo/runtime/terminal";
import { exitCodes } from "../exitCodes.ts";
import { studyFolder } from "../studyFolder.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { readArguments, type Subcommand } from "./command.ts";

export const verifyCommand: Subcommand = {
  help: `Usage: caviar verify FOLDER [--json]

Checks every record of the log, replays the log with the strategy, and compares each answer with the one in the log. Checks the checkpoints
too. Writes nothing, and works while another process runs the study. The exit code is 0 if the study is sound, and 3 if it is damaged or
if the strategy answers differently now.

  --json    print { events, trials, tornBytes, snapshots, checkpoints }

Example:

  caviar verify runs/digits`,
  run: async (args, { stdout }) => {
    const { flags, words } = readArguments("verify", args, { json: "flag" }, 1);
    const report = verifyStudy(studyFolder("verify", words));
    const { events, trials, tornBytes, snapshots, checkpoints } = report;
    if (flags.json === true) stdout.write(jsonText(report));
    else {
      const lines = [
        `The log is sound: ${events} events, ${trials} trials. The strategy gives the same answers.`,
        ...(tornBytes === 0 ? [] : [`The last record is not whole: ${tornBytes} bytes. The study drops it when it is opened.`]),
        `Snapshots: ${snapshots.good.length} good, ${snapshots.ignored.length} that are not used.`,
        `Checkpoints: ${checkpoints.good.length} good, ${checkpoints.damaged.length} damaged.`,
        ...checkpoints.damaged.map((path) => `Damaged: ${path}`),
      ];
      stdout.write(lines.map((line) => `${printable(line)}\n`).join(""));
    }
    return checkpoints.damaged.length === 0 ? exitCodes.done : exitCodes.damaged;
  },
};
