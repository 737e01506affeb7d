/** caviar repair: a damaged log becomes one that ends before the damage. */
import { counted } from "@caviar-hpo/core/text";
import { repairStudy } from "@caviar-hpo/runtime/log";
import { printable } from "@caviar-hpo/runtime/terminal";
import { exitCodes } from "../exitCodes.ts";
import { studyFolder } from "../studyFolder.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { readArguments, type Subcommand } from "./command.ts";

export const repairCommand: Subcommand = {
  help: `Usage: caviar repair FOLDER [--json]

Writes a log that ends before the damage, and keeps the damaged log under another name. The study continues after its last good event. A
good log is left as it is. Do not repair a study if you have a copy of its log: use the copy.

  --json    print { events, lostBytes, damage, oldLog }

Example:

  caviar repair runs/digits`,
  run: async (args, { stdout }) => {
    const { flags, words } = readArguments("repair", args, { json: "flag" }, 1);
    const folder = studyFolder("repair", words);
    const report = repairStudy(folder);
    const { events, lostBytes, damage, oldLog } = report;
    if (flags.json === true) stdout.write(jsonText(report));
    else if (damage === null) stdout.write(`The log is good: ${counted(events, "event")}.\n`);
    else {
      const lines = [`Damage: ${damage}`, `Events kept: ${events}. Bytes lost: ${lostBytes}.`, `The damaged log is now ${oldLog}`];
      stdout.write(lines.map((line) => `${printable(line)}\n`).join(""));
    }
    return exitCodes.done;
  },
};
