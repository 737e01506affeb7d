/** caviar best: the trials of a study that no other trial beats. */
import { StateError } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";
import { readStudy } from "@caviar-hpo/runtime/log";
import { bestTable } from "../bestTable.ts";
import { exitCodes } from "../exitCodes.ts";
import { studyFolder } from "../studyFolder.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { readArguments, type Subcommand } from "./command.ts";

export const bestCommand: Subcommand = {
  help: `Usage: caviar best FOLDER [--json]

Shows the best trial of the study in FOLDER and its configuration. With several objectives, it shows all trials that no other trial beats.
It works while another process runs the study. The exit code is 1 if no trial has succeeded.

  --json    print a list of { trial, config, value, values }

Example:

  caviar best runs/digits`,
  run: async (args, { stdout }) => {
    const { flags, words } = readArguments("best", args, { json: "flag" }, 1);
    const study = readStudy(studyFolder("best", words));
    const best = study.best();
    if (best.length === 0) throw nothingBest(study.folder, study.trials.length);
    if (flags.json === true) {
      stdout.write(jsonText(best));
      return exitCodes.done;
    }
    stdout.write(`${bestTable(study.problem, best)}\n`);
    return exitCodes.done;
  },
};

function nothingBest(folder: string, trials: number): StateError {
  return new StateError({
    code: "nothingSucceeded",
    what: `study ${folder}`,
    expected: "at least one feasible trial with a result",
    got: `none in ${counted(trials, "trial")}`,
    remedy: "caviar trials shows why trials have failed.",
  });
}
