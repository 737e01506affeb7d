/**
 * Rows of the fault matrix on the folder of a campaign: what goes wrong, at which points, and what must hold afterwards. Each row runs on a
 * disk in memory and gives the points at which something else held. `wrap` changes the disk that the campaign sees: with it, tests plant
 * the bug that the row is there to find.
 */
import { CaviarError, JournalError } from "@caviar-hpo/core";
import type { Disk } from "@caviar-hpo/runtime/disk";
import {
  afterKill,
  afterPowerLoss,
  type DiskFault,
  type DiskOperation,
  type DiskState,
  emptyDisk,
  faultyDisk,
  filesOf,
  hidesFailedAppends,
  ignoresShortWrites,
  neverCuts,
  neverSyncs,
  pendingChanges,
  readsAs,
  syncsAgain,
  withFiles,
} from "@caviar-hpo/runtime/testing";
import type { Plan } from "../src/plan/plan.ts";
import { chainStart, linked } from "../src/record/chain.ts";
import { type Attempt, attempt } from "./memoryCampaign.ts";

/** How much of a row is run. */
export type RowExtent = {
  readonly plan: Plan;
  /** 1 runs every point, 10 every tenth. 1 by default. */
  readonly every?: number;
  /** The disk as the campaign sees it. */
  readonly wrap?: (disk: Disk) => Disk;
};

/** How many points were run, and what held at those where it should not. */
export type RowOutcome = { readonly points: number; readonly failures: readonly string[] };

/** A boundary between two operations of an undisturbed campaign: the disk then, and the operation that comes next. */
type DiskBoundary = { readonly operation: DiskOperation | null; readonly state: DiskState };

type Undisturbed = { readonly boundaries: readonly DiskBoundary[]; readonly end: DiskState; readonly results: string };

const same = (disk: Disk): Disk => disk;
const isPassing = (path: string): boolean => /\/times\/|\/lock-/.test(path);
const isRecord = (path: string): boolean => path.includes("/runs/");

async function undisturbed({ plan, wrap = same }: RowExtent): Promise<Undisturbed> {
  const boundaries: DiskBoundary[] = [];
  const disk = faultyDisk(emptyDisk, (operation, _index, state) => {
    boundaries.push({ operation, state });
    return null;
  });
  const { results } = await attempt(wrap(disk), plan);
  boundaries.push({ operation: null, state: disk.state() });
  return { boundaries, end: disk.state(), results: JSON.stringify(results) };
}

/** Collects the points of a row. */
function row({ every = 1 }: RowExtent) {
  let points = 0;
  let seen = 0;
  const failures: string[] = [];
  return {
    /** Runs a check, if it is its turn. The check gives what is wrong, or null. */
    point: async (name: string, check: () => Promise<string | null>): Promise<void> => {
      if (seen++ % every !== 0) return;
      points++;
      const wrong = await check().catch((error: unknown) => `threw ${String(error)}`);
      if (wrong !== null) failures.push(`${name}: ${wrong}`);
    },
    outcome: (): RowOutcome => ({ points, failures }),
  };
}

/** Everything in the folder but the times, which are others for each attempt, and the locks of ended processes. */
function lasting(state: DiskState): string {
  const files = Object.entries(filesOf(state)).filter(([path]) => !isPassing(path));
  return JSON.stringify(files.map(([path, content]) => [path, content.toString("latin1")]).sort());
}

/** Continues the campaign on what is left, and says how it ends differently. */
async function continues(whole: Undisturbed, left: DiskState, { plan, wrap = same }: RowExtent): Promise<string | null> {
  const disk = faultyDisk(left);
  return differing(whole, await attempt(wrap(disk), plan), disk.state());
}

function differing(whole: Undisturbed, { results }: Attempt, state: DiskState): string | null {
  if (JSON.stringify(results) !== whole.results) return "other results";
  return lasting(state) === lasting(whole.end) ? null : "other files";
}

/** Runs the plan on a disk with faults. null for a campaign that came to its end. */
async function faulty(
  { plan, wrap = same }: RowExtent,
  fault: (operation: DiskOperation, index: number) => DiskFault | null,
  start: DiskState = emptyDisk,
): Promise<{ readonly error: unknown; readonly state: DiskState; readonly attempt: Attempt | null }> {
  const disk = faultyDisk(start, fault);
  try {
    return { attempt: await attempt(wrap(disk), plan), error: null, state: disk.state() };
  } catch (error) {
    return { attempt: null, error, state: disk.state() };
  }
}

/** A1, A12: the process is killed, or the machine loses power, before or after each operation of the disk. */
async function crashes(extent: RowExtent): Promise<RowOutcome> {
  const whole = await undisturbed(extent);
  const { point, outcome } = row(extent);
  for (const [index, { state }] of whole.boundaries.entries()) {
    await point(`killed at operation ${index}`, () => continues(whole, afterKill(state), extent));
    await point(`without power at operation ${index}`, () =>
      continues(
        whole,
        afterPowerLoss(state, () => 0),
        extent,
      ),
    );
  }
  return outcome();
}

/** Once a campaign has ended, a power loss takes no run of it. */
async function powerLossAfterTheEnd(extent: RowExtent): Promise<RowOutcome> {
  const whole = await undisturbed(extent);
  const { point, outcome } = row(extent);
  for (const part of [0, 0.4, 1])
    await point(`after the end, ${part} of each change survives`, async () => {
      const disk = faultyDisk(afterPowerLoss(whole.end, () => part));
      let kept = 0;
      const { results } = await attempt(disk, extent.plan, { onProgress: (progress) => (kept = progress.kept) });
      return kept === results.runs.length ? null : `${kept} of ${results.runs.length} runs are left`;
    });
  return outcome();
}

/** A2: an append to a record is torn. */
async function tornAppends(extent: RowExtent): Promise<RowOutcome> {
  const whole = await undisturbed(extent);
  const { point, outcome } = row(extent);
  for (const [index, { operation, state }] of whole.boundaries.entries()) {
    if (operation?.kind !== "append" || !isRecord(operation.path)) continue;
    const { path, bytes } = operation;
    for (const cut of [1, bytes.length >> 1, bytes.length - 1])
      await point(`append ${index} cut at ${cut}`, async () => {
        const left = withFiles(afterKill(state), { [path]: Buffer.concat([filesOf(state)[path]!, bytes.subarray(0, cut)]) });
        const disk = faultyDisk(left);
        const second = await attempt((extent.wrap ?? same)(disk), extent.plan);
        if (second.notices.join() !== "tornRecords") return `the notices are ${second.notices.join()}`;
        return differing(whole, second, disk.state());
      });
  }
  return outcome();
}

/** A3: an append writes less than it was given, and succeeds. */
async function shortWrites(extent: RowExtent): Promise<RowOutcome> {
  const whole = await undisturbed({ ...extent, wrap: same });
  const { point, outcome } = row(extent);
  for (const [index, { operation }] of whole.boundaries.entries()) {
    if (operation?.kind !== "append") continue;
    await point(`operation ${index} writes ${(index % 7) + 1} bytes`, async () => {
      const {
        attempt: ended,
        error,
        state,
      } = await faulty(extent, (_one, at) => (at === index ? { kind: "short", bytes: (index % 7) + 1 } : null));
      return ended === null ? `failed with ${String(error)}` : differing(whole, ended, state);
    });
  }
  return outcome();
}

/** A5: the disk is full from one append on. Then space returns. */
async function fullDisk(extent: RowExtent): Promise<RowOutcome> {
  const whole = await undisturbed({ ...extent, wrap: same });
  const { point, outcome } = row(extent);
  for (const [index, { operation }] of whole.boundaries.entries()) {
    if (operation?.kind !== "append") continue;
    for (const bytes of [0, operation.bytes.length >> 1])
      await point(`operation ${index} finds no space after ${bytes} bytes`, async () => {
        const { error, state } = await faulty(extent, (one, at) =>
          at >= index && one.kind === "append" ? { kind: "error", code: "ENOSPC", bytes: at === index ? bytes : 0 } : null,
        );
        if (!isTyped(error, "diskFailed")) return `the campaign ends with ${String(error)}`;
        return continues(whole, afterKill(state), extent);
      });
  }
  return outcome();
}

/** A6: a sync fails, and what it should have kept is gone. The run may not count. */
async function failedSyncs(extent: RowExtent): Promise<RowOutcome> {
  const whole = await undisturbed({ ...extent, wrap: same });
  const { point, outcome } = row(extent);
  for (const [index, { operation }] of whole.boundaries.entries()) {
    if (operation?.kind !== "sync") continue;
    await point(`sync ${index} fails`, async () => {
      const { error, state } = await faulty(extent, (_one, at) => (at === index ? { kind: "error", code: "EIO" } : null));
      if (!isTyped(error, "diskFailed")) return `the campaign ends with ${String(error)}`;
      return continues(
        whole,
        afterPowerLoss(state, () => 0),
        extent,
      );
    });
  }
  return outcome();
}

/** A7: any of the changes that were not synced survive a power loss. */
async function lostChanges(extent: RowExtent): Promise<RowOutcome> {
  const whole = await undisturbed(extent);
  const { point, outcome } = row(extent);
  for (const [index, { state }] of whole.boundaries.entries()) {
    if (pendingChanges(state) === 0) continue;
    for (let pattern = 0; pattern < 3; pattern++)
      await point(`pattern ${pattern} survives at operation ${index}`, () => {
        const survives = (change: number): number => (((change + 1) * (2 * pattern + 3) * (index + 7)) % 5) * 0.25;
        return continues(whole, afterPowerLoss(state, survives), extent);
      });
  }
  return outcome();
}

/** A8: a file is changed at a place: in a campaign that has ended, and in one that was killed in the middle. */
async function damages(extent: RowExtent): Promise<RowOutcome> {
  const whole = await undisturbed({ ...extent, wrap: same });
  const { point, outcome } = row(extent);
  const middle = afterKill(whole.boundaries[whole.boundaries.length >> 1]!.state);
  for (const state of [whole.end, middle])
    for (const [path, content] of Object.entries(filesOf(state))) {
      if (isPassing(path)) continue;
      for (let at = 0; at < content.length; at++)
        for (const [name, change] of changes)
          await point(`${path}, byte ${at} ${name}`, () => unharmed(whole, withFiles(state, { [path]: change(content, at) }), extent));
    }
  return outcome();
}

const changes: readonly (readonly [name: string, change: (content: Buffer, at: number) => Buffer])[] = [
  [
    "flipped",
    (content, at) => Buffer.concat([content.subarray(0, at), Buffer.of(content[at]! ^ (1 << (at % 8))), content.subarray(at + 1)]),
  ],
  ["dropped", (content, at) => Buffer.concat([content.subarray(0, at), content.subarray(at + 1)])],
  ["zeroed with 31 more", (content, at) => Buffer.from(content).fill(0, at, Math.min(at + 32, content.length))],
];

/** A damaged folder is refused, or ends as if it had not been damaged. */
async function unharmed(whole: Undisturbed, left: DiskState, { plan, wrap = same }: RowExtent): Promise<string | null> {
  const disk = faultyDisk(left);
  try {
    return differing(whole, await attempt(wrap(disk), plan), disk.state());
  } catch (error) {
    if (!(error instanceof JournalError) || error.remedy === "") return `refused with ${String(error)}`;
    return lasting(disk.state()) === lasting(left) ? null : "refused, and files were changed";
  }
}

function isTyped(error: unknown, code: string): boolean {
  return error instanceof CaviarError && error.code === code && error.remedy !== "";
}

/** The campaign takes every chain for right. */
const trustsChains = readsAs(/\/runs\//, (content) => {
  let chain = chainStart;
  const lines = content.toString("latin1").replace(/^(.*),"chain":"\w*"\}$/gm, (_line, body: string) => {
    const next = linked(chain, `${body}}`);
    chain = next.chain;
    return next.line;
  });
  return Buffer.from(lines, "latin1");
});

export type CampaignRow = {
  readonly name: string;
  readonly run: (extent: RowExtent) => Promise<RowOutcome>;
  /** Of how many points one is run, on a commit and at night. */
  readonly every: number;
  readonly everyAtNight: number;
  /** A bug that the row has to find. */
  readonly planted: NonNullable<RowExtent["wrap"]>;
};

const rows: readonly Omit<CampaignRow, "everyAtNight">[] = [
  { name: "A1: a crash at an operation of the disk", run: crashes, every: 5, planted: neverSyncs(/campaign\.json/) },
  { name: "A1: a power loss after the end", run: powerLossAfterTheEnd, every: 1, planted: neverSyncs(/\/runs\//) },
  { name: "A2: a torn append", run: tornAppends, every: 3, planted: neverCuts },
  { name: "A3: a short write", run: shortWrites, every: 2, planted: ignoresShortWrites },
  { name: "A5: a full disk", run: fullDisk, every: 3, planted: hidesFailedAppends },
  { name: "A6: a failed sync that loses data", run: failedSyncs, every: 1, planted: syncsAgain },
  { name: "A7: some of the changes that were not synced survive", run: lostChanges, every: 3, planted: neverCuts },
  { name: "A8: a flipped bit, a dropped byte, a zeroed block", run: damages, every: 97, planted: trustsChains },
];

export const campaignRows: readonly (readonly [name: string, row: CampaignRow])[] = rows.map((one) => [
  one.name,
  { ...one, everyAtNight: one.run === damages ? 11 : 1 },
]);
