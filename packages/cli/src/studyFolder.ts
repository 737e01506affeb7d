/** What a folder holds, and the study or the campaign in it. Their head files are `head.json` and `campaign.json`. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { refuse } from "./commands/command.ts";

export type FolderKind = "study" | "campaign" | "other";

export function folderKind(folder: string): FolderKind {
  if (existsSync(join(folder, "head.json"))) return "study";
  return existsSync(join(folder, "campaign.json")) ? "campaign" : "other";
}

/**
 * The folder that a command names.
 *
 * @throws ConfigError if none is named, or if it holds a campaign or no study.
 */
export function studyFolder(command: string, words: readonly string[]): string {
  const folder = words[0] ?? refuse(command, "the folder of a study", "no folder", `Write caviar ${command} FOLDER.`);
  const kind = folderKind(folder);
  if (kind === "study") return folder;
  if (kind === "campaign")
    return refuse(command, "the folder of a study", `the folder of a campaign, ${show(folder)}`, `Write caviar report ${folder}.`);
  throw new ConfigError({
    code: "noStudy",
    what: command,
    expected: "the folder of a study",
    got: existsSync(folder) ? `${show(folder)}, without a head.json` : `${show(folder)}, which does not exist`,
    remedy: "Correct the path. caviar optimize makes a study.",
  });
}

/**
 * The folder of a campaign that a command names.
 *
 * @throws ConfigError if none is named, or if it holds a study or no campaign.
 */
export function campaignFolder(command: string, words: readonly string[]): string {
  const expected = "the folder of a campaign";
  const folder = words[0] ?? refuse(command, expected, "no folder", `Write caviar ${command} FOLDER.`);
  const kind = folderKind(folder);
  if (kind === "campaign" && existsSync(join(folder, "plan.json"))) return folder;
  if (kind === "study") return refuse(command, expected, `the folder of a study, ${show(folder)}`, `Write caviar trials ${folder}.`);
  return refuse(command, expected, `${show(folder)}, without plan.json and campaign.json`, "Name the folder that caviar bench wrote.");
}
