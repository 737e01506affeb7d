import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type Identity, isRunning, type Machine, thisMachine } from "./machine.ts";

const self: Identity = { pid: 10, started: "500", host: "here", bootId: "boot", pidNamespace: "pid:[1]" };

/** A machine on which only the process 20 runs besides this one, since tick 700. */
const machine: Machine = {
  self,
  nowMs: () => 0,
  processOf: (pid) => ({ running: pid === 10 || pid === 20, started: pid === 20 ? "700" : "500" }),
};

describe("whether the owner of a lock runs", () => {
  it.each<readonly [string, Partial<Identity>, boolean | null]>([
    ["it runs", { pid: 20, started: "700" }, true],
    ["it has ended", { pid: 30 }, false],
    ["another process has its number now", { pid: 20, started: "600" }, false],
    ["it runs, and when it started is not known", { pid: 20, started: null }, true],
    ["the machine was started again", { pid: 20, started: "700", bootId: "earlier" }, false],
    ["it is on another machine", { pid: 30, host: "there" }, null],
    ["it is in another container", { pid: 30, pidNamespace: "pid:[2]" }, null],
    ["the machine was started again, and containers count from the start", { pid: 30, pidNamespace: "pid:[2]", bootId: "earlier" }, false],
    ["this machine does not tell when it was started", { pid: 20, started: "700", bootId: null }, true],
  ])("%s", (_name, other, expected) => {
    expect(isRunning(machine, { ...self, ...other })).toBe(expected);
  });
});

describe("this machine", () => {
  it("knows that this process runs", () => {
    const here = thisMachine();
    expect(here.self.pid).toBe(process.pid);
    expect(isRunning(here, here.self)).toBe(true);
    expect(here.self.host.length).toBeGreaterThan(0);
  });

  it("knows that a process has ended", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    expect(thisMachine().processOf(pid).running).toBe(false);
  });

  it("knows when a process started, on Linux", () => {
    expect(thisMachine().self.started).toEqual(process.platform === "linux" ? expect.stringMatching(/^\d+$/) : null);
  });
});
