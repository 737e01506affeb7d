/** Row A10 of the fault matrix: one process writes at a time, whatever becomes of the others. Each test starts real processes. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { real } from "@caviar-hpo/tune";
import { afterEach, describe, expect, it } from "vitest";
import { type Child, startChild } from "../../testing/children.ts";
import { thisMachine } from "./machine.ts";
import { nodeDisk } from "./nodeDisk.ts";
import { openStudy, openStudyOn } from "./openStudy.ts";
import { readStudy } from "./readStudy.ts";

const options = { space: { learningRate: real(0, 1) }, strategy: "random" } as const;
const folders: string[] = [];
const children: Child[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) await child.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "caviar-lock-"));
  folders.push(folder);
  return folder;
}

function start(folder: string, change: object = {}, spawning: Parameters<typeof startChild>[1] = {}): Child {
  const child = startChild([folder, JSON.stringify({ ...options, ...change })], spawning);
  children.push(child);
  return child;
}

async function opened(folder: string, change: object = {}): Promise<Child> {
  const child = start(folder, change);
  expect(await child.line()).toBe("open");
  return child;
}

/** Opens, counts the events, closes. */
async function eventsIn(folder: string): Promise<number> {
  const study = await openStudy(folder, options);
  study.close();
  return readFileSync(join(folder, "log"), "utf8").split("\n").length - 2;
}

const locksIn = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.startsWith("lock-"));

function writeLock(folder: string, change: object): void {
  writeFileSync(join(folder, "lock-other"), JSON.stringify({ ...thisMachine().self, ...change }));
}

describe("a process that has a study open", () => {
  it("keeps others from writing, and not from reading", async () => {
    const folder = newFolder();
    const child = await opened(folder);
    expect(await child.ask("step")).toBe("event");
    await expect(openStudy(folder, options)).rejects.toMatchObject({
      code: "locked",
      got: expect.stringContaining(`process ${child.process.pid} of`),
    });
    expect(readStudy(folder).trials).toHaveLength(1);
    expect(await child.ask("close")).toBe("closed");
    expect(await eventsIn(folder)).toBe(1);
    expect(locksIn(folder)).toEqual([]);
  });

  it("leaves no lock behind when it is killed", async () => {
    const folder = newFolder();
    const child = await opened(folder);
    await child.ask("step");
    await child.kill("SIGKILL");
    expect(locksIn(folder)).toHaveLength(1);
    expect(await eventsIn(folder)).toBe(1);
    expect(locksIn(folder)).toEqual([]);
  });

  it("in the same process is told apart", async () => {
    const folder = newFolder();
    const study = await openStudy(folder, options);
    await expect(openStudy(folder, options)).rejects.toMatchObject({ code: "locked", remedy: "Close it first." });
    study.close();
    expect(await eventsIn(folder)).toBe(0);
  });

  it("is found by a relative path, an absolute one and a link alike", async () => {
    const folder = newFolder();
    const inner = join(folder, "runs", "digits");
    const child = start(join("runs", "digits"), {}, { cwd: folder });
    expect(await child.line()).toBe("open");
    await child.ask("step");
    symlinkSync(inner, join(folder, "link"));
    for (const path of [inner, relative(process.cwd(), inner), join(folder, "link")])
      await expect(openStudy(path, options)).rejects.toMatchObject({ code: "locked" });
    await child.kill("SIGKILL");
    expect(await eventsIn(relative(process.cwd(), inner))).toBe(1);
  });
});

describe("a lock", () => {
  it.runIf(process.platform === "linux")("of an ended process whose number another one has is free", async () => {
    const folder = newFolder();
    writeLock(folder, { started: "1" });
    expect(await eventsIn(folder)).toBe(0);
  });

  it("of another machine holds until it is taken over", async () => {
    const folder = newFolder();
    writeLock(folder, { host: "elsewhere", pid: 1 });
    await expect(openStudy(folder, options)).rejects.toMatchObject({ code: "locked", remedy: expect.stringMatching(/takeOver: true/) });
    const study = await openStudy(folder, { ...options, takeOver: true });
    study.ask();
    study.close();
    expect(await eventsIn(folder)).toBe(1);
  });

  it("in a folder without the right to write is refused, and the study can be read", async () => {
    const folder = newFolder();
    const child = await opened(folder);
    await child.ask("step");
    await child.ask("close");
    chmodSync(folder, 0o555);
    const root = process.getuid?.() === 0;
    const reader = start(folder, {}, root ? { uid: 65534, gid: 65534 } : {});
    expect(await reader.line()).toBe("refused diskFailed");
    expect(readStudy(folder).trials).toHaveLength(1);
    chmodSync(folder, 0o755);
  });
});

describe("a paused process", () => {
  it("keeps its lock, and can write no more once it was taken over", async () => {
    const folder = newFolder();
    const paused = await opened(folder);
    await paused.ask("step");
    paused.process.kill("SIGSTOP");
    await expect(openStudy(folder, options)).rejects.toMatchObject({ code: "locked" });
    const study = await openStudy(folder, { ...options, takeOver: true });
    study.tell(study.core.history.running[0]!.id, 1);
    paused.process.kill("SIGCONT");
    expect(await paused.ask("step")).toBe("failed takenOver");
    expect(await paused.ask("step")).toBe("failed brokenStudy");
    expect(await paused.ask("close")).toBe("closed");
    study.ask();
    study.close();
    expect(await eventsIn(folder)).toBe(3);
  });
});

describe("waiting processes", () => {
  it("get the study one after the other when its owner is killed", async () => {
    const folder = newFolder();
    const owner = await opened(folder);
    await owner.ask("step");
    const waiting = [1, 2].map(() => start(folder, { waitSeconds: 600 }));
    const lines = waiting.map((child) => child.line());
    await owner.kill("SIGKILL");
    const first = await Promise.race(lines.map(async (line, index) => ({ index, line: await line })));
    expect(first.line).toBe("open");
    const [holder, other] = first.index === 0 ? waiting : [waiting[1]!, waiting[0]!];
    expect(locksIn(folder).length).toBeGreaterThanOrEqual(1);
    expect(await holder!.ask("step")).toBe("event");
    expect(await holder!.ask("close")).toBe("closed");
    expect(await lines[1 - first.index]).toBe("open");
    expect(await other!.ask("step")).toBe("event");
    await other!.ask("close");
    expect(await eventsIn(folder)).toBe(3);
  });

  it("that come at the same time to the lock of an ended process all get their turn, and no event is lost", async () => {
    const folder = newFolder();
    writeLock(folder, { pid: 2 ** 22 + 1 });
    const racing = [1, 2, 3].map(() => start(folder, { waitSeconds: 600 }));
    await Promise.all(
      racing.map(async (child) => {
        expect(await child.line()).toBe("open");
        for (let step = 0; step < 4; step++) expect(await child.ask("step")).toBe("event");
        expect(await child.ask("close")).toBe("closed");
      }),
    );
    expect(await eventsIn(folder)).toBe(12);
  });
});

it("leaves the file that another process is about to name as its lock, and removes that of an ended one", async () => {
  const folder = newFolder();
  const [running, ended, cut] = ["lock-running.tmp", "lock-ended.tmp", "lock-cut.tmp"].map((name) => join(folder, name));
  writeFileSync(running!, JSON.stringify(thisMachine().self));
  writeFileSync(ended!, JSON.stringify({ ...thisMachine().self, pid: 2 ** 22 + 1 }));
  writeFileSync(cut!, "{");
  (await openStudy(folder, options)).close();
  const left = readdirSync(folder).filter((name) => name.startsWith("lock-"));
  expect(left.sort()).toEqual(["lock-cut.tmp", "lock-running.tmp"]);
});

it("finds a machine that takes every owner for ended", async () => {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  const study = await openStudy(folder, options);
  const planted = { ...thisMachine(), processOf: () => ({ running: false, started: null }) };
  const second = await openStudyOn({ disk: nodeDisk, machine: planted }, folder, options);
  second.ask();
  expect(() => study.ask()).toThrow(expect.objectContaining({ code: "takenOver" }));
  second.close();
  study.close();
});
