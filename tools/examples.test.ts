/**
 * The examples of docs/examples run as their page says: each command of its `sh` blocks, in small. They use the built packages, as a copy
 * in a project of a user would. Build first: `npm run build`. The page in a browser has a test of its own, `browserExample.test.ts`.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStudy, type StoredStudy } from "@caviar-hpo/runtime";
import { afterAll, describe, expect, it } from "vitest";
import { blocksOf } from "./docs.ts";
import { workspaceRoot } from "./workspace.ts";

const page = "docs/examples/README.md";
const runs = mkdtempSync(join(tmpdir(), "caviar-examples-"));
afterAll(() => rmSync(runs, { recursive: true, force: true }));

const hasPython = spawnSync("python3", ["-c", "import sys; assert sys.version_info >= (3, 6)"]).status === 0;

/** The commands of the page, with folders of this test instead of `runs/…`. */
const commands: readonly string[] = blocksOf(page, readFileSync(join(workspaceRoot, page), "utf8"))
  .filter(({ language }) => language === "sh")
  .flatMap(({ code }) => code.replaceAll(/\\\n\s*/g, "").split("\n"))
  .map((command) => command.replaceAll(/\bruns\//g, `${runs}/`));

/** The command of the page that has all of these texts. */
function commandWith(...texts: readonly string[]): string {
  const found = commands.filter((command) => texts.every((text) => command.includes(text)));
  if (found.length === 0) throw new Error(`${page} has no command with ${texts.join(" and ")}`);
  return found[0]!;
}

function shell(command: string): string {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: workspaceRoot, encoding: "utf8" });
  expect(status, `${command}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** Starts a command, sends it a signal as soon as so many trials of its study have ended, and waits for its end. */
async function signalAt(ended: number, command: string, folder: string, signal: "SIGINT" | "SIGKILL"): Promise<void> {
  const [, ...args] = command.split(" ");
  const child = spawn(process.execPath, args, { cwd: workspaceRoot, stdio: "ignore" });
  const closed = once(child, "close");
  while (endedTrials(folder) < ended && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill(signal);
  expect(await closed).toEqual(signal === "SIGKILL" ? [null, "SIGKILL"] : [0, null]);
}

function endedTrials(folder: string): number {
  try {
    return readStudy(folder).trials.filter(({ status }) => status !== "running").length;
  } catch {
    // The folder has no study yet.
    return 0;
  }
}

const inShort = ({ trials }: StoredStudy): unknown =>
  trials.map(({ id, config, status, curve }) => ({ id, config, status, values: curve.map(({ values }) => values) }));

describe.skipIf(!hasPython)("the Python script", () => {
  it("is tuned from the command line, and bad trials are stopped", () => {
    const out = shell(commandWith("caviar optimize", "moons"));
    expect(out).toContain("20 trials, 0 failed.");
    const { trials } = readStudy(join(runs, "moons"));
    const epochs = trials.map(({ curve }) => curve.at(-1)!.fidelity);
    expect(trials.filter(({ status }) => status === "stopped").length).toBeGreaterThan(5);
    expect(Math.max(...epochs)).toBe(27);
    // Each trial measures every epoch.
    for (const { curve } of trials) expect(curve.map(({ fidelity }) => fidelity)).toEqual(curve.map((_, index) => index + 1));
    expect(shell(commandWith("caviar trials", "moons")).match(/stopped/g)!.length).toBeGreaterThan(5);
    expect(shell(commandWith("caviar best", "moons"))).toMatch(/learningRate +units/);
  });

  it("continues paused trials from their checkpoints, and trains no epoch twice", () => {
    shell(commandWith("caviar optimize", "paused"));
    const { trials } = readStudy(join(runs, "paused"));
    expect(trials).toHaveLength(15);
    expect(trials.some(({ curve }) => curve.at(-1)!.fidelity === 27)).toBe(true);
    for (const { curve } of trials) expect(curve.map(({ fidelity }) => fidelity)).toEqual(curve.map((_, index) => index + 1));
  });

  it("of the conditional space gets a momentum only with sgd, and a dropout only with several layers", () => {
    const out = shell(commandWith("caviar optimize", "conditional"));
    expect(out).toContain("20 trials, 0 failed.");
    const configs = readStudy(join(runs, "conditional")).trials.map(({ config }) => config);
    for (const config of configs) {
      expect("momentum" in config).toBe(config.optimizer === "sgd");
      expect("dropout" in config).toBe(config.layers !== 1);
    }
    expect(new Set(configs.map((config) => "momentum" in config)).size).toBe(2);
  });
});

it("the program that is killed three times finds what it finds undisturbed", async () => {
  const command = commandWith("crash/tune.mjs", "crash").replace(/ & .*$/, "");
  const folder = join(runs, "crash");
  for (const ended of [3, 12, 20]) await signalAt(ended, command, folder, "SIGKILL");
  const out = shell(command);
  expect(out).toMatch(/^[23]\d trials are there\nbest of 40 trials: /);
  shell(command.replace(folder, join(runs, "undisturbed")));
  expect(inShort(readStudy(folder))).toEqual(inShort(readStudy(join(runs, "undisturbed"))));
});

it("the TensorFlow.js model is tuned in threads, and a configuration always has the same loss", () => {
  const command = commandWith("tensorflowjs/tune.mjs");
  expect(shell(`${command} 4`)).toMatch(/^loss 0\.\d+ with \{"learningRate":0\.\d+,"units":\d+\}\n$/);
  const { trials } = readStudy(join(runs, "iris"));
  expect(trials.map(({ status }) => status)).toEqual(["finished", "finished", "finished", "finished"]);
  expect(new Set(trials.map(({ worker }) => worker)).size).toBe(2);
  shell(`${command.replace("iris", "again")} 1`);
  expect(readStudy(join(runs, "again")).trials.map(({ curve }) => curve.at(-1)!.values)).toEqual(
    trials.slice(0, 1).map(({ curve }) => curve.at(-1)!.values),
  );
});

it("the digits are tuned in four processes, stop early, and continue after Ctrl-C and after kill -9", async () => {
  const command = `${commandWith("digits/tune.mjs")} 12`;
  const folder = join(runs, "digits");
  await signalAt(3, command, folder, "SIGINT");
  expect(readStudy(folder).ended?.rule).toBe("finished");
  expect(readStudy(folder).trials.filter(({ status }) => status === "running")).toEqual([]);
  await signalAt(6, command, folder, "SIGKILL");
  const before = readStudy(folder).trials;
  shell(command);
  const { trials, ended } = readStudy(folder);
  expect(ended?.rule).toBe("trials");
  expect(trials).toHaveLength(12);
  expect(trials.slice(0, before.length).map(({ config }) => config)).toEqual(before.map(({ config }) => config));
  expect(new Set(trials.map(({ worker }) => worker)).size).toBeGreaterThanOrEqual(4);
  const epochs = trials.map(({ curve }) => curve.at(-1)!.fidelity);
  expect(Math.max(...epochs)).toBe(27);
  expect(epochs.filter((epoch) => epoch <= 3).length).toBeGreaterThan(5);
  for (const { curve } of trials) expect(curve.map(({ fidelity }) => fidelity)).toEqual(curve.map((_, index) => index + 1));
});
