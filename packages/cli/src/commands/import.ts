/** caviar import: the trials of another program. */
import { readFileSync } from "node:fs";
import type { Config, Notice } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";
import { type ImportedTrial, readOptunaJournal } from "@caviar-hpo/report/neighbours";
import { type DurableStudy, openStudy } from "@caviar-hpo/runtime";
import { readSettings } from "@caviar-hpo/runtime/log";
import { printable } from "@caviar-hpo/runtime/terminal";
import { createStudy } from "@caviar-hpo/tune";
import { exitCodes } from "../exitCodes.ts";
import { readSeed, readStrategy } from "../optimize/studyOptions.ts";
import { checkFile } from "../readJson.ts";
import { folderKind } from "../studyFolder.ts";
import { jsonText } from "../terminal/jsonText.ts";
import { noticeLine } from "../terminal/noticeLine.ts";
import { readArguments, refuse, type Subcommand } from "./command.ts";

const options = {
  optuna: "value",
  study: "value",
  strategy: "value",
  "strategy-options": "value",
  seed: "value",
  json: "flag",
} as const;

/** The attribute of an imported trial: where it comes from. The trials of a second import are recognised by it. */
const originAttribute = "optuna";

export const importCommand: Subcommand = {
  help: `Usage: caviar import FOLDER --optuna JOURNAL [OPTIONS]

Takes over the trials of an Optuna journal into the study in FOLDER, as results from elsewhere: they count towards no budget, and the
strategy learns from them. If FOLDER has no study, the command makes one with the search space of the journal. Trials that still run are
left out. Trials that were taken over before are not taken over again.

  --optuna JOURNAL          the file of a JournalFileBackend
  --study NAME              the study, if the journal has several
  --strategy NAME           the strategy of a new study (default: auto)
  --strategy-options JSON   its options
  --seed SEED               the seed of a new study, a number or a text (default: 0)
  --json                    print { study, imported, leftOut }

Example:

  caviar import runs/again --optuna digits.log --strategy tpe`,
  run: async (args, terminal) => {
    const { flags, words } = readArguments("import", args, options, 1);
    const folder = words[0] ?? refuse("import", "the folder of the study", "no folder", "Write caviar import FOLDER --optuna JOURNAL.");
    if (folderKind(folder) === "campaign") refuse("import", "the folder of a study", "the folder of a campaign", "Name another folder.");
    const path = String(flags.optuna ?? refuse("import", "the journal of a study", "no --optuna", "Write --optuna JOURNAL."));
    checkFile("option --optuna", path);
    const stored = folderKind(folder) === "study" ? readSettings(folder) : null;
    const { name, problem, trials, leftOut } = readOptunaJournal(readFileSync(path, "utf8"), {
      ...(flags.study !== undefined && { study: String(flags.study) }),
      ...(stored !== null && { problem: stored.problem }),
    });
    const seed = flags.seed === undefined ? stored?.seed : readSeed(String(flags.seed));
    const opening = {
      ...problem,
      fidelity: problem.fidelity!,
      strategy: readStrategy(flags, stored),
      ...(seed !== undefined && { seed }),
    };
    // What cannot be served is refused before there is a folder.
    if (stored === null) createStudy(opening);
    const onNotice = (notice: Notice): void => {
      terminal.stderr.write(noticeLine(notice));
    };
    const study = (await openStudy(folder, { ...opening, sync: "close", onNotice })) as DurableStudy<Config>;
    try {
      const imported = takeOver(study, name, trials);
      const left = [...leftOut, ...imported.leftOut];
      if (flags.json === true) terminal.stdout.write(jsonText({ study: name, imported: imported.count, leftOut: left }));
      else {
        const lines = [`Took over ${counted(imported.count, "trial")} of ${name}.`, ...leftOutLines(left)];
        terminal.stdout.write(lines.map((line) => `${printable(line)}\n`).join(""));
      }
    } finally {
      study.close();
    }
    return exitCodes.done;
  },
};

/** A line per reason. */
function leftOutLines(leftOut: Imported["leftOut"]): readonly string[] {
  const reasons = new Map<string, string[]>();
  for (const { what, reason } of leftOut) reasons.set(reason, [...(reasons.get(reason) ?? []), what]);
  return [...reasons].map(([reason, [first, ...others]]) => {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return `Left out ${first}${more}: ${reason}.`;
  });
}

type Imported = { readonly count: number; readonly leftOut: readonly { readonly what: string; readonly reason: string }[] };

function takeOver(study: DurableStudy<Config>, name: string, trials: readonly ImportedTrial[]): Imported {
  const known = new Set(study.trials().map(({ annotations }) => originKey(annotations[originAttribute])));
  const own = study.trials().map(contentOf);
  const leftOut: Imported["leftOut"][number][] = [];
  let count = 0;
  for (const trial of trials) {
    const origin = { study: name, trial: trial.number };
    const reason = known.has(originKey(origin))
      ? "taken over before"
      : own[trial.number] === contentOf(trial)
        ? "made by this study itself"
        : unfinished(trial);
    if (reason !== null) {
      leftOut.push({ what: `trial ${trial.number}`, reason });
      continue;
    }
    const { failure, curve } = trial;
    study.core.observe(trial.config, {
      status: trial.status === "failed" ? "failed" : "finished",
      measurements: curve,
      ...failure,
    });
    study.annotate(study.trials().length - 1, { ...trial.annotations, [originAttribute]: origin });
    count++;
  }
  return { count, leftOut };
}

function originKey(origin: unknown): string {
  return JSON.stringify(origin);
}

/** What a trial is known by if its study was exported, and is imported into itself: what was tried, and what was measured. */
function contentOf({ config, curve }: Pick<ImportedTrial, "config" | "curve">): string {
  return JSON.stringify([Object.entries(config).sort(), curve.map(({ fidelity, values }) => [fidelity ?? 1, values])]);
}

function unfinished({ status, curve }: ImportedTrial): string | null {
  if (status === "running") return "still running";
  return status !== "failed" && curve.length === 0 ? "nothing was measured" : null;
}
