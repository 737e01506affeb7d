/** caviar bench as a process with several workers: the same bytes as with one, whatever happens to it. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, run, start } from "../testing/caviar.ts";
import { lastingContentsOf as contentsOf, folders } from "../testing/folders.ts";

const { next: newFolder, remove } = folders("workers-");
afterAll(remove);

const quick = [
  { name: "random" },
  { label: "random x2", name: "random", evaluationsPerStep: 2 },
  { name: "coarseToFine", options: { trials: "budget" } },
];
const dear = { name: "bayesopt", options: { askEffort: 64 } };

/** A plan, and what one worker makes of it. */
function campaign(change: object): { readonly path: string; readonly folder: string; readonly alone: () => Ended } {
  const path = join(newFolder(), "plan.json");
  const noise = { model: "additive", sd: 0.1 };
  writeFileSync(path, JSON.stringify({ name: "tiny", seeds: { count: 2 }, budget: 14, initialPoints: 2, noise, ...change }));
  const folder = newFolder();
  let ended: Ended;
  beforeAll(async () => {
    ended = await run(bench(path, 1), { cwd: folder });
    expect(ended).toMatchObject({ code: 0, signal: null });
  });
  return { path, folder, alone: () => ended };
}

function bench(path: string, workers: number): readonly string[] {
  return ["bench", "--plan", path, "--out", "out", "--workers", String(workers)];
}

const isProgress = (line: string): boolean => /^ *\d+\/\d+ runs, /.test(line);
const lastWords = (stderr: string): readonly string[] => stderr.split("\n").filter((line) => line !== "" && !isProgress(line));

describe("a campaign", () => {
  const { path, folder, alone } = campaign({ strategies: [...quick, dear], problems: ["branin", "bbob-f8-d2-i{seed}"] });

  test.each([2, 4])("prints and writes with %d workers what it does with one", async (workers) => {
    const among = newFolder();
    const { code, stdout, stderr } = await run(bench(path, workers), { cwd: among });
    expect({ code, stdout, words: lastWords(stderr) }).toEqual({ code: 0, stdout: alone().stdout, words: [] });
    expect(contentsOf(among)).toEqual(contentsOf(folder));
    const counted = stderr
      .split("\n")
      .filter(isProgress)
      .map((line) => Number.parseInt(line, 10));
    expect(counted).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
  });

  test("that counts resource prints and writes the same with any number of workers too", async () => {
    const spending = join(newFolder(), "plan.json");
    const strategies = [{ name: "random" }, { name: "hyperband" }, { name: "asha" }, { name: "bohb" }];
    const problems = ["curves-diverging-branin", "counting-ones-c2-r2"];
    const budget = { fullTrainings: 4, points: 12, workers: 3, stragglerSigma: 0.5 };
    writeFileSync(spending, JSON.stringify({ name: "tiny", seeds: { count: 2 }, budget, strategies, problems }));
    const [one, three] = [newFolder(), newFolder()];
    const first = await run(bench(spending, 1), { cwd: one });
    expect(first.stderr).toContain("hyperband, bohb on curves-diverging-branin:\n  1 to 81 epoch, eta 3, algorithm1: trials x epoch\n");
    expect(await run(bench(spending, 3), { cwd: three })).toMatchObject({ code: 0, stdout: first.stdout });
    expect(contentsOf(three)).toEqual(contentsOf(one));
  });

  test("has no more workers than runs are missing", async () => {
    const among = newFolder();
    cpSync(folder, among, { recursive: true });
    rmSync(join(among, "out", "runs", "branin", "random", "2.jsonl"));
    const { code, stdout } = await run(bench(path, 256), { cwd: among });
    expect({ code, stdout }).toEqual({ code: 0, stdout: alone().stdout });
    expect(contentsOf(among)).toEqual(contentsOf(folder));
  });
});

test("a campaign that is started twice in one folder is refused the second time, and the first one is not disturbed", async () => {
  const cwd = newFolder();
  const path = join(newFolder(), "plan.json");
  writeFileSync(path, JSON.stringify({ name: "endless", seeds: { count: 100_000 }, budget: 20, strategies: [dear], problems: ["branin"] }));
  const first = start(bench(path, 2), { cwd });
  const runs = join(cwd, "out", "runs");
  while (first.child.exitCode === null && !existsSync(runs)) await new Promise((resolve) => setTimeout(resolve, 5));
  const { code, stdout, stderr } = await run(bench(path, 1), { cwd });
  expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
  expect(lastWords(stderr)[0]).toMatch(/^campaign out$/);
  expect(first.child.exitCode).toBeNull();
  first.child.kill("SIGKILL");
  await first.ended;
});

describe("the error of a run names its cell, the earliest in the plan's order with any number of workers, and the folder can be continued", () => {
  const { path, folder, alone } = campaign({ strategies: quick, problems: ["branin", "bbob-f8-d2-i{seed}"] });

  const broken: readonly (readonly [what: string, exit: number, words: RegExp, breakIt: (runs: string) => void])[] = [
    [
      "records that other code made",
      3,
      /^branin, random, seed 1: measurement 4\n {2}expected {2}the recorded .*\n {2}got .*\n {2}A different version of the code wrote the record\. .*$/,
      (runs) => {
        for (const name of ["branin/random/1.jsonl", "branin/random/2.jsonl"]) {
          const lines = readFileSync(join(folder, "out", "runs", name), "utf8")
            .split("\n")
            .slice(0, 6);
          const { x, chain: _, ...rest } = JSON.parse(lines[5]!);
          const changed = JSON.stringify({ ...rest, x: [x[0] + 1e-9, x[1]] });
          const chain = createHash("sha256")
            .update(JSON.parse(lines[4]!).chain + changed)
            .digest("hex");
          mkdirSync(dirname(join(runs, name)), { recursive: true });
          writeFileSync(
            join(runs, name),
            [...lines.slice(0, 5), `${changed.slice(0, -1)},"chain":"${chain.slice(0, 16)}"}`, ""].join("\n"),
          );
        }
      },
    ],
    [
      "a refusal of the operating system",
      1,
      /^out.*random\n {2}expected {2}a disk that can list it\n {2}got {7}ENOTDIR: .*\n {2}There is a file with the name of a folder\. .*$/,
      (runs) => {
        mkdirSync(join(runs, "branin"), { recursive: true });
        writeFileSync(join(runs, "branin", "random"), "in the way");
      },
    ],
  ];

  test.each(broken)("after %s", async (_what, exit, words, breakIt) => {
    for (const workers of [1, 3]) {
      const cwd = newFolder();
      const runs = join(cwd, "out", "runs");
      breakIt(runs);
      const { code, stdout, stderr } = await run(bench(path, workers), { cwd });
      expect({ code, stdout }).toEqual({ code: exit, stdout: "" });
      expect(lastWords(stderr).join("\n")).toMatch(words);
      expect(existsSync(join(cwd, "out", "report.html"))).toBe(false);
      rmSync(join(runs, "branin", "random"), { recursive: true });
      expect(await run(bench(path, workers), { cwd })).toMatchObject({ code: 0, stdout: alone().stdout });
      expect(contentsOf(cwd)).toEqual(contentsOf(folder));
    }
  });
});

describe("a campaign with three workers, stopped at any instant and started again", () => {
  const { path, folder, alone } = campaign({ strategies: [dear, ...quick], problems: ["branin"], seeds: { count: 4 }, budget: 18 });

  /** Starts it, and stops it when so many records are there. An attempt that comes to its end before the signal is made again. */
  async function stop(cwd: string, signal: "SIGKILL" | "SIGINT" | "SIGTERM", records: number): Promise<void> {
    const runs = join(cwd, "out", "runs");
    for (;;) {
      const { child, ended } = start(bench(path, 3), { cwd, detached: true });
      const group = -child.pid!;
      while (child.exitCode === null && (!existsSync(runs) || Object.keys(contentsOf(runs)).length < records))
        await new Promise((resolve) => setTimeout(resolve, 2));
      if (child.exitCode === null) process.kill(group, signal);
      const end = await ended;
      expect(() => process.kill(group, 0)).toThrow("ESRCH");
      if (end.signal === signal) return;
      expect(end).toMatchObject({ code: 0, signal: null });
      rmSync(join(cwd, "out"), { recursive: true });
    }
  }

  test("leaves no process behind, and gives the same bytes as a campaign that was not interrupted", async () => {
    const cwd = newFolder();
    for (const [signal, records] of [
      ["SIGKILL", 2],
      ["SIGINT", 5],
      ["SIGTERM", 8],
    ] as const) {
      await stop(cwd, signal, records);
      expect(existsSync(join(cwd, "out", "report.html"))).toBe(false);
    }
    expect(await run(bench(path, 3), { cwd })).toMatchObject({ code: 0, stdout: alone().stdout });
    expect(contentsOf(cwd)).toEqual(contentsOf(folder));
  });
});
