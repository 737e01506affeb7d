/**
 * The folder of a campaign.
 *
 * | file | content |
 * |---|---|
 * | `campaign.json` | what the folder is: the format, the command and the hash of the plan |
 * | `plan.json` | the whole plan |
 * | `parts.json` | the versions of strategies, and what parts from outside were (`parts/savedParts.ts`) |
 * | `runs/<problem>/<strategy>/<seed>.jsonl` | the records (`record/record.ts`) |
 * | `runs.jsonl.gz` | the records in one compressed file, in place of `runs/` or next to it (`verify/archive.ts`) |
 * | `manifest.json` | what the folder holds, and where it was computed (`verify/manifest.ts`) |
 * | `times/<problem>/<strategy>/<seed>.json` | how long asks took (`run/cellTimes.ts`) |
 * | `lock-<owner>` | which process runs the campaign |
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { ConfigError, JournalError } from "@caviar-hpo/core";
import { array, object, oneOf, string } from "@caviar-hpo/core/read";
import {
  checkedDisk,
  checkHeld,
  type Disk,
  type Lock,
  type LockWords,
  locked,
  type Machine,
  replaceFile,
  waitForLock,
} from "@caviar-hpo/runtime/disk";
import { partsName } from "../parts/savedParts.ts";
import type { Plan } from "../plan/plan.ts";
import { damaged, lineRoot } from "../record/damage.ts";
import { archiveName } from "../verify/archive.ts";
import { manifestName } from "../verify/manifest.ts";

/** The version of the layout of the folder. */
const folderFormat = 2;

/** A disk whose failures say what to do about a campaign, and that makes each folder once: a folder has many files. */
export function campaignDisk(disk: Disk): Disk {
  const checked = checkedDisk(disk, { again: "Then run the campaign again: it continues where it stopped.", reading: null });
  const made = new Set<string>();
  return {
    ...checked,
    makeFolder: (path) => {
      if (!made.has(path)) checked.makeFolder(path);
      made.add(path);
    },
    removeFolder: (path) => {
      made.clear();
      checked.removeFolder(path);
    },
  };
}

/** @throws StateError "campaignLocked" if another process runs the campaign. @param disk a checked one. */
export async function lockCampaign(disk: Disk, folder: string, machine: Machine): Promise<Lock> {
  disk.makeFolder(folder);
  const lock = await waitForLock(disk, folder, machine, { waitSeconds: 0, takeOver: false });
  if ("held" in lock) return lock;
  throw locked(folder, machine, lock, lockWords);
}

const lockWords: LockWords = {
  code: "campaignLocked",
  kind: "campaign",
  remedies: {
    mine: "Wait for its end, or choose another folder.",
    other: (file) => `Wait for that process, or choose another folder. If it is on another machine and has ended, delete ${file}.`,
    lost: "Leave the campaign to the process that has the lock now, or run it again.",
  },
};

/** Throws where the lock is lost: its file was deleted, so another process may write. */
export function lockChecker(folder: string, lock: Lock): () => void {
  return () => checkHeld(lock, folder, lockWords);
}

/** What `campaign.json` says. */
export type CampaignHead = {
  readonly command: string;
  readonly planHash: string;
  readonly format?: 2;
  /** Who ran the campaign, and the day on which they began, such as 2026-11-30. No hash covers them. */
  readonly authors?: readonly string[];
  readonly day?: string;
};

/**
 * Deletes the runs of an earlier attempt, and everything that was computed from them.
 *
 * @param disk a checked one.
 */
export function clearRuns(disk: Disk, folder: string): void {
  for (const name of ["runs", "times"]) disk.removeFolder(join(folder, name));
  disk.remove(join(folder, partsName));
  for (const name of [manifestName, archiveName]) disk.remove(join(folder, name));
}

/**
 * Refuses the folder of another plan.
 *
 * @throws JournalError "otherPlan", "laterFormat" and "corrupt".
 */
export function checkPlan(disk: Disk, folder: string, planHash: string): void {
  const head = readHead(disk, folder);
  if (head === null || head.planHash === planHash) return;
  throw new JournalError({
    code: "otherPlan",
    what: `campaign ${folder}`,
    expected: `the folder of the plan with the hash ${planHash.slice(0, 8)}`,
    got: `that of the plan ${head.planHash.slice(0, 8)}`,
    remedy: "Run the plan with --fresh, or into another folder.",
  });
}

/** Whether the folder holds a campaign of format 1, which cannot be continued. @param disk a checked one. */
export function isOfFormat1(disk: Disk, folder: string): boolean {
  const head = readHead(disk, folder);
  return head !== null && head.format === undefined;
}

/** @throws ConfigError for a campaign of format 1, which can only be read. @param done what is refused, as a participle. */
export function refuseFormat1(disk: Disk, folder: string, done: string): void {
  if (!isOfFormat1(disk, folder)) return;
  throw new ConfigError({
    code: "oldFormat",
    what: `campaign ${folder}`,
    expected: "a campaign of format 2",
    got: `one of format 1, which can be read and not ${done}`,
    remedy: "Run the campaign again, into another folder or with --fresh.",
  });
}

/** Writes plan and head before the first run, and returns the head. A folder with a head has a plan. */
export function writeHead(disk: Disk, folder: string, plan: Plan, { command, planHash, authors, day }: CampaignHead): CampaignHead {
  const origin = { ...(authors === undefined ? {} : { authors }), ...(day === undefined ? {} : { day }) };
  const head = { format: folderFormat, command, planHash, ...origin } as const;
  keep(disk, join(folder, "plan.json"), plan);
  keep(disk, join(folder, "campaign.json"), { kind: "campaign", ...head });
  return head;
}

/** Writes a file unless it is as it should be. */
function keep(disk: Disk, path: string, value: object): void {
  const content = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  const size = disk.size(path);
  if (size !== content.length || !content.equals(disk.read(path, 0, size))) replaceFile(disk, path, content);
}

const decodeHead = object(
  { command: string, planHash: string },
  { kind: oneOf("campaign"), format: oneOf(folderFormat), dataHash: string, authors: array(string, 1000), day: string },
);

/** null if the folder has none. The heads of format 1 have the hash of the data too, and no format. */
export function readHead(disk: Disk, folder: string): CampaignHead | null {
  const path = join(folder, "campaign.json");
  const size = disk.size(path);
  if (size === null) return null;
  const remedy = "Restore the file from a copy. Or delete it: the campaign then writes it again.";
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(disk.read(path, 0, size)).toString());
  } catch {
    damaged(path, "the head of a campaign", `${size} bytes that are no JSON`, remedy);
  }
  const { format } = (value ?? {}) as { readonly format?: unknown };
  if (typeof format === "number" && format > folderFormat)
    throw new JournalError({
      code: "laterFormat",
      what: path,
      expected: `format ${folderFormat} or earlier`,
      got: `format ${format}`,
      remedy: "A later version of Caviar has made the campaign. Update Caviar.",
    });
  return decodeHead(value, lineRoot(path, 1));
}
