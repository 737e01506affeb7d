import { describe, expect, it } from "vitest";
import { type DiskFault, emptyDisk, faultyDisk, filesOf } from "../testing/faultyDisk.ts";
import { checkedDisk } from "./checkedDisk.ts";
import { openLogFile } from "./logFile.ts";

const fresh = { records: 0, checksum: 0 };

it.each<readonly [string, string, DiskFault]>([
  ["a write", "append", { kind: "error", code: "ENOSPC", bytes: 3 }],
  ["a sync", "sync", { kind: "error", code: "EIO" }],
])("after %s that failed, a log takes no more records, and no sync", (_name, kind, fault) => {
  let failures = 0;
  const disk = faultyDisk(emptyDisk, (operation) => (operation.kind === kind && failures++ === 0 ? fault : null));
  const log = openLogFile(checkedDisk(disk), "/log", fresh, "event");
  expect(() => log.append(1)).toThrow(expect.objectContaining({ code: "diskFailed" }));
  const size = filesOf(disk.state())["/log"]!.length;
  for (const act of [() => log.append(2), () => log.sync()]) expect(act).toThrow(expect.objectContaining({ code: "brokenLog" }));
  log.close();
  expect(filesOf(disk.state())["/log"]!.length).toBe(size);
  expect([log.records, log.checksum]).toEqual([0, 0]);
});

it("a log that syncs when it is closed has all records then, and only then", () => {
  const disk = faultyDisk(emptyDisk);
  const log = openLogFile(checkedDisk(disk), "/log", fresh, "close");
  log.append({ kind: "asked" });
  expect(disk.state().pending.some((change) => change.kind === "append")).toBe(true);
  log.close();
  expect(disk.state().pending.some((change) => change.kind === "append")).toBe(false);
});

describe("a log that syncs its records in groups", () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it("syncs once for all records of a turn, at its end", async () => {
    let syncs = 0;
    const disk = faultyDisk(emptyDisk, ({ kind }) => {
      if (kind === "sync") syncs++;
      return null;
    });
    const log = openLogFile(checkedDisk(disk), "/log", fresh, "group");
    for (const expected of [1, 2]) {
      for (let record = 0; record < 5; record++) log.append(record);
      expect(syncs).toBe(expected - 1);
      await turn();
      expect(syncs).toBe(expected);
      expect(disk.state().pending.some((change) => change.kind === "append")).toBe(false);
    }
    log.append(10);
    log.close();
    expect(syncs).toBe(3);
    await turn();
    expect(syncs).toBe(3);
  });

  it("takes no more records once such a sync has failed, and does not end the process", async () => {
    const disk = faultyDisk(emptyDisk, ({ kind }) => (kind === "sync" ? { kind: "error", code: "EIO" } : null));
    const log = openLogFile(checkedDisk(disk), "/log", fresh, "group");
    log.append(1);
    await turn();
    expect(() => log.append(2)).toThrow(expect.objectContaining({ code: "brokenLog" }));
    log.close();
  });
});
