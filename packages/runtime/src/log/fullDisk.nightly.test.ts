/**
 * Row A5 of the fault matrix on a real disk: a file system of 64 kB in memory (tmpfs) fills up while a study runs on it. Only root on Linux
 * can mount one. Elsewhere the tests are skipped, and say so.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JournalError } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import { advance, hyperband, machineOf, optionsOf, type Remains, random, remainsOf, type Subject } from "../../testing/durableRun.ts";
import { emptyDisk, faultyDisk, filesOf } from "../testing/faultyDisk.ts";
import { nodeDisk } from "./nodeDisk.ts";
import { type DurableStudy, openStudyOn } from "./openStudy.ts";
import { readStudy } from "./readStudy.ts";

/** Mounts a file system of 64 kB. Gives the reason if it cannot. */
function mount(): { readonly path: string; unmount(): void } | string {
  const path = mkdtempSync(join(tmpdir(), "caviar-tmpfs-"));
  const { status, error, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", path], { encoding: "utf8" });
  if (status === 0)
    return {
      path,
      unmount: () => {
        // Lazily: the studies that failed still have their files open.
        spawnSync("umount", ["--lazy", path]);
        rmdirSync(path);
      },
    };
  rmdirSync(path);
  return `no tmpfs can be mounted: ${error?.message ?? stderr.trim()}`;
}

let processes = 1;

/** Opens the study in another process. */
function open(folder: string, subject: Subject): Promise<DurableStudy<unknown>> {
  return openStudyOn({ disk: nodeDisk, machine: machineOf(processes++) }, folder, optionsOf(subject));
}

function recordsIn(folder: string): number {
  return readFileSync(join(folder, "log"), "latin1").split("\n").length - 2;
}

/** What the first `records` records leave on a disk that never fills up. */
async function undisturbed(subject: Subject, records: number): Promise<Remains> {
  const disk = faultyDisk(emptyDisk);
  const study = await openStudyOn({ disk, machine: machineOf(processes++) }, "/study", optionsOf(subject));
  advance(study, 0, records);
  const [log] = Object.entries(filesOf(disk.state())).flatMap(([path, bytes]) => (path.endsWith("log") ? [bytes] : []));
  return remainsOf(study, log!);
}

test.each([
  { subject: random, taken: 20_000 },
  { subject: random, taken: 28_000 },
  { subject: random, taken: 36_001 },
  { subject: hyperband, taken: 16_000 },
  { subject: hyperband, taken: 38_000 },
])(
  "$subject.name ends with a typed error on a disk of which another program takes $taken bytes, and continues when there is space",
  async ({ subject, taken }) => {
    const mounted = mount();
    if (typeof mounted === "string") {
      console.warn(mounted);
      return;
    }
    try {
      const filler = join(mounted.path, "filler");
      const folder = join(mounted.path, "study");
      writeFileSync(filler, Buffer.alloc(taken));
      const first = await open(folder, subject);
      const failed = await caught(() => advance(first, 0, 10_000));
      expect(failed).toBeInstanceOf(JournalError);
      expect(failed).toMatchObject({ code: "diskFailed", got: expect.stringContaining("ENOSPC") as string });
      expect(() => first.core.ask()).toThrow();
      const whole = recordsIn(folder);
      expect(whole).toBeGreaterThan(20);
      expect(readStudy(folder).trials.length).toBeGreaterThan(0);
      expect(await caught(async () => advance(await open(folder, subject), whole, 10_000))).toMatchObject({ code: "diskFailed" });

      rmSync(filler);
      const again = await open(folder, subject);
      const kept = recordsIn(folder);
      expect(kept).toBeGreaterThanOrEqual(whole);
      advance(again, kept, kept + 40);
      expect(remainsOf(again, readFileSync(join(folder, "log")))).toEqual(await undisturbed(subject, kept + 40));
      again.close();
    } finally {
      mounted.unmount();
    }
  },
);

async function caught(act: () => unknown): Promise<unknown> {
  try {
    await act();
  } catch (error) {
    return error;
  }
  return null;
}
