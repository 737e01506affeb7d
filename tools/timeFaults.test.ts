/** The verdict of a test does not depend on how fast the machine is: its time limits only catch hangs. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { timeFaults } from "./timeFaults.ts";
import { workspaceRoot } from "./workspace.ts";

/** Their examples have the faults that they are about. */
const planted = ["tools/timeFaults.test.ts", "tools/lint.test.ts"];

describe("the tests", () => {
  const patterns = ["*.test.ts", "*.fixture.ts", "packages/*/testing/**/*.ts"];
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...patterns], {
    cwd: workspaceRoot,
    encoding: "utf8",
  });
  const files = [...new Set(listed.split("\0"))].filter(
    (file) => file !== "" && !planted.includes(file) && existsSync(join(workspaceRoot, file)),
  );

  it("have generous time limits, and no clock or heap decides them", () => {
    expect(files.length).toBeGreaterThan(300);
    const faults = files.flatMap((file) => timeFaults(readFileSync(join(workspaceRoot, file), "utf8")).map((fault) => `${file}: ${fault}`));
    expect(faults).toEqual([]);
  });
});

describe("reading a test", () => {
  it.each<readonly [string, string]>([
    ["a limit as last argument", 'it("ends", () => {\n  work();\n}, 60_000);'],
    ["a limit within a suite", 'describe("it", () => {\n  test("ends", async () => {\n    await work();\n  }, 500);\n});'],
    ["a limit on a line of its own", 'test.each([1, 2])(\n  "ends with %d",\n  () => {\n    work();\n  },\n  30000,\n);'],
    ["a limit of a hook", "beforeAll(async () => {\n  await work();\n}, 599_999);"],
    ["a limit by name", 'it("ends", { timeout: 5000 }, () => {});'],
    ["a limit of a configuration", "vi.setConfig({ testTimeout: 5_000 });"],
    ["a limit of a child process", 'spawnSync("node", [file], { timeout: 10_000 });'],
    ["a duration", "const before = performance.now();"],
    ["a duration by the wall clock", "expect(Date.now() - before).toBeLessThan(100);"],
    ["a duration in nanoseconds", "const before = process.hrtime.bigint();"],
    ["a property that stops after some time", "fc.assert(property, { interruptAfterTimeLimit: 1e9 });"],
    ["a signal after some time", "await fetchAll(AbortSignal.timeout(900_000));"],
    ["the heap before it is collected", "const { heapUsed } = process.memoryUsage();"],
    ["the memory of the process", "expect(process.memoryUsage().rss).toBeLessThan(1e9);"],
  ])("finds %s", (_what, text) => {
    expect(timeFaults(text)).toHaveLength(1);
  });

  it.each<readonly [string, string]>([
    ["a generous limit", 'it("ends", () => {\n  work();\n}, 1_200_000);'],
    ["a number that is no limit", "const values = Array.from({ length: 3 }, () => {\n  return 1;\n}, 8);"],
    ["simulated time", "await drive(study, evaluate, { timeoutSeconds: 5, clock });"],
    ["a virtual clock", "expect(clock.nowMs()).toBe(5000);"],
    ["a seed from the clock", "const seed = process.env.CAVIAR_PEERS_SEED ?? String(Date.now());"],
    ["another seed from the clock", "const seed = Number(process.env.CAVIAR_PEERS_SEED ?? Date.now() % 1e9);"],
    ["a wait", "await new Promise((resolve) => setTimeout(resolve, 2));"],
    ["bytes that are counted exactly", "const before = process.memoryUsage().arrayBuffers;"],
  ])("accepts %s", (_what, text) => {
    expect(timeFaults(text)).toEqual([]);
  });
});
