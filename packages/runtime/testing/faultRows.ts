/**
 * The rows of the fault matrix that need no process: what goes wrong, at which points of a run, and what must hold afterwards. Each row
 * runs on a disk in memory and gives the points at which something else held. `wrap` changes the disk that programs see: with it, tests
 * plant the bug that the row is there to find.
 */
import { createHash } from "node:crypto";
import { CaviarError, StateError, type Study } from "@caviar-hpo/core";
import type { Disk } from "../src/log/disk.ts";
import { type LogRecord, scanLog } from "../src/log/scan.ts";
import {
  afterKill,
  afterPowerLoss,
  type DiskFault,
  type DiskOperation,
  type DiskState,
  emptyDisk,
  faultyDisk,
  filesOf,
  pendingChanges,
  withFiles,
} from "../src/testing/faultyDisk.ts";
import {
  advance,
  eventsOn,
  headFile,
  isAssignment,
  logFile,
  open,
  optionsOf,
  type Remains,
  type RunOptions,
  remainsOf,
  resume,
  type Subject,
  startOf,
} from "./durableRun.ts";

/** How much of a row is run. */
export type Extent = {
  /** Events of the run. */
  readonly events: number;
  /** 1 runs every point, 10 every tenth. 1 by default. */
  readonly every?: number;
  /**
   * 1 continues at every point to the end of the run, 10 at every tenth. 1 by default. The others are compared with the undisturbed run at
   * the moment of the fault: log, state, and next twenty jobs.
   */
  readonly continueEvery?: number;
  /** The disk as the program sees it. */
  readonly wrap?: (disk: Disk) => Disk;
  readonly options?: Partial<RunOptions>;
};

/** How many points were run, and what held at those where it should not. */
export type Outcome = { readonly points: number; readonly failures: readonly string[] };

/**
 * A boundary between two operations of an undisturbed run: the disk then, how many records the run had made, and how many of them had to
 * survive a power loss.
 */
type Boundary = {
  readonly operation: DiskOperation | null;
  readonly state: DiskState;
  readonly made: number;
  readonly acknowledged: number;
};

type Run = {
  readonly start: DiskState;
  readonly options: RunOptions;
  readonly boundaries: readonly Boundary[];
  /** What is left after so many events. */
  remains(events: number): Promise<Remains>;
  /** What came of disks that were opened without a planted bug, by their hash. */
  readonly resumed: Resumed;
};

type Resumed = Map<string, ReturnType<typeof resume>>;

let shared: { readonly subject: Subject; readonly events: number; readonly run: Promise<Run> } | null = null;

/** An undisturbed run. The rows of one subject that follow each other share it. */
function undisturbed(subject: Subject, extent: Extent): Promise<Run> {
  const { events, wrap = same, options } = extent;
  if (wrap !== same || options !== undefined) return runOf(subject, extent);
  if (shared?.subject !== subject || shared.events !== events) shared = { subject, events, run: runOf(subject, extent) };
  return shared.run;
}

async function runOf(subject: Subject, { events, wrap = same, options: given = {} }: Extent): Promise<Run> {
  const options = { ...optionsOf(subject), ...given };
  const boundaries: Boundary[] = [];
  const start = await startOf(subject);
  const progress = progressOn(start);
  let ended = false;
  const disk = faultyDisk(start, (operation, _index, state) => {
    if (!ended) boundaries.push({ operation, state, ...progress });
    return null;
  });
  const study = await open(wrap(disk), options);
  Object.assign(progress, progressOn(disk.state()));
  advance(study, progress.made, events, counting(progress));
  ended = true;
  boundaries.push({ operation: null, state: disk.state(), ...progress });
  const moments = new Map([[events, remainsOf(study, filesOf(disk.state())[logFile]!)]]);
  const remains = async (count: number): Promise<Remains> => {
    const known = moments.get(count);
    if (known !== undefined) return known;
    const then = boundaries.find((boundary) => boundary.made === count)!;
    const found = (await resume(withoutSnapshots(then.state), options, count)).remains;
    moments.set(count, found);
    return found;
  };
  return { start, options, boundaries, remains, resumed: new Map() };
}

/** How many records a run has made, and how many of them have to survive a power loss. */
type RunProgress = { made: number; acknowledged: number };

function progressOn(state: DiskState): RunProgress {
  const made = eventsOn(state);
  return { made, acknowledged: made };
}

function counting(progress: RunProgress): (index: number) => void {
  return (index) => {
    progress.made++;
    if (!isAssignment(index)) progress.acknowledged = progress.made;
  };
}

/** The strategy's state then comes from replaying the log. */
function withoutSnapshots(state: DiskState): DiskState {
  const snapshots = Object.keys(filesOf(state)).filter((path) => path.includes("snapshot-"));
  return withFiles(state, Object.fromEntries(snapshots.map((path) => [path, null])));
}

function same(disk: Disk): Disk {
  return disk;
}

/** Collects the points of a row of a run. */
function row(run: Run, { events, wrap, every = 1, continueEvery = 1 }: Extent) {
  let points = 0;
  let seen = 0;
  const failures: string[] = [];
  const known: Resumed = wrap === undefined ? run.resumed : new Map();
  /** What comes of a disk. Many points leave the same bytes: these are opened once. */
  const resumed = (state: DiskState, toTheEnd: boolean): ReturnType<typeof resume> => {
    const left = `${toTheEnd} ${hashOf(state)}`;
    const found = known.get(left) ?? resume(state, run.options, toTheEnd ? events : 0, wrap);
    known.set(left, found);
    return found;
  };
  return {
    resumed,
    /** Runs a check, if it is its turn. The check gives what is wrong, or null. `toTheEnd` says whether it continues the run. */
    point: async (name: string, check: (toTheEnd: boolean) => Promise<string | null>): Promise<void> => {
      if (seen++ % every !== 0) return;
      const wrong = await check(points++ % continueEvery === 0).catch((error: unknown) => `threw ${String(error)}`);
      if (wrong !== null) failures.push(`${name}: ${wrong}`);
    },
    /** Opens what is left on the disk, continues, and says how this differs from the undisturbed run. */
    continues: async ({ state, acknowledged, toTheEnd, quietly = false }: Left): Promise<string | null> => {
      const { remains, recovered, notices } = await resumed(state, toTheEnd);
      if (quietly && notices.length > 0) return `the third open reports ${notices.map(({ code }) => code).join()}`;
      if (recovered < acknowledged) return `${recovered} events are left of ${acknowledged} that were acknowledged`;
      return differing(await run.remains(toTheEnd ? events : recovered), remains);
    },
    outcome: (): Outcome => ({ points, failures }),
  };
}

/** `quietly`: the study opens without a notice. */
type Left = { readonly state: DiskState; readonly acknowledged: number; readonly toTheEnd: boolean; readonly quietly?: boolean };

/**
 * A hash of the files that programs see, in the order in which they are listed. The name of a lock is random, and its process is one that
 * has ended. Which one decides nothing, so the hash leaves both out.
 */
function hashOf(state: DiskState): string {
  const hash = createHash("sha256");
  for (const [path, bytes] of Object.entries(filesOf(state))) {
    const name = path.replace(/lock-[0-9a-f]{32}/, "lock");
    const content = name === path ? bytes : Buffer.from(bytes.toString("latin1").replace(/"pid":\d+/, '"pid":'), "latin1");
    hash.update(`${JSON.stringify(name)} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

function differing(expected: Remains, got: Remains): string | null {
  const wrong = (["log", "state", "next"] as const).filter((part) => JSON.stringify(expected[part]) !== JSON.stringify(got[part]));
  return wrong.length === 0 ? null : `another ${wrong.join(", ")}`;
}

/** A1: the process is killed, or the machine loses power, before or after each operation of the disk. */
export async function crashes(subject: Subject, extent: Extent): Promise<Outcome> {
  const run = await undisturbed(subject, extent);
  const { point, continues, outcome } = row(run, extent);
  for (const [index, { state, made, acknowledged }] of run.boundaries.entries()) {
    await point(`killed at operation ${index}`, (toTheEnd) => continues({ state: afterKill(state), acknowledged: made, toTheEnd }));
    if (pendingChanges(state) > 0)
      await point(`without power at operation ${index}`, (toTheEnd) =>
        continues({ state: afterPowerLoss(state, () => 0), acknowledged, toTheEnd }),
      );
  }
  return outcome();
}

/** A2: an append of a record is torn. `cutsOf` gives the lengths at which a record of so many bytes is cut. */
export async function tornAppends(subject: Subject, extent: Extent, cutsOf: (length: number) => readonly number[]): Promise<Outcome> {
  const run = await undisturbed(subject, extent);
  const { point, continues, outcome } = row(run, extent);
  for (const { operation, state, made } of run.boundaries) {
    if (operation?.kind !== "append" || operation.path !== logFile) continue;
    for (const cut of cutsOf(operation.bytes.length))
      await point(`record ${made} cut at ${cut}`, async (toTheEnd) => {
        const torn = withFiles(state, { [logFile]: Buffer.concat([filesOf(state)[logFile]!, operation.bytes.subarray(0, cut)]) });
        const second = await openAndLeave(torn, run.options, extent);
        if (second.codes.join() !== "tornRecord") return `the second open reports ${second.codes.join() || "nothing"}`;
        return continues({ state: second.state, acknowledged: made, toTheEnd, quietly: true });
      });
  }
  return outcome();
}

/** Opens a study and is killed. */
async function openAndLeave(start: DiskState, options: RunOptions, { wrap = same }: Extent) {
  const codes: string[] = [];
  const disk = faultyDisk(start);
  await open(wrap(disk), { ...options, onNotice: ({ code }) => codes.push(code) });
  return { codes, state: afterKill(disk.state()) };
}

/** A3: an append writes less than it was given, and succeeds. */
export async function shortWrites(subject: Subject, extent: Extent): Promise<Outcome> {
  const run = await undisturbed(subject, { ...extent, wrap: same });
  const { point, outcome } = row(run, extent);
  for (const [index, { operation }] of run.boundaries.entries()) {
    if (operation?.kind !== "append") continue;
    await point(`operation ${index} writes ${(index % 7) + 1} bytes`, async () => {
      const { study, disk, error } = await runUntilFault(run, extent, (_operation, at) =>
        at === index ? { kind: "short", bytes: (index % 7) + 1 } : null,
      );
      if (study === null || error !== null) return `failed with ${String(error)}`;
      return differing(await run.remains(extent.events), remainsOf(study, filesOf(disk.state())[logFile]!));
    });
  }
  return outcome();
}

/** A run on a disk with a plan. The error is what ended it early. */
async function runUntilFault(
  { options, start }: Run,
  { events, wrap = same }: Extent,
  plan: (operation: DiskOperation, index: number) => DiskFault | null,
  state: DiskState = start,
) {
  const disk = faultyDisk(state, plan);
  const progress = progressOn(state);
  try {
    const study = await open(wrap(disk), options);
    Object.assign(progress, progressOn(disk.state()));
    try {
      advance(study, progress.made, events, counting(progress));
      return { study, disk, ...progress, error: null };
    } catch (error) {
      return { study, disk, ...progress, error: error as Error };
    }
  } catch (error) {
    return { study: null, disk, ...progress, error: error as Error };
  }
}

/** A4: a record is written twice, at once or after another one; and an answer of several jobs is written in part. */
export async function repeatedRecords(subject: Subject, extent: Extent): Promise<Outcome> {
  const run = await undisturbed(subject, { ...extent, wrap: same });
  const { state } = run.boundaries.at(-1)!;
  const log = filesOf(state)[logFile]!;
  const { point, outcome } = row(run, extent);
  const ends = [...log.keys()].filter((at) => log[at] === 0x0a).map((at) => at + 1);
  for (let record = 1; record < ends.length - 1; record++)
    for (const after of [0, 1])
      await point(`record ${record} twice, ${after} later`, async () => {
        const line = log.subarray(ends[record - 1]!, ends[record]!);
        const place = ends[record + after]!;
        const left = withFiles(state, { [logFile]: Buffer.concat([log.subarray(0, place), line, log.subarray(place)]) });
        const { remains, notices } = await resume(withoutSnapshots(left), run.options, 0, extent.wrap);
        if (notices.length > 0) return `notices: ${JSON.stringify(notices)}`;
        const { state: endState, next } = await run.remains(extent.events);
        return differing({ log: "", state: endState, next }, { ...remains, log: "" });
      });
  for (let cut = 0; cut <= ends.at(-1)! - ends.at(-2)!; cut += 20)
    await point(`a batch cut at ${cut}`, () => partOfBatch(run, cut, extent));
  return outcome();
}

/** The answer to an ask for eight jobs, of which the log keeps `cut` bytes. */
async function partOfBatch({ options, boundaries }: Run, cut: number, { wrap = same }: Extent): Promise<string | null> {
  const disk = faultyDisk(boundaries.at(-1)!.state);
  const study = await open(disk, options);
  const before = { size: filesOf(disk.state())[logFile]!.length, jobs: study.core.history.running.length };
  const asked = study.ask({ want: 8 }).length;
  const log = filesOf(disk.state())[logFile]!;
  const left = withFiles(disk.state(), { [logFile]: log.subarray(0, before.size + cut) });
  const { core } = await open(wrap(faultyDisk(left)), options);
  const jobs = core.history.running.length - before.jobs;
  const whole = before.size + cut >= log.length;
  return jobs === (whole ? asked : 0) ? null : `${jobs} of ${asked} jobs`;
}

/** A5: the disk is full at one append, or from then on. Then the process ends, and space returns. */
export async function fullDisk(subject: Subject, extent: Extent): Promise<Outcome> {
  const run = await undisturbed(subject, { ...extent, wrap: same });
  const { point, continues, outcome } = row(run, extent);
  for (const [index, { operation }] of run.boundaries.entries()) {
    if (operation?.kind !== "append") continue;
    for (const bytes of [0, operation.bytes.length >> 1])
      await point(`operation ${index} finds no space after ${bytes} bytes`, async (toTheEnd) => {
        const full = (one: DiskOperation, at: number): DiskFault | null =>
          at >= index && one.kind === "append" ? { kind: "error", code: "ENOSPC", bytes: at === index ? bytes : 0 } : null;
        const { error, disk, made } = await runUntilFault(run, extent, full);
        if (!isTyped(error, "diskFailed")) return `the run ends with ${String(error)}`;
        const again = await runUntilFault(
          run,
          extent,
          (one) => (one.kind === "append" ? { kind: "error", code: "ENOSPC", bytes: 0 } : null),
          afterKill(disk.state()),
        );
        if (!isTyped(again.error, "diskFailed")) return `the next start on the full disk ends with ${String(again.error)}`;
        return continues({ state: afterKill(again.disk.state()), acknowledged: made, toTheEnd });
      });
  }
  return outcome();
}

function isTyped(error: Error | null, code: string): boolean {
  return error instanceof CaviarError && error.code === code && error.remedy !== "";
}

/** A6: a sync fails, and what it should have kept is gone. */
export async function failedSyncs(subject: Subject, extent: Extent): Promise<Outcome> {
  const run = await undisturbed(subject, { ...extent, wrap: same });
  const { point, continues, outcome } = row(run, extent);
  for (const [index, { operation, made: before }] of run.boundaries.entries()) {
    if (operation?.kind !== "sync" || operation.path !== logFile) continue;
    await point(`sync ${index} fails`, async (toTheEnd) => {
      const { study, error, disk, made, acknowledged } = await runUntilFault(run, extent, (_one, at) =>
        at === index ? { kind: "error", code: "EIO" } : null,
      );
      if (!isTyped(error, "diskFailed")) return `the run ends with ${String(error)}`;
      if (made !== before) return `${made} records were acknowledged, not ${before}`;
      // The sync of the record that extends the study, so the study does not open.
      if (study === null) return continues({ state: afterPowerLoss(disk.state(), () => 0), acknowledged, toTheEnd });
      const size = filesOf(disk.state())[logFile]!.length;
      if (!refusesEvents(study.core)) return "the study takes another event";
      study.close();
      if (filesOf(disk.state())[logFile]!.length !== size) return "the log grows after its sync has failed";
      return continues({ state: afterPowerLoss(disk.state(), () => 0), acknowledged, toTheEnd });
    });
  }
  return outcome();
}

/** A strategy that is done answers an ask without an event. A configuration for the queue is always one. */
function refusesEvents(study: Study): boolean {
  return refuses(() => study.ask()) || (study.done && refuses(() => study.enqueue(study.history.trials[0]!.config)));
}

function refuses(act: () => unknown): boolean {
  try {
    act();
  } catch (error) {
    return error instanceof StateError;
  }
  return false;
}

/** A7: the machine loses power, and any of the changes that were not synced survive. */
export async function lostChanges(subject: Subject, extent: Extent): Promise<Outcome> {
  const run = await undisturbed(subject, extent);
  const promised = run.options.sync === undefined;
  const { point, resumed, outcome } = row(run, extent);
  for (const [index, { state, acknowledged }] of run.boundaries.entries()) {
    const changes = Math.min(pendingChanges(state), 6);
    for (let subset = 0; subset < 2 ** changes && pendingChanges(state) > 0; subset++)
      await point(`operation ${index}, subset ${subset}`, async (toTheEnd) => {
        const left = afterPowerLoss(state, (change) => (change >= changes ? 1 : (subset >> change) % 2 === 1 ? 1 : 0.4));
        const { remains, recovered, notices } = await resumed(left, toTheEnd);
        if (promised && recovered < acknowledged) return `${recovered} events are left of ${acknowledged} that were acknowledged`;
        if (notices.some(({ code }) => code === "snapshotIgnored")) return "a snapshot is neither the old one nor the new one";
        return differing(await run.remains(toTheEnd ? extent.events : recovered), remains);
      });
  }
  return outcome();
}

/** What is done to a file: one bit is flipped, one byte is dropped, or up to 64 bytes become zero. */
export type Damage = "flip" | "drop" | "zero";

export function damaged(bytes: Buffer, at: number, damage: Damage): Buffer {
  if (damage === "drop") return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  const copy = Buffer.from(bytes);
  if (damage === "zero") copy.fill(0, at, Math.min(at + 64, copy.length));
  else copy[at]! ^= 1 << (at % 8);
  return copy;
}

/** A8: damage anywhere in a file of the folder. */
export async function damages(subject: Subject, extent: Extent, pick: (path: string) => boolean): Promise<Outcome> {
  const run = await undisturbed(subject, extent);
  const { state, made } = run.boundaries.at(-1)!;
  const { point, outcome } = row(run, extent);
  for (const [path, bytes] of Object.entries(filesOf(state)).filter(([path]) => pick(path)))
    for (let at = 0; at < bytes.length; at++)
      for (const damage of ["flip", "drop", "zero"] as const) {
        const changed = damaged(bytes, at, damage);
        if (changed.equals(bytes)) continue;
        await point(`${damage} at byte ${at} of ${path}`, async () => {
          const tail = path === logFile && changedFrom(bytes, changed) >= bytes.lastIndexOf("\n", bytes.length - 2) + 1;
          const left = withFiles(state, { [path]: changed });
          if (path === headFile || (path === logFile && !tail)) return refusal(left, run, extent);
          // The last record is then longer than its own fields say, which no torn write is.
          if (tail && contradicts(changed.subarray(bytes.lastIndexOf("\n", bytes.length - 2) + 1))) return refusal(left, run, extent);
          const { remains, recovered, notices } = await resume(left, run.options, extent.events, extent.wrap);
          const code = tail ? "tornRecord" : "snapshotIgnored";
          if (notices.map((notice) => notice.code).join() !== code) return `the notices are ${JSON.stringify(notices)}, not ${code}`;
          if (recovered !== made - (tail ? 1 : 0)) return `${recovered} records are left of ${made}`;
          return differing(await run.remains(extent.events), remains);
        });
      }
  return outcome();
}

function contradicts(line: Buffer): boolean {
  const [fields, length] = /^[0-9a-f]{8} (\d+) \d+ /.exec(line.toString("latin1")) ?? [];
  return fields !== undefined && line.length > fields.length + Number(length) + 1;
}

/** The first byte that differs. */
function changedFrom(before: Buffer, after: Buffer): number {
  let at = 0;
  while (before[at] === after[at]) at++;
  return at;
}

/**
 * A2 and A8 at every byte and every bit of a log, as far as its reader is concerned, which is where the damage ends: it gives the records
 * before the damage, and says whether the rest is torn or corrupt, and where.
 */
export async function readerFaults(subject: Subject, extent: Extent): Promise<Outcome> {
  const run = await undisturbed(subject, extent);
  const { state } = run.boundaries.at(-1)!;
  const log = filesOf(state)[logFile]!;
  const { point, outcome } = row(run, extent);
  const { records } = reading(log, extent);
  for (const [index, { offset, end }] of records.entries()) {
    for (let cut = 1; cut < end - offset; cut++)
      await point(`record ${index} cut at ${cut}`, async () =>
        misread(log.subarray(0, offset + cut), { good: records.slice(0, index), ends: `${cut} bytes torn` }, extent),
      );
    const last = index === records.length - 1;
    for (let bit = 0; bit < 8 * (end - offset); bit++) {
      const changed = Buffer.from(log);
      changed[offset + (bit >> 3)]! ^= 1 << (bit & 7);
      const torn = last && !contradicts(changed.subarray(offset));
      await point(`bit ${bit} of record ${index}`, async () =>
        misread(changed, { good: records.slice(0, index), ends: torn ? `${end - offset} bytes torn` : `corrupt at ${offset}` }, extent),
      );
    }
  }
  return outcome();
}

/** The records that a reader gives of a log, and how it ends. */
function reading(log: Buffer, { wrap = same }: Extent) {
  const records: LogRecord[] = [];
  const disk = wrap(faultyDisk(withFiles(emptyDisk, { [logFile]: log })));
  try {
    const { torn } = scanLog(disk, logFile, (record) => records.push(record));
    return { records, ends: torn === 0 ? "whole" : `${torn} bytes torn` };
  } catch (error) {
    if (!isTyped(error as Error, "corrupt")) throw error;
    return { records, ends: `corrupt at ${/byte (\d+)/.exec((error as CaviarError).what)?.[1]}` };
  }
}

/** What is wrong with the reading of a damaged log. */
function misread(
  log: Buffer,
  { good, ends }: { readonly good: readonly LogRecord[]; readonly ends: string },
  extent: Extent,
): string | null {
  const got = reading(log, extent);
  if (got.ends !== ends) return `the log is ${got.ends}, not ${ends}`;
  const equal = got.records.length === good.length && got.records.every(({ text }, index) => text === good[index]!.text);
  return equal ? null : "other records";
}

/** null if the study is refused as corrupt. */
async function refusal(left: DiskState, { options }: Run, { wrap = same }: Extent): Promise<string | null> {
  try {
    await open(wrap(faultyDisk(left)), options);
  } catch (error) {
    return isTyped(error as Error, "corrupt") || isTyped(error as Error, "laterFormat") ? null : `refused with ${String(error)}`;
  }
  return "opened in silence";
}
