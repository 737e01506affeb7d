/** Ctrl-C, SIGTERM and kill -9 of a real `caviar optimize` whose program runs in real processes. Build first: `npm run build`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStudy } from "@caviar-hpo/runtime";
import { afterAll, describe, expect, test } from "vitest";
import { type Started, start } from "../testing/caviar.ts";
import { folders } from "../testing/folders.ts";

const { next: newFolder, remove } = folders("interrupt-");
afterAll(remove);

/** Writes its process id, and waits until it may end. It leaves a signal to its default, or ignores it. */
const program = `
import { existsSync, writeFileSync } from "node:fs";
const [at, trial, x, stubborn] = process.argv.slice(2);
if (stubborn) process.on("SIGTERM", () => {});
writeFileSync(\`\${at}/started-\${trial}-\${process.pid}\`, "");
while (!existsSync(\`\${at}/go-\${trial}\`) && !existsSync(\`\${at}/go\`)) await new Promise((resolve) => setTimeout(resolve, 10));
console.log(JSON.stringify({ value: (Number(x) - 0.3) ** 2 }));
`;

type Run = { readonly at: string; readonly study: string; begin(...more: readonly string[]): Started };

function newRun(): Run {
  const at = newFolder();
  const study = join(at, "study");
  writeFileSync(join(at, "program.mjs"), program);
  writeFileSync(join(at, "space.json"), '{ "x": { "kind": "real", "low": 0, "high": 1 } }');
  const options = ["--space", join(at, "space.json"), "--strategy", "tpe", "--trials", "6", "--workers", "2", "--kill-after", "1"];
  const begin: Run["begin"] = (...more) =>
    start(["optimize", study, ...options, "--", process.execPath, join(at, "program.mjs"), at, "{trial}", "{x}", ...more], {
      detached: true,
    });
  return { at, study, begin };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const processesOf = ({ at }: Run): readonly number[] =>
  readdirSync(at)
    .filter((name) => name.startsWith("started-"))
    .map((name) => Number(name.split("-")[2]));

const startedTrials = ({ at }: Run): readonly number[] =>
  readdirSync(at)
    .filter((name) => name.startsWith("started-"))
    .map((name) => Number(name.split("-")[1]));

function isRunning(pid: number): boolean {
  try {
    // A zombie has ended, but its parent has not asked how.
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

const allow = ({ at }: Run, name = "go"): void => writeFileSync(join(at, name), "");

/** As the terminal does: every process of the group gets it. */
const interrupt = ({ child }: Started, signal: NodeJS.Signals = "SIGINT"): void => {
  process.kill(-child.pid!, signal);
};

/** The trials of a study that nothing has disturbed. All tests compare with the same one. */
function undisturbed(): Promise<readonly unknown[]> {
  trials ??= (async () => {
    const run = newRun();
    allow(run);
    expect((await run.begin().ended).code).toBe(0);
    return inShort(run);
  })();
  return trials;
}
let trials: Promise<readonly unknown[]> | undefined;

/** What must be the same: with two workers the order of the results, and so what tpe learns, may differ after its first random trials. */
const inShort = ({ study }: Run): readonly unknown[] =>
  readStudy(study).trials.map(({ config, status, curve }) => ({ config, status, values: curve.at(-1)?.values }));

const onPosix = test.skipIf(process.platform === "win32");

describe("caviar optimize", () => {
  onPosix("finishes the running trials after Ctrl-C, starts no other, and continues afterwards as if nothing had been", async () => {
    const run = newRun();
    const started = run.begin();
    await until(() => startedTrials(run).length === 2);
    interrupt(started);
    let said = "";
    started.child.stderr.on("data", (text: string) => {
      said += text;
    });
    await until(() => said.includes("Press Ctrl-C again"));
    expect(processesOf(run).every(isRunning)).toBe(true);
    allow(run, "go-0");
    allow(run, "go-1");
    const { code, stdout } = await started.ended;
    expect(code).toBe(130);
    expect(stdout).toContain("2 trials, 0 failed. Ctrl-C ended it early.");
    const stored = readStudy(run.study);
    expect(stored.trials.map(({ status }) => status)).toEqual(["finished", "finished"]);
    expect(stored.ended).toMatchObject({ rule: "finished", reason: "Ctrl-C ended it early." });
    allow(run);
    expect((await run.begin().ended).code).toBe(0);
    expect(inShort(run)).toEqual(await undisturbed());
  });

  onPosix("stops at once after Ctrl-C twice, and loses nothing: the next start runs the stopped trials again", async () => {
    const run = newRun();
    const started = run.begin();
    await until(() => startedTrials(run).length === 2);
    allow(run, "go-0");
    await until(() => startedTrials(run).includes(2));
    interrupt(started);
    let said = "";
    started.child.stderr.on("data", (text: string) => {
      said += text;
    });
    await until(() => said.includes("Press Ctrl-C again"));
    interrupt(started);
    const { code, stderr } = await started.ended;
    expect(code).toBe(130);
    expect(stderr).toContain("Stopping.");
    expect(stderr).toContain("Give the command again to continue. It first runs the trials that were stopped.");
    expect(stderr).not.toContain("    at ");
    await until(() => !processesOf(run).some(isRunning));
    expect(readStudy(run.study).trials.map(({ status }) => status)).toEqual(["finished", "running", "running"]);
    allow(run);
    expect((await run.begin().ended).code).toBe(0);
    expect(inShort(run)).toEqual(await undisturbed());
    expect(startedTrials(run).filter((trial) => trial === 1)).toHaveLength(2);
  });

  onPosix("kills a program that ignores the signal to end", async () => {
    const run = newRun();
    const started = run.begin("stubborn");
    await until(() => startedTrials(run).length === 2);
    interrupt(started, "SIGTERM");
    expect((await started.ended).code).toBe(143);
    await until(() => !processesOf(run).some(isRunning));
    expect(readStudy(run.study).trials.map(({ status }) => status)).toEqual(["running", "running"]);
  });

  onPosix("continues after kill -9, and no program is left running", async () => {
    const run = newRun();
    const started = run.begin();
    await until(() => startedTrials(run).length === 2);
    started.child.kill("SIGKILL");
    await started.ended;
    await until(() => !processesOf(run).some(isRunning));
    allow(run);
    expect((await run.begin().ended).code).toBe(0);
    expect(inShort(run)).toEqual(await undisturbed());
  });
});

describe("caviar watch", () => {
  onPosix("follows the study of another process, and ends with it", async () => {
    const run = newRun();
    mkdirSync(run.study);
    const tuning = run.begin();
    await until(() => existsSync(join(run.study, "head.json")) && startedTrials(run).length === 2);
    const watching = start(["watch", run.study]);
    let said = "";
    watching.child.stdout.on("data", (text: string) => {
      said += text;
    });
    await until(() => said.includes("0/6 trials, 2 running\n"));
    allow(run, "go-0");
    await until(() => /1\/6 trials, 2 running, best \S+ \(trial 0\), .+ left\n/.test(said));
    allow(run);
    expect((await tuning.ended).code).toBe(0);
    const { code, stdout, stderr } = await watching.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/\n6\/6 trials, best \S+ \(trial \d\); The budget of 6 trials is spent\.\n$/);
  });

  onPosix("ends by Ctrl-C with 0, and the other process does not notice", async () => {
    const run = newRun();
    const tuning = run.begin();
    await until(() => startedTrials(run).length === 2);
    const watching = start(["watch", run.study], { detached: true });
    await new Promise((resolve) => watching.child.stdout.once("data", resolve));
    interrupt(watching);
    expect((await watching.ended).code).toBe(0);
    allow(run);
    expect((await tuning.ended).code).toBe(0);
  });
});

test("a study that another process works on exits with 4, and says what to do", async () => {
  const run = newRun();
  const started = run.begin();
  await until(() => startedTrials(run).length === 2);
  const { code, stderr } = await run.begin().ended;
  expect(code).toBe(4);
  expect(stderr).toContain("--wait SECONDS");
  allow(run);
  await started.ended;
});
