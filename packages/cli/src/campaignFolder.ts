/** The campaign in a folder that a command names. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Plan, readPlan } from "@caviar-hpo/bench";
import { show } from "@caviar-hpo/core/text";
import { refuse } from "./commands/command.ts";
import { readJson } from "./readJson.ts";
import { folderKind } from "./studyFolder.ts";

/** @throws ConfigError if the folder holds a study, or no campaign. */
export function checkCampaignFolder(command: string, folder: string): void {
  const kind = folderKind(folder);
  const expected = "the folder of a campaign";
  if (kind === "study") refuse(command, expected, `the folder of a study, ${show(folder)}`, `Write caviar trials ${folder}, or best.`);
  if (kind === "campaign" && existsSync(join(folder, "plan.json"))) return;
  const got = existsSync(folder) ? `${show(folder)}, without campaign.json and plan.json` : `${show(folder)}, which does not exist`;
  refuse(command, expected, got, "Name the folder that caviar bench wrote.");
}

/** The plan of the campaign in a folder. No code that it names is loaded. */
export function planIn(folder: string): Plan {
  return readPlan(readJson("plan", join(folder, "plan.json")));
}
