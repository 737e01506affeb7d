/**
 * The study that `caviar optimize` opens. The command line describes it. What the command line leaves out comes from the study in the
 * folder. A new study takes its problem from the study with whose trials it begins.
 */
import { CaviarError, type GivenFidelity, type Json, type Objective, type Shape, type Space } from "@caviar-hpo/core";
import { defaultStrategy } from "@caviar-hpo/core/contract";
import { show } from "@caviar-hpo/core/text";
import { parseWire } from "@caviar-hpo/core/wire";
import type { OpenStudyOptions } from "@caviar-hpo/runtime";
import { readStudy, type StoredSettings, type StoredStudy } from "@caviar-hpo/runtime/log";
import type { StrategyOptions } from "@caviar-hpo/tune";
import { type Flags, readPositive, refuse } from "../commands/command.ts";
import { folderKind } from "../studyFolder.ts";
import { readSpaceFile } from "./spaceFile.ts";

/** The options of the command that say what the study is, and how it is opened. */
export const studyFlags = {
  space: "value",
  goal: "value",
  objectives: "value",
  constraints: "value",
  fidelity: "value",
  resumable: "flag",
  strategy: "value",
  "strategy-options": "value",
  seed: "value",
  extend: "flag",
  "warm-start": "value",
  wait: "value",
  "take-over": "flag",
} as const;

/** What the command line and the folder say of the study. */
export type CommandStudyOptions = Omit<OpenStudyOptions<Shape>, "sync" | "onNotice"> & { readonly space: Space };

/**
 * @param stored the study in the folder; null for a new one.
 * @param savesCheckpoints whether the objective is known to save checkpoints.
 * @throws ConfigError for an option that makes no sense, and for a new study without a space; JournalError if the study to begin with is
 * damaged.
 */
export function studyOptions(flags: Flags, stored: StoredSettings | null, savesCheckpoints: boolean): CommandStudyOptions {
  // A crash may have left a study that has only some of the earlier trials.
  const earlier = flags["warm-start"] === undefined ? null : readEarlier(String(flags["warm-start"]));
  const known = stored?.problem ?? earlier?.problem;
  const fidelity = flags.fidelity === undefined ? known?.fidelity : readFidelity(String(flags.fidelity));
  const seed = flags.seed === undefined ? stored?.seed : readSeed(String(flags.seed));
  return {
    space: flags.space === undefined ? (known?.space ?? noSpace()) : readSpaceFile(String(flags.space)),
    objectives: readObjectives(flags) ?? known?.objectives ?? [{ name: "value", goal: "minimize" }],
    constraints: flags.constraints === undefined ? (known?.constraints ?? []) : String(flags.constraints).split(","),
    ...(fidelity && { fidelity }),
    resumable: known?.resumable === true || savesCheckpoints || flags.resumable === true,
    strategy: readStrategy(flags, stored),
    ...(seed !== undefined && { seed }),
    ...(earlier !== null && { warmStart: earlier }),
    ...(flags.wait !== undefined && { waitSeconds: readPositive("wait", flags.wait, "zero") }),
    extend: flags.extend === true,
    takeOver: flags["take-over"] === true,
  };
}

function readEarlier(folder: string): StoredStudy {
  if (folderKind(folder) === "study") return readStudy(folder);
  return refuse("option --warm-start", "the folder of a study", show(folder), "Correct the path.");
}

function noSpace(): never {
  return refuse("option --space", "the file of the search space, for a new study", "no file", "Write --space space.json.");
}

/** `--goal maximize`, or `--objectives loss:minimize,speed:maximize`. */
function readObjectives({ goal, objectives }: Flags): readonly Objective[] | undefined {
  if (goal !== undefined && objectives !== undefined) refuse("option --goal", "--goal or --objectives", "both", "Drop --goal.");
  if (goal !== undefined) return [{ name: "value", goal: readGoal("goal", String(goal)) }];
  if (objectives === undefined) return undefined;
  return String(objectives)
    .split(",")
    .map((text) => {
      const [, name, aim = "minimize"] = /^(.+?)(?::([^:]*))?$/.exec(text) ?? [];
      if (name === undefined) return refuse("option --objectives", "names", show(text), "Write --objectives loss:minimize,speed:maximize.");
      return { name, goal: readGoal("objectives", aim) };
    });
}

function readGoal(option: string, text: string): Objective["goal"] {
  if (text === "minimize" || text === "maximize") return text;
  return refuse(`option --${option}`, "minimize or maximize", show(text), "Write minimize or maximize.");
}

/** `epochs:1:27`. */
function readFidelity(text: string): GivenFidelity {
  const [, unit, min, max] = /^(.+):([^:]+):([^:]+)$/.exec(text) ?? [];
  const fidelity = { unit: unit ?? "", min: Number(min), max: Number(max) };
  if (Number.isFinite(fidelity.min) && Number.isFinite(fidelity.max)) return fidelity;
  return refuse("option --fidelity", "UNIT:MIN:MAX", show(text), "Write --fidelity epochs:1:27, for instance.");
}

/** A text that is written as JavaScript writes a number is that number. */
export function readSeed(text: string): string | number {
  const number = Number(text);
  return String(number) === text && Number.isFinite(number) ? number : text;
}

export function readStrategy(flags: Flags, stored: StoredSettings | null): { readonly name: string; readonly options: StrategyOptions } {
  const name = flags.strategy === undefined ? (stored?.strategy.name ?? defaultStrategy) : String(flags.strategy);
  const given = flags["strategy-options"];
  if (given !== undefined) return { name, options: readStrategyOptions(String(given)) };
  return { name, options: stored?.strategy.name === name ? (stored.strategy.options as StrategyOptions) : {} };
}

function readStrategyOptions(text: string): StrategyOptions {
  const value = parsed(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as StrategyOptions;
  return refuse("option --strategy-options", "a JSON object", show(text), `Write --strategy-options '{"eta": 4}', for instance.`);
}

function parsed(text: string): Json {
  try {
    return parseWire(text);
  } catch (error) {
    if (error instanceof CaviarError) return null;
    throw error;
  }
}
