/** What a log holds besides the events of its study: notes of the user, workers, and how calls of optimize ended. */
import type { Json } from "@caviar-hpo/core";
import { real } from "@caviar-hpo/tune";
import type { OwnRecord } from "@caviar-hpo/tune/stored";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  advance,
  extendedSubjects,
  folder,
  hyperband,
  logFile,
  machineOf,
  open,
  optionsOf,
  random,
  remainsOf,
  resume,
  startOf,
} from "../../testing/durableRun.ts";
import { emptyDisk, faultyDisk, filesOf, withFiles } from "../testing/faultyDisk.ts";
import { openStudyOn, storedOf } from "./openStudy.ts";
import { readSettingsOn, readStudyOn } from "./readStudy.ts";
import { encodeRecord } from "./record.ts";

const space = { x: real(0, 1) };

/** Opens the study of a disk in another process each time. The clock says what `at` sets. */
function timed() {
  const disk = faultyDisk(emptyDisk);
  let nowMs = 0;
  let pid = 1;
  return {
    disk,
    at: (ms: number) => {
      nowMs = ms;
    },
    open: (more: object = {}) => openStudyOn({ disk, machine: { ...machineOf(pid++), nowMs: () => nowMs } }, folder, { space, ...more }),
  };
}

it("what a study is can be read without its events", async () => {
  const [subject] = extendedSubjects;
  const disk = faultyDisk(await startOf(subject!));
  const study = await open(disk, optionsOf(subject!));
  advance(study, 21, 80);
  study.close();
  const { problem, seed, strategy, annotations } = readStudyOn(disk, folder);
  expect(Object.keys(annotations)).not.toEqual([]);
  expect(readSettingsOn(disk, folder)).toEqual({ problem, seed, strategy, annotations });

  const lines = filesOf(disk.state())[logFile]!.toString("latin1").split("\n");
  lines[1] = encodeRecord(1, { kind: "no event" }).toString("latin1").trimEnd();
  const changed = faultyDisk(withFiles(disk.state(), { [logFile]: Buffer.from(lines.join("\n"), "latin1") }));
  expect(() => readStudyOn(changed, folder)).toThrow();
  expect(readSettingsOn(changed, folder)).toEqual({ problem, seed, strategy, annotations });
});

describe("annotations", () => {
  it("of a trial and of the study are kept, and a later one of the same name replaces the earlier one", async () => {
    const { disk, open } = timed();
    const study = await open();
    study.ask({ want: 2 });
    study.annotate(1, { machine: "a", note: { checked: false } });
    study.annotate(1, { note: null });
    study.annotate(null, { owner: "me" });
    study.close();
    for (const read of [
      readStudyOn(disk, folder),
      await open().then((again) => ({ trials: again.trials(), annotations: again.annotations() })),
    ]) {
      expect(read.trials.map(({ annotations }) => annotations)).toEqual([{}, { machine: "a", note: null }]);
      expect(read.annotations).toEqual({ owner: "me" });
    }
  });

  it("of any plain data come back as they were given, also numbers that JSON lacks", async () => {
    const { open } = timed();
    const study = await open();
    study.ask();
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.string().filter((name) => name !== "__proto__"),
          fc.jsonValue(),
          { maxKeys: 5 },
        ),
        async (attributes) => {
          study.annotate(0, attributes as { [name: string]: Json });
          expect(study.trials()[0]!.annotations).toMatchObject(JSON.parse(JSON.stringify(attributes)));
        },
      ),
      { seed: 1, numRuns: 50 },
    );
    study.annotate(0, { numbers: [NaN, -Infinity, -0] });
    const expected = study.trials();
    study.close();
    expect((await open()).trials()).toEqual(expected);
  });

  it.each<readonly [string, unknown, unknown, string]>([
    ["a trial that has not begun", 5, {}, "unknownTrial"],
    ["half a trial", 0.5, {}, "unknownTrial"],
    ["a list", 0, [], "badAttributes"],
    ["a function", 0, { f: () => 1 }, "badAttributes"],
    ["a date", 0, { at: new Date(0) }, "badAttributes"],
    ["nothing", 0, undefined, "badAttributes"],
    ["a member of a prototype", 0, Object.create({ owner: "me" }), "badAttributes"],
    ["a key that JavaScript reserves", 0, JSON.parse('{"__proto__": 1}'), "badAttributes"],
    ["1,001 names", 0, Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [at, 0])), "badAttributes"],
    ["2^20 characters", 0, { text: "x".repeat(1 << 20) }, "badAttributes"],
    ["65 levels", 0, { deep: JSON.parse("[".repeat(63) + "]".repeat(63)) }, "tooDeep"],
  ])("refuse %s, and leave the log as it is", async (_name, trial, attributes, code) => {
    const { disk, open } = timed();
    const study = await open();
    study.ask();
    const log = filesOf(disk.state())[logFile]!;
    expect(() => study.annotate(trial as number, attributes as never)).toThrow(expect.objectContaining({ code }));
    expect(filesOf(disk.state())[logFile]).toEqual(log);
    study.annotate(0, { good: true });
    expect(study.trials()[0]!.annotations).toEqual({ good: true });
  });

  it("are refused after the study was closed", async () => {
    const study = await timed().open();
    study.close();
    expect(() => study.annotate(null, {})).toThrow(expect.objectContaining({ code: "closedStudy" }));
  });
});

describe("jobs", () => {
  const fidelity = { unit: "epochs", min: 1, max: 9 } as const;

  it("are read in the order in which they were handed out, with their workers, their times and their ends", async () => {
    const { at, disk, open } = timed();
    const study = await open({ strategy: { name: "asha", options: { variant: "stopping" } }, fidelity });
    at(1000);
    const [first, second, third] = study.ask({ want: 3 });
    at(1500);
    storedOf(study).assign(first!.id, "gpu 1", 1);
    at(3000);
    study.tell(first!.id, 1, 1);
    at(4000);
    study.tell(second!.id, 2, 1);
    study.tell(third!.id, 3, 1);
    at(5000);
    study.tell(first!.id, 0);
    const { jobs } = readStudyOn(disk, folder);
    const stopped = study.trials().flatMap(({ id, status }) => (status === "stopped" ? [id] : []));
    expect(stopped.length).toBeGreaterThan(0);
    expect(jobs.map(({ trial, from, until }) => ({ trial, from, until }))).toEqual(
      [first, second, third].map((job) => ({ trial: job!.trial, from: null, until: job!.until })),
    );
    expect(jobs[0]).toEqual({
      trial: 0,
      from: null,
      until: 9,
      startedAtMs: 1500,
      endedAtMs: 5000,
      worker: "gpu 1",
      outcome: "finished",
    });
    for (const trial of stopped)
      expect(jobs[trial]).toMatchObject({ startedAtMs: 1000, endedAtMs: 4000, worker: null, outcome: "stopped" });
  });

  it("have what the strategy noted and predicted, and why they failed; a job that runs has no end", async () => {
    const { disk, open } = timed();
    const study = await open({ strategy: { name: "bayesopt", options: { askEffort: 64 } } });
    const asked = Array.from({ length: 8 }, () => {
      const [job] = study.ask();
      study.tell(job!.id, (job!.config as { readonly x: number }).x);
      return job!;
    });
    const [failed] = study.ask();
    study.fail(failed!.id, "timeout");
    const [running] = study.ask();
    const { jobs } = readStudyOn(disk, folder);
    expect(jobs.map(({ note, prediction }) => ({ note, prediction }))).toEqual(
      [...asked, failed!, running!].map(({ note, prediction }) => ({ note, prediction })),
    );
    expect(jobs.some(({ prediction }) => prediction !== undefined)).toBe(true);
    expect(jobs.slice(-2)).toMatchObject([{ outcome: "timeout" }, { outcome: "running", endedAtMs: null }]);
  });

  it("that ran when the study was extended ended then, and those that run elsewhere continue", async () => {
    const { at, disk, open } = timed();
    const study = await open();
    study.observe({ x: 0.5 }, { status: "running", measurements: [], until: 1 });
    study.ask();
    study.close();
    at(9000);
    const wider = await open({ space: { x: real(0, 2) }, extend: true });
    const before = readStudyOn(disk, folder).jobs;
    expect(before).toMatchObject([
      { trial: 0, observed: true, outcome: "running", endedAtMs: null },
      { trial: 1, outcome: "ended", endedAtMs: 9000 },
    ]);
    wider.tell(wider.core.history.running[0]!.id, 1);
    expect(readStudyOn(disk, folder).jobs).toMatchObject([
      { trial: 0, outcome: "finished" },
      { trial: 1, outcome: "ended" },
    ]);
  });
});

describe("times", () => {
  it("of a trial begin when its first job was handed out, and end with its last one; pauses do not count", async () => {
    const { at, disk, open } = timed();
    const study = await open({ strategy: { name: "successiveHalving" }, fidelity: { unit: "epochs", min: 1, max: 9 } });
    at(1000);
    const jobs = study.ask({ want: 9 });
    expect(study.trials()[0]).toMatchObject({ startedAtMs: 1000, endedAtMs: null, durationSeconds: null, worker: null });
    at(4000);
    for (const job of jobs) study.tell(job.id, job.trial);
    expect(study.trials()[0]).toMatchObject({ startedAtMs: 1000, endedAtMs: 4000, durationSeconds: 3 });
    at(60_000);
    const [next] = study.ask();
    expect(study.trials()[next!.trial]).toMatchObject({ startedAtMs: 1000, endedAtMs: null, durationSeconds: 3 });
    storedOf(study).assign(next!.id, "gpu 1", 1);
    at(62_000);
    storedOf(study).assign(next!.id, "gpu 2", 2);
    at(62_500);
    study.tell(next!.id, 0);
    const expected = { startedAtMs: 1000, endedAtMs: 62_500, durationSeconds: 3.5, worker: "gpu 2" };
    expect(study.trials()[next!.trial]).toMatchObject(expected);
    expect(readStudyOn(disk, folder).trials).toEqual(study.trials());
    study.close();
    expect((await open({ strategy: { name: "successiveHalving" }, fidelity: { unit: "epochs", min: 1, max: 9 } })).trials()).toEqual(
      readStudyOn(disk, folder).trials,
    );
  });

  it("of an observed trial are unknown, and a clock that was set back gives no negative time", async () => {
    const { at, open } = timed();
    const study = await open();
    study.observe({ x: 0.5 }, 1);
    at(5000);
    const [job] = study.ask();
    at(2000);
    study.fail(job!.id, "threw");
    expect(study.trials()).toMatchObject([
      { startedAtMs: null, endedAtMs: null, durationSeconds: null },
      { startedAtMs: 5000, endedAtMs: 2000, durationSeconds: 0 },
    ]);
  });

  it("are those of the machine, also if optimize has a clock of its own", async () => {
    const { at, open } = timed();
    at(7000);
    const study = await open();
    await study.optimize(() => 1, { trials: 2, clock: { nowMs: () => 99, after: () => () => {} } });
    expect(study.trials()).toMatchObject([{ startedAtMs: 7000 }, { startedAtMs: 7000, endedAtMs: 7000 }]);
  });
});

describe("a worker", () => {
  it("can only take a job that runs", async () => {
    const study = await timed().open();
    const [job] = study.ask();
    study.tell(job!.id, 1);
    for (const id of [job!.id, 7 as never])
      expect(() => storedOf(study).assign(id, "one", 1)).toThrow(expect.objectContaining({ code: "unknownJob" }));
  });

  it("has a name, and attempts count from 1", async () => {
    const study = await timed().open();
    const [job] = study.ask();
    for (const [worker, attempt] of [
      ["", 1],
      ["one", 0],
      ["one", 1.5],
    ] as const)
      expect(() => storedOf(study).assign(job!.id, worker, attempt)).toThrow(expect.objectContaining({ code: "badRecord" }));
  });

  it("does not cost a sync", async () => {
    const syncs: string[] = [];
    const disk = faultyDisk(emptyDisk, ({ kind, path }) => {
      if (kind === "sync" && path === logFile) syncs.push(path);
      return null;
    });
    const study = await open(disk, optionsOf(random));
    const [job] = study.core.ask().jobs;
    const before = syncs.length;
    storedOf(study).assign(job!.id, "one", 1);
    expect(syncs.length).toBe(before);
    study.annotate(0, {});
    expect(syncs.length).toBe(before + 1);
  });
});

it("the end of a call of optimize is kept, and the last one counts", async () => {
  const { at, disk, open } = timed();
  const study = await open();
  expect(readStudyOn(disk, folder).ended).toBeNull();
  storedOf(study).end("trials", "All 3 trials have run.");
  at(5);
  storedOf(study).end("patience", "x".repeat(2000));
  expect(readStudyOn(disk, folder).ended).toEqual({ rule: "patience", reason: "x".repeat(1000), atMs: 5 });
});

it("a call of optimize that was killed is not taken for the one before it, which had ended", async () => {
  const { disk, open } = timed();
  const study = await open();
  await study.optimize(({ config }) => config.x, { trials: 3 });
  study.observe({ x: 0.5 }, 0.5);
  expect(readStudyOn(disk, folder).ended).toMatchObject({ rule: "trials" });
  study.ask();
  expect(readStudyOn(disk, folder).ended).toBeNull();
});

it("the records of the runtime decide nothing: without them, a study has the same state and the same next jobs", async () => {
  for (const subject of [random, hyperband]) {
    const disk = faultyDisk(emptyDisk);
    const study = await open(disk, { ...optionsOf(subject), snapshotEvery: Infinity });
    advance(study, 0, 60);
    const log = filesOf(disk.state())[logFile]!;
    const { state, next } = remainsOf(study, log);
    const lines = log.toString().trimEnd().split("\n");
    const texts = lines.map((line) => JSON.parse(line.slice(line.indexOf("{"))) as Json & { readonly kind?: string });
    const events = texts.filter(({ kind }) => !["annotated", "assigned", "ended"].includes(kind!));
    expect(texts.length - events.length).toBeGreaterThan(5);
    const bare = withFiles(disk.state(), { [logFile]: Buffer.concat(events.map((event, at) => encodeRecord(at, event))) });
    const { remains } = await resume(bare, optionsOf(subject), 0);
    expect([remains.state, remains.next]).toEqual([state, next]);
  }
});

describe("a log with", () => {
  it.each<readonly [string, OwnRecord]>([
    ["a note on a trial that never began", { kind: "annotated", trial: 99 as never, attributes: {}, atMs: 0 }],
    ["a worker of a job that does not run", { kind: "assigned", job: 99 as never, worker: "one", attempt: 1, atMs: 0 }],
    ["an end without a reason", { kind: "ended", rule: "trials", reason: "", atMs: 0 }],
  ])("%s is refused as corrupt, and is no TypeError", async (_name, record) => {
    const disk = faultyDisk(emptyDisk);
    advance(await open(disk, optionsOf(random)), 0, 6);
    const left = withFiles(disk.state(), { [logFile]: Buffer.concat([filesOf(disk.state())[logFile]!, encodeRecord(7, record)]) });
    expect(() => readStudyOn(faultyDisk(left), folder)).toThrow(expect.objectContaining({ code: "corrupt" }));
    await expect(open(faultyDisk(left), optionsOf(random))).rejects.toMatchObject({ code: "corrupt" });
  });
});
