/** Verifies the campaign in a folder, and prints the verdict. */
import { type CampaignFault, type CampaignVerification, verifyCampaign } from "@caviar-hpo/bench";
import { printable, runProgress } from "@caviar-hpo/runtime/terminal";
import { checkCampaignFolder, planIn } from "./campaignFolder.ts";
import { exitCodes } from "./exitCodes.ts";
import { jsonText } from "./terminal/jsonText.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** Resolves to the exit code. @param share of the runs that are run again. */
export async function verifyCampaignIn(
  folder: string,
  { share, json }: { readonly share: number | undefined; readonly json: boolean },
  { stdout, stderr }: Terminal,
): Promise<number> {
  checkCampaignFolder("verify", folder);
  const progress = runProgress(stderr);
  let verification: CampaignVerification;
  try {
    const onProgress = (counts: { readonly done: number; readonly total: number }): void =>
      progress.update({ ...counts, kept: 0 }, "checked");
    verification = await verifyCampaign(planIn(folder), folder, { ...(share !== undefined && { share }), onProgress });
  } finally {
    progress.end();
  }
  stdout.write(json ? jsonText(verification) : verdict(verification));
  return verification.faults.length === 0 ? exitCodes.done : exitCodes.damaged;
}

const mostFaults = 20;

function verdict({ runs, planned, measurements, recomputed, repeated, root, faults }: CampaignVerification): string {
  const lines = [
    faults.length === 0 ? "The campaign is sound." : `The campaign does not verify: ${count(faults.length, "fault")}.`,
    `Runs: ${runs} of ${planned}. Measurements: ${measurements}, of which ${recomputed} were computed again. Runs made again: ${repeated}.`,
    `Merkle root: ${root}`,
    ...faults.slice(0, mostFaults).map(faultText),
    ...(faults.length > mostFaults ? [`And ${count(faults.length - mostFaults, "fault")} more; --json lists all.`] : []),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function faultText({ what, expected, got }: CampaignFault): string {
  return `${what}: expected ${expected}, got ${got}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
