import { resolve } from "node:path";
import { type Json, real } from "@caviar-hpo/core";
import { createStrategy, findStrategy } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { advance, folder, lightSubjects, logFile, machineOf, modelSubjects, open, optionsOf } from "../../testing/durableRun.ts";
import { type DiskState, emptyDisk, faultyDisk, filesOf, withFiles } from "../testing/faultyDisk.ts";
import { openStudyOn } from "./openStudy.ts";
import { decodeRecord, encodeRecord } from "./record.ts";
import { verifyStudyOn } from "./verifyStudy.ts";

/** The same state, with one record of the log changed. */
function changed(state: DiskState, file: string, change: (record: { [key: string]: Json }) => Json | null): DiskState {
  let changes = 0;
  const lines = filesOf(state)[file]!.toString().trimEnd().split("\n");
  const records = lines.map((line) => {
    const { sequence, text } = decodeRecord(Buffer.from(`${line}\n`))!;
    const other = changes > 0 ? null : change(JSON.parse(String(text)));
    if (other !== null) changes++;
    return encodeRecord(sequence, other ?? JSON.parse(String(text)));
  });
  expect(changes).toBe(1);
  return withFiles(state, { [file]: Buffer.concat(records) });
}

describe("a verification", () => {
  it.each([...lightSubjects, ...modelSubjects])("of a study of $name finds it sound, and writes nothing", async (subject) => {
    const disk = faultyDisk(emptyDisk);
    const study = await open(disk, optionsOf(subject));
    advance(study, 0, 24);
    const before = filesOf(disk.state());
    const report = verifyStudyOn(disk, folder);
    expect(report).toMatchObject({
      events: expect.any(Number) as number,
      trials: study.trials().length,
      tornBytes: 0,
      snapshots: { ignored: [] },
      checkpoints: { damaged: [] },
    });
    expect(report.events).toBeGreaterThan(12);
    expect(report.snapshots.good.length).toBeGreaterThan(0);
    expect(filesOf(disk.state())).toEqual(before);
  });

  it("replays what lies before a snapshot, which opening a study does not", async () => {
    const disk = faultyDisk(emptyDisk);
    const study = await open(disk, optionsOf(lightSubjects[0]!));
    advance(study, 0, 24);
    study.close();
    const state = changed(disk.state(), logFile, (record) => {
      const jobs = record.jobs as readonly { readonly config: { readonly learningRate: number } }[] | undefined;
      return jobs === undefined ? null : { ...record, jobs: jobs.map((job) => ({ ...job, config: { ...job.config, learningRate: 0.5 } })) };
    });
    expect(() => verifyStudyOn(faultyDisk(state), folder)).toThrow(/event 0 of the log/);
  });
});

describe("a verification of an extended study", () => {
  const place = resolve("/extended");
  async function extended(): Promise<DiskState> {
    const disk = faultyDisk(emptyDisk);
    for (const [pid, high] of [
      [1, 1],
      [2, 2],
    ] as const) {
      const options = { space: { x: real(0, high) }, strategy: "random", extend: true } as const;
      const study = await openStudyOn({ disk, machine: machineOf(pid) }, place, options);
      await study.optimize(({ config }) => config.x, { trials: 4 * pid });
      study.close();
    }
    return disk.state();
  }

  it("finds it sound", async () => {
    expect(verifyStudyOn(faultyDisk(await extended()), place)).toMatchObject({ trials: 8 });
  });

  it.each([1, 6])("finds a changed answer about trial %d, in the era before the extension or after it", async (trial) => {
    const state = changed(await extended(), resolve(place, "log"), (record) => {
      const jobs = record.jobs as readonly { readonly trial: number; readonly config: object }[] | undefined;
      return jobs?.[0]?.trial === trial ? { ...record, jobs: jobs.map((job) => ({ ...job, config: { x: 0.5 } })) } : null;
    });
    expect(() => verifyStudyOn(faultyDisk(state), place)).toThrow(expect.objectContaining({ code: "diverged" }));
  });
});

describe("the strategy of somebody's own", () => {
  it("is verified by its card, and is named where the card is not known", async () => {
    const disk = faultyDisk(emptyDisk);
    const card = { ...findStrategy("random"), name: "mine", create: () => ({ ...createStrategy("random"), name: "mine" }) };
    const study = await openStudyOn({ disk, machine: machineOf(1) }, folder, { space: { x: real(0, 1) }, strategy: { card } });
    await study.optimize(({ config }) => config.x, { trials: 3 });
    study.close();
    expect(() => verifyStudyOn(disk, folder)).toThrow(expect.objectContaining({ code: "unknownStrategy", got: '"mine"' }));
    expect(verifyStudyOn(disk, folder, { strategies: [card] })).toMatchObject({ trials: 3 });
  });
});
