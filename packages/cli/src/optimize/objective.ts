/** What `caviar optimize` runs: a command, or the module that `--objective` names. Nothing else is ever run or loaded. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Config } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { WorkerObjective } from "@caviar-hpo/runtime";
import { readCommandLine } from "@caviar-hpo/runtime/terminal";
import { type Flags, readCount, refuse } from "../commands/command.ts";

/** The options of the command that say what it runs. */
export const objectiveFlags = { objective: "value", reports: "value" } as const;

/**
 * @param command the words after `--`.
 * @param parameters the names of the parameters, which the words may use.
 * @throws ConfigError for a command that uses an unknown name, and for no objective or two of them.
 */
export function readObjective(
  { objective, reports }: Flags,
  command: readonly string[],
  parameters: readonly string[],
): WorkerObjective<Config> {
  const example = "Write -- python train.py --lr {learningRate}, or --objective ./train.js.";
  if (objective !== undefined && command.length > 0) refuse("optimize", "a command or --objective", "both", "Drop one of them.");
  if (command.length > 0) readCommandLine(command, parameters);
  if (command.length > 0) return { command, ...(reports !== undefined && { reports: readCount("reports", reports) }) };
  if (objective === undefined) return refuse("optimize", "a command after --, or --objective", "neither", example);
  if (reports !== undefined) refuse("option --reports", "a command after --", "a module", "Drop --reports.");
  return moduleAt(String(objective));
}

/** A path is always one of a file. So `data:`, `node:` and `https:` name nothing, and neither does a package. */
function moduleAt(text: string): URL {
  const path = resolve(text);
  if (!existsSync(path) || !statSync(path).isFile())
    refuse("option --objective", "the path of a module that exists", show(text), "Correct the path, for instance to ./train.js.");
  return pathToFileURL(path);
}
