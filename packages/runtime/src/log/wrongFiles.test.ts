/** Row A9 of the fault matrix: files that are not what they should be. Each is refused with a typed error, or costs nothing. */
import { resolve } from "node:path";
import { CaviarError, JournalError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { advance, folder, headFile, hyperband, logFile, open, optionsOf, type RunOptions, resume } from "../../testing/durableRun.ts";
import { checksum } from "../checksum.ts";
import { type DiskState, emptyDisk, faultyDisk, filesOf, withFiles } from "../testing/faultyDisk.ts";
import { readsAs } from "../testing/plantedDisks.ts";
import type { Disk } from "./disk.ts";
import { readStudyOn } from "./readStudy.ts";
import { encodeRecord } from "./record.ts";

const options: RunOptions = optionsOf(hyperband);
const events = 30;

async function studyOf(given: RunOptions, count: number): Promise<DiskState> {
  const disk = faultyDisk(emptyDisk);
  const study = await open(disk, given);
  advance(study, 0, count);
  study.close();
  return disk.state();
}

const good = await studyOf(options, events);
const other = await studyOf({ ...options, seed: "other" }, events);
const [log, head] = [filesOf(good)[logFile]!, filesOf(good)[headFile]!];
const lines = log.toString("latin1").split("\n");
const snapshotPath = Object.keys(filesOf(good)).find((path) => path.includes("snapshot-"))!;
const bom = Buffer.from([0xef, 0xbb, 0xbf]);
const text = (value: string): Buffer => Buffer.from(value, "latin1");

/** The head with other members, and the checksum that belongs to them. */
function headWith(change: object): Buffer {
  const { checksum: _, ...body } = JSON.parse(JSON.stringify({ ...JSON.parse(head.toString()), ...change }));
  return Buffer.from(`${JSON.stringify({ ...body, checksum: checksum(body) })}\n`);
}

type Case = {
  readonly name: string;
  readonly files: { readonly [path: string]: Buffer | null };
  readonly code: string;
  readonly says: RegExp;
};

const cases: readonly Case[] = [
  { name: "an empty log", files: { [logFile]: text("") }, code: "corrupt", says: /expected a log with its first record/ },
  { name: "no log", files: { [logFile]: null }, code: "corrupt", says: /expected a log with its first record/ },
  {
    name: "half of the first record",
    files: { [logFile]: log.subarray(0, 40) },
    code: "corrupt",
    says: /expected a log with its first record/,
  },
  { name: "a log without a head", files: { [headFile]: null }, code: "corrupt", says: /head\.json next to the log/ },
  { name: "the log of another study", files: { [logFile]: filesOf(other)[logFile]! }, code: "otherLog", says: /the log of another study/ },
  {
    name: "a log with line ends of Windows",
    files: { [logFile]: text(lines.join("\r\n")) },
    code: "corrupt",
    says: /byte 0: .*line ends of Windows/,
  },
  {
    name: "a first record with a line end of Windows",
    files: { [logFile]: text(`${lines[0]}\r\n`) },
    code: "corrupt",
    says: /line ends of Windows/,
  },
  { name: "a log with a byte order mark", files: { [logFile]: Buffer.concat([bom, log]) }, code: "corrupt", says: /byte order mark/ },
  {
    name: "a missing record",
    files: { [logFile]: text(lines.filter((_, at) => at !== 9).join("\n")) },
    code: "corrupt",
    says: /expected record 9, got record 10/,
  },
  {
    name: "a record number that comes twice with different records",
    files: { [logFile]: Buffer.concat([log, encodeRecord(9, { kind: "enqueued", config: {}, atMs: 0 })]) },
    code: "corrupt",
    says: /written twice to be the same both times/,
  },
  {
    name: "an event of an unknown kind",
    files: { [logFile]: Buffer.concat([log, encodeRecord(events + 1, { kind: "cancelled" })]) },
    code: "corrupt",
    says: /record 31\.kind: expected "asked" or "told"/,
  },
  {
    name: "a report for a job that never was",
    files: {
      [logFile]: Buffer.concat([
        log,
        encodeRecord(events + 1, { kind: "failed", job: 9999, reason: "lost", fidelity: 1, costSeconds: 0, directives: [], atMs: 0 }),
      ]),
    },
    code: "diverged",
    says: /event 26 of the log/,
  },
  { name: "an empty head", files: { [headFile]: text("") }, code: "corrupt", says: /head\.json: expected the head of a study/ },
  { name: "half a head", files: { [headFile]: head.subarray(0, 100) }, code: "corrupt", says: /head\.json: expected the head of a study/ },
  {
    name: "a head without the line break at its end",
    files: { [headFile]: head.subarray(0, -1) },
    code: "corrupt",
    says: /head\.json: expected a head as it was written/,
  },
  {
    name: "a head with a byte order mark",
    files: { [headFile]: Buffer.concat([bom, head]) },
    code: "corrupt",
    says: /the head of a study/,
  },
  { name: "the head of another study", files: { [headFile]: filesOf(other)[headFile]! }, code: "otherStudy", says: /seed "other"/ },
  {
    name: "a head that was changed",
    files: { [headFile]: text(head.toString("latin1").replace('"seed":"durable"', '"seed":"changed"')) },
    code: "corrupt",
    says: /one that was changed/,
  },
  { name: "the head of a campaign", files: { [headFile]: headWith({ kind: "campaign" }) }, code: "corrupt", says: /head\.json\.kind/ },
  { name: "a head with an unknown key", files: { [headFile]: headWith({ owner: "me" }) }, code: "corrupt", says: /"owner"/ },
  { name: "a head without a seed", files: { [headFile]: headWith({ seed: undefined }) }, code: "corrupt", says: /head\.json\.seed/ },
  {
    name: "a head with an impossible space",
    files: { [headFile]: headWith({ problem: { space: [{ name: "x", kind: "real", low: 1, high: 0 }] } }) },
    code: "corrupt",
    says: /head\.json, .*"x"/,
  },
  { name: "a folder of a later version", files: { [headFile]: headWith({ format: 3 }) }, code: "laterFormat", says: /Update Caviar/ },
  { name: "a log of a later version", files: { [headFile]: headWith({ log: 9 }) }, code: "laterFormat", says: /log of format 9/ },
  {
    name: "a lock that cannot be read",
    files: { [resolve(folder, "lock-x")]: text("") },
    code: "locked",
    says: /a lock file that cannot be read/,
  },
];

async function refusalOf(disk: Disk): Promise<CaviarError> {
  return open(disk, options).then(
    () => {
      throw new Error("opened");
    },
    (error: unknown) => error as CaviarError,
  );
}

describe("a folder with", () => {
  it.each(cases)("$name is refused as $code", async ({ files, code, says }) => {
    const error = await refusalOf(faultyDisk(withFiles(good, files)));
    expect(error).toBeInstanceOf(CaviarError);
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(says)]);
    expect(error.remedy).toMatch(/^[A-Z].*[.?]$/s);
  });

  it("any of these is left as it was", async () => {
    for (const { files } of cases) {
      const disk = faultyDisk(withFiles(good, files));
      const before = filesOf(disk.state());
      await refusalOf(disk);
      expect(filesOf(disk.state())).toEqual(before);
    }
  });

  it.each(cases.filter(({ code }) => !["locked", "otherStudy", "diverged"].includes(code)))(
    "$name cannot be read either",
    ({ files, code }) => {
      const disk = faultyDisk(withFiles(good, files));
      const expected = files[headFile] === null ? "noStudy" : code;
      expect(() => readStudyOn(disk, folder)).toThrow(expect.objectContaining({ code: expected }));
    },
  );

  it("a report for a job that never was cannot be read, and is no TypeError", () => {
    const { files } = cases.find(({ name }) => name === "a report for a job that never was")!;
    expect(() => readStudyOn(faultyDisk(withFiles(good, files)), folder)).toThrow(JournalError);
  });

  it("a line of a gigabyte is refused without being read", async () => {
    const size = 2 ** 30;
    let bytes = 0;
    const disk = faultyDisk(good);
    const endless: Disk = {
      ...disk,
      size: (path) => (path === logFile ? size : disk.size(path)),
      read: (path, offset, length) => {
        if (path !== logFile) return disk.read(path, offset, length);
        bytes += length;
        return Buffer.alloc(Math.min(length, size - offset), "x");
      },
    };
    const error = await refusalOf(endless);
    expect([error.code, error.what]).toEqual(["corrupt", `${logFile}, byte 0`]);
    expect(bytes).toBeLessThan(2 ** 28);
  });

  it("a disk that cannot be written is refused with what to do", async () => {
    const readOnly = faultyDisk(good, () => ({ kind: "error", code: "EROFS" }));
    expect(await refusalOf(readOnly)).toMatchObject({ code: "diskFailed", remedy: expect.stringMatching(/use readStudy/) });
    expect(readStudyOn(readOnly, folder).trials.length).toBeGreaterThan(3);
  });
});

describe("a snapshot that does not fit costs time only:", () => {
  const undisturbed = resume(good, options, events);

  it.each<readonly [string, DiskState]>([
    ["one ahead of the log", withFiles(good, { [logFile]: text(`${lines.slice(0, 20).join("\n")}\n`) })],
    ["one of another log", withFiles(good, { [snapshotPath]: filesOf(other)[snapshotPath]! })],
    ["an empty one", withFiles(good, { [snapshotPath]: text("") })],
    ["one with another number in its name", withFiles(good, { [resolve(folder, "snapshot-3.json")]: filesOf(good)[snapshotPath]! })],
    ["one that is not of the format", withFiles(good, { [resolve(folder, "snapshot-3.json")]: encodeRecord(3, { state: {} }) })],
  ])("%s", async (_name, state) => {
    const { remains, notices } = await resume(state, options, events);
    expect(new Set(notices.map(({ code }) => code))).toEqual(new Set(["snapshotIgnored"]));
    expect(remains).toEqual((await undisturbed).remains);
  });

  it("none at all, without a notice", async () => {
    const snapshots = Object.keys(filesOf(good)).filter((path) => path.includes("snapshot-"));
    const { remains, notices } = await resume(withFiles(good, Object.fromEntries(snapshots.map((path) => [path, null]))), options, events);
    expect(snapshots).toHaveLength(2);
    expect(notices).toEqual([]);
    expect(remains).toEqual((await undisturbed).remains);
  });
});

describe("a study that is opened with something else says what, and what to do:", () => {
  const changes: readonly (readonly [string, RunOptions, RegExp])[] = [
    ["a seed", { ...options, seed: 7 }, /expected seed "durable", got seed 7\./],
    ["a goal", { ...options, goal: "minimize" }, /objectives\.value\.goal "maximize", got objectives\.value\.goal "minimize"/],
    ["a strategy", { ...options, strategy: "asha" }, /expected strategy\.name "hyperband", got strategy\.name "asha"\./],
    [
      "an option of the strategy",
      { ...options, strategy: { name: "hyperband", options: { eta: 4 } } },
      /strategy\.options\.eta none, got strategy\.options\.eta 4/,
    ],
    ["a fidelity", { ...options, fidelity: { unit: "epochs", min: 1, max: 27 } }, /fidelity\.max 9, got fidelity\.max 27/],
  ];

  it.each(changes)("%s", async (_name, changed, says) => {
    const error = await open(faultyDisk(good), changed).catch((thrown: unknown) => thrown as CaviarError);
    expect(error).toMatchObject({ code: "otherStudy", message: expect.stringMatching(says), remedy: expect.stringMatching(/warmStart: /) });
  });

  it("a range and a parameter", async () => {
    const { learningRate, optimizer } = options.space as Extract<RunOptions["space"], { learningRate: unknown }>;
    const changed = { ...options, space: { learningRate: { ...learningRate, low: 1e-5 }, optimizer } } as unknown as RunOptions;
    const error = await open(faultyDisk(good), changed).catch((thrown: unknown) => thrown as CaviarError);
    expect(error).toMatchObject({ code: "otherStudy", got: "space.learningRate.low 0.00001, space.momentum none" });
  });
});

it("finds a reader that does not look at the version of the folder", async () => {
  const { files } = cases.find(({ name }) => name === "a folder of a later version")!;
  const planted = readsAs(/head\.json$/, () => head)(faultyDisk(withFiles(good, files)));
  await expect(refusalOf(planted)).rejects.toThrow("opened");
});

it("the order of parameters is part of a study, and the refusal says so", async () => {
  const { learningRate, optimizer, momentum } = options.space as Extract<RunOptions["space"], { learningRate: unknown }>;
  const error = await open(faultyDisk(good), { ...options, space: { optimizer, learningRate, momentum } } as RunOptions).catch(
    (thrown: unknown) => thrown as CaviarError,
  );
  expect(error).toMatchObject({ code: "otherStudy", got: "space in the order optimizer,learningRate,momentum" });
});
