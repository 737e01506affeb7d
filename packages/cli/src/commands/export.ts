/** caviar export: a study, or the runs of a campaign, for other programs. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { counted, show } from "@caviar-hpo/core/text";
import { type ExportedStudy, optunaJournal, studyCsv, studyJson, tensorboardFiles } from "@caviar-hpo/report/neighbours";
import { readStudy } from "@caviar-hpo/runtime/log";
import { printable } from "@caviar-hpo/runtime/terminal";
import { exitCodes } from "../exitCodes.ts";
import { campaignFolder, studyFolder } from "../studyFolder.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeWhole } from "../writeWhole.ts";
import { type Flags, readArguments, refuse, type Subcommand } from "./command.ts";

const options = {
  optuna: "value",
  tensorboard: "value",
  csv: "optional",
  json: "optional",
  coco: "value",
  name: "value",
  force: "flag",
} as const;

export const exportCommand: Subcommand = {
  help: `Usage: caviar export FOLDER --optuna FILE
       caviar export FOLDER --tensorboard DIRECTORY
       caviar export FOLDER --csv [FILE]
       caviar export FOLDER --json [FILE]
       caviar export CAMPAIGN --coco DIRECTORY

Writes the study in FOLDER, or the runs of a campaign, for other programs. It works while another process runs the study.

  --optuna FILE            a journal for Optuna and optuna-dashboard
  --tensorboard DIRECTORY  event files for TensorBoard, with HPARAMS
  --csv [FILE]             a table with a row per trial (default: standard output)
  --json [FILE]            problem, strategy and trials (default: standard output)
  --coco DIRECTORY         a data folder of COCO for each strategy, for cocopp and IOHinspector. The campaign must have functions of BBOB in
                           published boxes, without noise
  --name NAME              the name of the study there (default: that of the folder)
  --force                  replace files that exist

Example:

  caviar export runs/digits --optuna digits.log`,
  run: async (args, terminal) => {
    refuseFormat(args);
    const { flags, words } = readArguments("export", args, options, 1);
    const format = formatOf(flags);
    if (format === "coco") {
      const target = String(flags.coco);
      const campaign = campaignFolder("export", words);
      if (flags.force !== true) checkFree(target);
      (await import("../exportCoco.ts")).exportCoco(campaign, target, terminal);
      return exitCodes.done;
    }
    const folder = studyFolder("export", words);
    const { problem, seed, strategy, annotations, trials, folder: path } = readStudy(folder);
    const name = String(flags.name ?? basename(path));
    const study = { name, problem, seed, strategy, annotations, trials };
    formats[format](study, { target: flags[format]!, replace: flags.force === true }, terminal);
    return exitCodes.done;
  },
};

type StudyFormat = "optuna" | "tensorboard" | "csv" | "json";
/** `target` is a path, or true for standard output. */
type Order = { readonly target: string | boolean; readonly replace: boolean };

const formats: { readonly [F in StudyFormat]: (study: ExportedStudy, order: Order, terminal: Terminal) => void } = {
  optuna: (study, order, terminal) => writeText(optunaJournal(study), order, terminal),
  csv: (study, order, terminal) => writeText(studyCsv(study), order, terminal),
  json: (study, order, terminal) => writeText(studyJson(study), order, terminal),
  tensorboard: (study, { target, replace }, { stderr }) => {
    const folder = String(target);
    if (!replace) checkFree(folder);
    const files = tensorboardFiles(study);
    for (const { path, bytes } of files) writeWhole(join(folder, path), bytes);
    stderr.write(`Wrote ${counted(files.length, "file")} into ${printable(folder)}\n`);
  },
};

const oneFormat = "one of --optuna, --tensorboard, --csv, --json, --coco";

/** Other programs take the format as a value. */
function refuseFormat(args: readonly string[]): void {
  const index = args.findIndex((arg) => /^(--format|-f)(=|$)/.test(arg));
  if (index < 0) return;
  const given = args[index]!.split("=")[1] ?? args[index + 1] ?? "";
  const remedy = ["coco", ...Object.keys(formats)].includes(given) ? `Write --${given}.` : "See caviar export --help.";
  refuse("export", oneFormat, `--format ${given}`.trimEnd(), remedy);
}

function formatOf(flags: Flags): StudyFormat | "coco" {
  const given = ([...Object.keys(formats), "coco"] as (StudyFormat | "coco")[]).filter((name) => flags[name] !== undefined);
  const [format] = given;
  if (format === undefined) return refuse("export", oneFormat, "none", "See caviar export --help.");
  if (given.length > 1) refuse("export", oneFormat, given.map((name) => `--${name}`).join(" and "), "Export one after the other.");
  return format;
}

function writeText(text: string, { target, replace }: Order, { stdout, stderr }: Terminal): void {
  if (typeof target === "boolean") {
    stdout.write(stdout.isTTY === true ? text.split("\n").map(printable).join("\n") : text);
    return;
  }
  if (existsSync(target) && statSync(target).isDirectory()) {
    refuse("export", "the path of a file", `${show(target)}, which is a folder`, "Name a file in it.");
  }
  if (!replace) checkFree(target);
  writeWhole(target, text);
  stderr.write(`Wrote ${printable(target)}\n`);
}

/** A file that is there may be the storage of another program. */
function checkFree(path: string): void {
  if (!existsSync(path) || (statSync(path).isDirectory() && readdirSync(path).length === 0)) return;
  refuse(
    "export",
    "the path of something new",
    `${show(path)}, which exists`,
    "Name another path, or add --force to replace what is there.",
  );
}
