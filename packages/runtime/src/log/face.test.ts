/** A durable study offers what a study in memory offers. */
import { createStudy, type Ending, type Progress, real, toTable } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { folder, machineOf } from "../../testing/durableRun.ts";
import { emptyDisk, faultyDisk } from "../testing/faultyDisk.ts";
import type { Disk } from "./disk.ts";
import { type DurableStudy, type OpenStudyOptions, openStudyOn } from "./openStudy.ts";
import { readStudyOn } from "./readStudy.ts";

const space = { learningRate: real(0, 1) };
type C = { readonly learningRate: number };

function open(disk: Disk, options: Partial<OpenStudyOptions<typeof space>> = {}): Promise<DurableStudy<C>> {
  return openStudyOn({ disk, machine: machineOf(1) }, folder, { space, strategy: "sobol", seed: 1, ...options });
}

describe("a durable study", () => {
  it("takes the trials of an earlier study once, however often it is opened", async () => {
    const earlier = createStudy({ space, strategy: "random" });
    await earlier.optimize(({ config }) => config.learningRate, { trials: 6 });
    const disk = faultyDisk(emptyDisk);
    for (const trials of [2, 4]) {
      const study = await open(disk, { warmStart: earlier.core.history });
      await study.optimize(({ config }) => config.learningRate, { trials });
      expect([study.core.started, study.trials().length]).toEqual([trials, 6 + trials]);
      study.close();
    }
  });

  it("ends by time and by patience without being given a clock, and its log says so", async () => {
    const disk = faultyDisk(emptyDisk);
    const study = await open(disk);
    const endings: Ending[] = [];
    const seen: Progress<C>[] = [];
    await study.optimize(() => 1, {
      maxSeconds: 3600,
      patience: 3,
      onEnd: (ending) => endings.push(ending),
      onProgress: (one) => seen.push({ ...one }),
    });
    expect(endings).toEqual([{ rule: "patience", reason: "3 trials in a row gained nothing." }]);
    expect(seen.at(-1)).toMatchObject({ trials: 4, finished: 4, running: 0, failed: 0 });
    expect(study.core.started).toBe(4);
    study.close();
  });

  it("shows its trials as a table, in use and when it is read", async () => {
    const disk = faultyDisk(emptyDisk);
    const study = await open(disk);
    const [job] = study.ask();
    study.fail(job!.id, "threw", "no data");
    await study.optimize(({ config }) => config.learningRate, { trials: 3 });
    const table = toTable(study);
    expect(table.map(({ status, error }) => [status, error])).toEqual([
      ["failed", "no data"],
      ["finished", null],
      ["finished", null],
    ]);
    expect(table.every(({ seconds }) => seconds === null || seconds >= 0)).toBe(true);
    study.close();
    expect(toTable(readStudyOn(disk, study.folder))).toEqual(table);
  });
});
