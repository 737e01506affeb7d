/** caviar verify: replays the whole log of a study, or computes a campaign again. */
import { counted } from "@caviar-hpo/core/text";
import { verifyStudy } from "@caviar-hpo/runtime";
import { printable } from "@caviar-hpo/runtime/terminal";
import { exitCodes } from "../exitCodes.ts";
import { folderKind, studyFolder } from "../studyFolder.ts";
import { jsonText } from "../terminal/jsonText.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readArguments, readShare, refuse, type Subcommand } from "./command.ts";

export const verifyCommand: Subcommand = {
  help: `Usage: caviar verify FOLDER [OPTIONS]

Verifies the study or the campaign in FOLDER. Writes nothing. The exit code is 0 if it is sound, and 3 if it is not.

Of a study: checks every record of the log, replays the log with the strategy, and compares each answer with the one in the log. Checks the
checkpoints too. Works while another process runs the study.

Of a campaign: checks the chain and the hash of every run, that every run of the plan is there once, that no run has spent more than its
budget, and the manifest. Computes every value of every formula again from its point. Runs again those runs on formulas whose strategies do
not learn from measurements, those whose costs do not follow from their lines, and a random part of the others.

  --share S        of a campaign: the part of the other runs to run again, from 0 to 1 (default: 0.02)
  --trust FOLDER   of a campaign: run the modules and programs that the plan names, with paths from FOLDER. Without this option, no code of
                   the plan is run, and what only its code could confirm is counted as unchecked
  --json           of a study: print { events, trials, tornBytes, snapshots, checkpoints }
                   of a campaign: print { runs, planned, measurements, recomputed, repeated, unchecked, root, faults }

Example:

  caviar verify runs/digits`,
  run: async (args, terminal) => {
    const { flags, words } = readArguments("verify", args, { share: "value", trust: "value", json: "flag" }, 1);
    const [folder] = words;
    const json = flags.json === true;
    if (folder !== undefined && folderKind(folder) === "campaign") {
      const share = flags.share === undefined ? undefined : readShare("share", flags.share);
      const trust = flags.trust === undefined ? undefined : String(flags.trust);
      return (await import("../verifyCampaignIn.ts")).verifyCampaignIn(folder, { share, trust, json }, terminal);
    }
    const study = studyFolder("verify", words);
    for (const name of ["share", "trust"])
      if (flags[name] !== undefined) refuse(`option --${name}`, "the folder of a campaign", "the folder of a study", "Drop the option.");
    return verifyStudyIn(study, json, terminal);
  },
};

function verifyStudyIn(folder: string, json: boolean, { stdout }: Terminal): number {
  const report = verifyStudy(folder);
  const { events, trials, tornBytes, snapshots, checkpoints } = report;
  if (json) stdout.write(jsonText(report));
  else {
    const lines = [
      `The log is sound: ${counted(events, "event")}, ${counted(trials, "trial")}. The strategy gives the same answers.`,
      ...(tornBytes === 0 ? [] : [`The last record is not whole: ${tornBytes} bytes. The study drops it when it is opened.`]),
      `Snapshots: ${snapshots.good.length} good, ${snapshots.ignored.length} that are not used.`,
      `Checkpoints: ${checkpoints.good.length} good, ${checkpoints.damaged.length} damaged.`,
      ...checkpoints.damaged.map((path) => `Damaged: ${path}`),
    ];
    stdout.write(lines.map((line) => `${printable(line)}\n`).join(""));
  }
  return checkpoints.damaged.length === 0 ? exitCodes.done : exitCodes.damaged;
}
