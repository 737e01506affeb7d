/** Studies with worker processes: whether each trial ran once, and whether a killed study continues with the bits of its recorded order. */

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { derive, type Event, root, stream } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";
import { createStudy, real } from "@caviar-hpo/tune";
import { isOwn } from "@caviar-hpo/tune/stored";
import { readLog } from "../src/log/events.ts";
import { readHead } from "../src/log/head.ts";
import { nodeDisk } from "../src/log/nodeDisk.ts";
import { openStudy } from "../src/log/openStudy.ts";
import { programUrl } from "./workerRows.ts";

/** Runs trials of a millisecond. What is wrong: trials that ran twice or never, or have another value; empty if nothing is. */
export async function miscounted(trials: number, workers: number): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "caviar-count-"));
  const counted = join(folder, "counted");
  process.env.CAVIAR_COUNTED = counted;
  try {
    const study = await openStudy(join(folder, "study"), { space: { x: real(0, 1) }, strategy: "random", sync: "close" });
    await study.optimize(programUrl("counting.mjs"), { trials, workers, executor: "process" });
    const all = study.trials();
    study.close();
    const times = new Map<number, number>();
    for (const line of readFileSync(counted, "utf8").trim().split("\n")) times.set(Number(line), (times.get(Number(line)) ?? 0) + 1);
    const wrongTimes = Array.from({ length: trials }, (_, trial) => [trial, times.get(trial) ?? 0] as const).filter(([, ran]) => ran !== 1);
    const wrongValues = all.filter(({ curve, config }) => curve.length !== 1 || curve[0]!.values[0] !== (Number(config.x) - 0.3) ** 2);
    return [
      ...(all.length === trials ? [] : [`${all.length} trials`]),
      ...wrongTimes.map(([trial, ran]) => `trial ${trial} ran ${ran} times`),
      ...wrongValues.map(({ id }) => `trial ${id} has a wrong value`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const program = fileURLToPath(new URL("./workersChild.mjs", import.meta.url));
const fidelity = { fidelity: { unit: "epochs", min: 1, max: 9 }, resumable: true } as const;

/** The strategies of the row, and how many trials their studies have. */
export const strategies = [
  { name: "random", strategy: "random", trials: 16 },
  { name: "tpe", strategy: "tpe", trials: 24 },
  { name: "bayesopt", strategy: { name: "bayesopt", options: { askEffort: 64 } }, trials: 12 },
  { name: "hyperband", strategy: { name: "hyperband", options: { iterations: 1 } }, trials: 17, ...fidelity },
  { name: "asha", strategy: "asha", trials: 16, ...fidelity },
  { name: "bohb", strategy: { name: "bohb", options: { iterations: 1 } }, trials: 17, ...fidelity },
] as const;

/**
 * Runs a study with 4, 2 and 1 workers in turn. It is killed by SIGKILL twice, and its folder moves each time. What differs in the end from
 * a study in memory that goes through the recorded order undisturbed: null if nothing does.
 */
export async function differs({ name: _name, trials, ...given }: (typeof strategies)[number], seed: number): Promise<string | null> {
  const root = mkdtempSync(join(tmpdir(), "caviar-bits-"));
  const options = { space: { learningRate: real(0.001, 1, { scale: "log" }) }, seed, snapshotEvery: 5, ...given };
  try {
    const folder = await killAndMove(root, JSON.stringify(options), trials, seed);
    const events: Event[] = [];
    readLog(nodeDisk, folder, readHead(nodeDisk, folder)!, (_record, entry) => entry !== null && !isOwn(entry) && events.push(entry));
    const resumed = await openStudy(folder, options);
    const { snapshotEvery: _every, ...inMemory } = options;
    const undisturbed = createStudy({ ...inMemory, events });
    const unfinished = resumed.trials().filter(({ status }) => status === "running" || status === "failed");
    const [got, expected] = [resumed, undisturbed].map(({ core }) => stringifyWire(core.state));
    const [next, nextExpected] = [resumed, undisturbed].map(({ core }) => JSON.stringify(core.ask({ want: 20 })));
    resumed.close();
    if (unfinished.length > 0) return `trials ${unfinished.map(({ id, status }) => `${id} ${status}`).join(", ")}`;
    if (got !== expected) return "another state";
    return next === nextExpected ? null : "other jobs next";
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The folder in which the study has all its trials. */
async function killAndMove(root: string, options: string, trials: number, seed: number): Promise<string> {
  const draw = stream(derive(rootKey, seed));
  let folder = join(root, "0");
  for (const [life, workers] of [4, 2, 1].entries()) {
    await live([folder, options, String(trials), String(workers)], life === 2 ? Infinity : 1 + Math.floor(draw.uniform() * trials));
    const next = join(root, String(life + 1));
    cpSync(folder, next, { recursive: true });
    rmSync(folder, { recursive: true });
    folder = next;
  }
  return folder;
}

const rootKey = root("workers");

/** Runs a process, and kills it after it has said so many events. */
async function live(args: readonly string[], events: number): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  let said = 0;
  let last = "";
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    said++;
    if (said === events) child.kill("SIGKILL");
  }
  await ended;
  if (events === Infinity && last !== "done") throw new Error(`the last process said ${last}`);
}
