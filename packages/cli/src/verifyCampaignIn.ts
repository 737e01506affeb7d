/** Verifies the campaign in a folder, and prints the verdict. */
import { type CampaignFault, type CampaignVerification, verifyCampaign } from "@caviar-hpo/bench";
import { counted } from "@caviar-hpo/core/text";
import { printable, runProgress } from "@caviar-hpo/runtime/terminal";
import { checkCampaignFolder, planIn } from "./campaignFolder.ts";
import { exitCodes } from "./exitCodes.ts";
import { jsonText } from "./terminal/jsonText.ts";
import type { Terminal } from "./terminal/terminal.ts";

type Orders = {
  /** Of the runs that are run again. */
  readonly share: number | undefined;
  /** The folder from which code of the plan may be run. */
  readonly trust: string | undefined;
  readonly json: boolean;
};

/** Resolves to the exit code. */
export async function verifyCampaignIn(folder: string, { share, trust, json }: Orders, { stdout, stderr }: Terminal): Promise<number> {
  checkCampaignFolder("verify", folder);
  // Each run is checked, and some are also made again.
  const progress = runProgress(stderr, "checks");
  let verification: CampaignVerification;
  try {
    const onProgress = (counts: { readonly done: number; readonly total: number }): void =>
      progress.update({ ...counts, kept: 0 }, "checked");
    const given = { ...(share !== undefined && { share }), ...(trust !== undefined && { codeFrom: trust }) };
    verification = await verifyCampaign(planIn(folder), folder, { ...given, onProgress });
  } finally {
    progress.end();
  }
  stdout.write(json ? jsonText(verification) : verdict(verification));
  return verification.faults.length === 0 ? exitCodes.done : exitCodes.damaged;
}

const mostFaults = 20;

function verdict(verification: CampaignVerification): string {
  const { runs, planned, measurements, recomputed, repeated, unchecked, otherVersions, root, faults } = verification;
  const isWhole = unchecked === 0 && otherVersions.length === 0;
  const good = isWhole ? "The campaign is sound." : "The campaign is sound as far as it could be checked.";
  const lines = [
    faults.length === 0 ? good : `The campaign does not verify: ${counted(faults.length, "fault")}.`,
    `Runs: ${runs} of ${planned}. Measurements: ${measurements}, of which ${recomputed} were computed again. Runs made again: ${repeated}.`,
    ...(unchecked === 0
      ? []
      : [
          `${counted(unchecked, "run")} can only be confirmed with code of the plan. If you trust it, give the folder of the plan: --trust FOLDER.`,
        ]),
    ...otherVersions.map(
      ({ strategy, made, here }) =>
        `The runs of ${strategy} cannot be made again: version ${made} made them, and this is version ${here}. The commit is in manifest.json.`,
    ),
    `Merkle root: ${root}`,
    ...faults.slice(0, mostFaults).map(faultText),
    ...(faults.length > mostFaults ? [`And ${counted(faults.length - mostFaults, "fault")} more; --json lists all.`] : []),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function faultText({ what, expected, got }: CampaignFault): string {
  return `${what}: expected ${expected}, got ${got}`;
}
