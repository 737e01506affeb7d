/** Archiving a campaign: its run files become one compressed file. */
import { join } from "node:path";
import { JournalError } from "@caviar-hpo/core";
import { nodeDisk, replaceFile, thisMachine } from "@caviar-hpo/runtime/disk";
import { campaignDisk, checkPlan, lockCampaign, refuseFormat1 } from "../campaign/campaignFolder.ts";
import { resolvePlan } from "../plan/cells.ts";
import type { Plan } from "../plan/plan.ts";
import { headOf, readRecord, recordPath } from "../record/record.ts";
import { archiveName, packRuns } from "./archive.ts";
import { withArchive } from "./archiveDisk.ts";

/** The path of the archive, the number of runs in it, and its size in bytes. */
export type ArchiveReport = { readonly path: string; readonly runs: number; readonly bytes: number };

/**
 * Writes `runs.jsonl.gz` with all runs of the campaign in the order of the plan, and deletes the folder `runs/`. Everything that reads
 * campaigns reads the archive too.
 *
 * @throws ConfigError "oldFormat" for a campaign of format 1. JournalError "otherPlan", "corrupt", and "unfinished" if a run is missing or
 * has not ended; nothing is changed in these cases. StateError "campaignLocked".
 */
export async function archiveCampaign(plan: Plan, folder: string): Promise<ArchiveReport> {
  const { cells, facts } = resolvePlan(plan);
  const plainDisk = campaignDisk(nodeDisk);
  const lock = await lockCampaign(plainDisk, folder, thisMachine());
  try {
    refuseFormat1(plainDisk, folder, "archived");
    checkPlan(plainDisk, folder, facts.planHash);
    const disk = withArchive(plainDisk, folder);
    const files = Array.from(cells, ({ name }) => {
      const path = recordPath(folder, name);
      const record = readRecord(disk, path, headOf(facts.planHash, name));
      if (record === null || record.end === null) unfinished(path);
      return disk.read(path, 0, record.size);
    });
    const path = join(folder, archiveName);
    const bytes = packRuns(files);
    replaceFile(plainDisk, path, bytes);
    plainDisk.removeFolder(join(folder, "runs"));
    return { path, runs: files.length, bytes: bytes.length };
  } finally {
    lock.release();
  }
}

function unfinished(path: string): never {
  throw new JournalError({
    code: "unfinished",
    what: path,
    expected: "a run that has ended",
    got: "none",
    remedy: "Run the campaign to its end first: give the command caviar bench again.",
  });
}
