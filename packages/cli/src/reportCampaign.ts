/** Writes the report of the campaign in a folder again from its recorded runs, or one figure of it. */
import { join } from "node:path";
import { checkCampaignFolder, planIn } from "./campaignFolder.ts";
import { refuse } from "./commands/command.ts";
import { produceReport } from "./produceReport.ts";
import { readJson } from "./readJson.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** @param times whether the report says how long asks took and what strategies predicted. */
export async function reportCampaign(
  folder: string,
  { json, times, figure }: { readonly json: boolean; readonly times: boolean; readonly figure?: string },
  terminal: Terminal,
): Promise<void> {
  checkCampaignFolder("report", folder);
  const plan = planIn(folder);
  const command = commandOf(readJson("campaign", join(folder, "campaign.json")));
  await produceReport(plan, folder, { command, json, times, ...(figure !== undefined && { figure }) }, terminal);
}

function commandOf(campaign: unknown): string {
  if (typeof campaign === "object" && campaign !== null && "command" in campaign && typeof campaign.command === "string")
    return campaign.command;
  return refuse(
    "campaign.json",
    "the command that ran the campaign",
    "no command",
    "Restore the file, or run the caviar bench command again.",
  );
}
