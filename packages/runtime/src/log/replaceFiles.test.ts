/** Whatever the disk does, a folder of files has its old files or its new ones, and each of them is whole. */
import { describe, expect, it } from "vitest";
import {
  afterKill,
  afterPowerLoss,
  Crash,
  type DiskFault,
  type DiskState,
  emptyDisk,
  type FaultyDisk,
  faultyDisk,
  filesOf,
  pendingChanges,
  withFiles,
} from "../testing/faultyDisk.ts";
import type { Disk } from "./disk.ts";
import { type OwnedFiles, replaceFiles } from "./replaceFiles.ts";

const owned: OwnedFiles = { folders: [".", "fig"], belongs: (name) => name === "page" || name.startsWith("fig/") };
const bytes = (text: string): Uint8Array => Buffer.from(text);
const newFiles = [
  { name: "page", content: bytes("the new page") },
  { name: "fig/a", content: bytes("the new a") },
  { name: "fig/new", content: bytes("a new figure") },
  { name: "fig/empty", content: bytes("") },
];
const others = { "/r/plan": "the plan", "/r/notes.old.tmp": "of the user" };
const before = { ...others, "/r/page": "the old page", "/r/fig/a": "the old a", "/r/fig/stale": "an old figure" };
const after = { ...others, "/r/page": "the new page", "/r/fig/a": "the new a", "/r/fig/new": "a new figure", "/r/fig/empty": "" };

const start: DiskState = withFiles(emptyDisk, Object.fromEntries(Object.entries(before).map(([path, text]) => [path, bytes(text)])));

function write(disk: Disk): void {
  replaceFiles(disk, "/r", newFiles, owned);
}

function textsOn(state: DiskState): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(filesOf(state)).map(([path, content]) => [path, content.toString()]));
}

/** The operations of a call without a fault. */
const operations = ((): number => {
  let count = 0;
  write(
    faultyDisk(start, () => {
      count++;
      return null;
    }),
  );
  return count;
})();

function at(fault: DiskFault, point: number): FaultyDisk {
  return faultyDisk(start, (_, index) => (index === point ? fault : null));
}

const points = Array.from({ length: operations }, (_, point) => point);

describe("replaceFiles", () => {
  it("writes the new files, deletes the old ones that belong to them, and leaves others alone", () => {
    const disk = faultyDisk(start);
    write(disk);
    expect(textsOn(disk.state())).toEqual(after);
    expect(textsOn(afterPowerLoss(disk.state(), () => 0))).toMatchObject({ "/r/page": "the new page", "/r/fig/a": "the new a" });
    expect(operations).toBe(30);
  });

  it.each(["ENOSPC", "EIO"])("leaves the old files as they were if any operation fails with %s, and says so", (code) => {
    for (const point of points) {
      const disk = at({ kind: "error", code }, point);
      let thrown: unknown;
      try {
        write(disk);
      } catch (error) {
        thrown = error;
      }
      // The last operations only delete copies.
      if (thrown === undefined) expect(textsOn(disk.state())).toMatchObject(after);
      else {
        expect(thrown).toMatchObject({ code });
        expect(textsOn(disk.state()), `operation ${point}`).toEqual(before);
      }
    }
  });

  it("leaves the old files as they were on a disk that stays full", () => {
    for (const point of points) {
      const disk = faultyDisk(start, ({ kind }, index) => (index >= point && kind === "append" ? { kind: "error", code: "ENOSPC" } : null));
      try {
        write(disk);
        expect(textsOn(disk.state())).toEqual(after);
      } catch {
        expect(textsOn(disk.state()), `operation ${point}`).toEqual(before);
      }
    }
  });

  it("has whole files after a crash and a power loss at any operation, and the next call ends with the new ones", () => {
    let states = 0;
    for (const point of points) {
      for (const when of ["before", "after"] as const) {
        const disk = at({ kind: "crash", when }, point);
        try {
          write(disk);
        } catch (error) {
          expect(error).toBeInstanceOf(Crash);
        }
        const count = pendingChanges(disk.state());
        const losses = [() => 0, () => 1, ...Array.from({ length: count }, (_, lost) => (change: number) => (change === lost ? 0 : 1))];
        for (const state of [afterKill(disk.state()), ...losses.map((survives) => afterPowerLoss(disk.state(), survives))]) {
          const texts = textsOn(state);
          for (const path of ["/r/page", "/r/fig/a", "/r/fig/stale", "/r/fig/new", "/r/fig/empty"] as const) {
            const allowed = [before, after].map((files) => (files as { readonly [path: string]: string })[path]);
            expect(allowed, `${path} after operation ${point}`).toContain(texts[path]);
          }
          const next = faultyDisk(state);
          write(next);
          expect(textsOn(next.state())).toEqual(after);
          states++;
        }
      }
    }
    expect(states).toBeGreaterThan(300);
  });

  it("makes the folders that it needs, and writes nothing where it cannot", () => {
    const disk = faultyDisk(emptyDisk);
    write(disk);
    expect(Object.keys(textsOn(disk.state()))).toHaveLength(4);
  });
});
