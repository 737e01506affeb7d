/**
 * Row A12 of the fault matrix: a process that optimises is killed, started again, killed again, until its study has all its trials. What is
 * in the folder in the end must be what an undisturbed process leaves there.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { derive, root, stream } from "@caviar-hpo/core";
import { startChild } from "./children.ts";

export type KilledStudy = { readonly name: string; readonly options: object; readonly trials: number };

const space = { learningRate: { kind: "real", low: 0.001, high: 1, scale: "log" } };
const fidelity = { fidelity: { unit: "epochs", min: 1, max: 9 }, resumable: true };

const studyOf = (strategy: unknown, trials: number, more: object = {}) => ({
  options: { space, seed: 5, snapshotEvery: 5, strategy, ...more },
  trials,
});

export const killedStudies: readonly KilledStudy[] = [
  { name: "random", ...studyOf("random", 12) },
  { name: "sobol", ...studyOf("sobol", 12) },
  { name: "bayesopt", ...studyOf({ name: "bayesopt", options: { askEffort: 64 } }, 8) },
  { name: "tpe", ...studyOf("tpe", 12) },
  { name: "hyperband", ...studyOf({ name: "hyperband", options: { iterations: 1 } }, 17, fidelity) },
  { name: "asha", ...studyOf("asha", 12, fidelity) },
  { name: "bohb", ...studyOf({ name: "bohb", options: { iterations: 1 } }, 17, fidelity) },
  { name: "tpe, extended half-way", ...studyOf("tpe", 12, { larger: { learningRate: { ...space.learningRate, high: 10 } } }) },
];

const signals = ["SIGKILL", "SIGTERM", "SIGINT"] as const;

/** What is in a folder when all trials are done: the events of the log without their times, and the checkpoints by name. */
type Remains = { readonly log: readonly string[]; readonly checkpoints: { readonly [name: string]: string } };

const ends = new Map<KilledStudy, Promise<Remains>>();

/** What a process leaves that is not killed. */
function undisturbed(study: KilledStudy): Promise<Remains> {
  const end = ends.get(study) ?? run(study, []);
  ends.set(study, end);
  return end;
}

/** Kills a process at `kills` moments, and says what differs in the end; null if nothing does. */
export async function killed(study: KilledStudy, kills: number, seed: number): Promise<string | null> {
  const expected = await undisturbed(study);
  const events = expected.log.length;
  const draw = stream(derive(root(seed), study.name));
  // Each process gets a few events further, so that all of its kills come before the end.
  const lives = Array.from({ length: kills }, (_, index) => ({
    events: Math.floor((draw.uniform() * 2 * events) / (kills + 1)),
    signal: signals[index % signals.length]!,
  }));
  const got = await run(study, lives);
  if (JSON.stringify(got.log) !== JSON.stringify(expected.log)) return "another log";
  return JSON.stringify(got.checkpoints) === JSON.stringify(expected.checkpoints) ? null : "other checkpoints";
}

/** A process that is killed after it has said so many lines; the next one begins where it ended. */
type Life = { readonly events: number; readonly signal: NodeJS.Signals };

async function run({ options, trials }: KilledStudy, lives: readonly Life[]): Promise<Remains> {
  const folder = mkdtempSync(join(tmpdir(), "caviar-kill-"));
  try {
    for (const { events, signal } of lives) {
      const before = eventsIn(folder).length;
      const child = startChild([folder, JSON.stringify(options), String(trials)]);
      const told: (string | null)[] = [];
      while (told.length <= events && told.at(-1) !== null) told.push(await child.line());
      await child.kill(signal);
      while (told.at(-1) !== null) told.push(await child.line());
      const acknowledged = told.filter((line) => line === "event").length;
      if (told.some((line) => line !== "event" && line !== "done" && line !== null)) throw new Error(told.join("\n"));
      if (eventsIn(folder).length < before + acknowledged) throw new Error("acknowledged events are lost");
    }
    const last = startChild([folder, JSON.stringify(options), String(trials)]);
    for (let line = await last.line(); line !== "done"; line = await last.line()) if (line !== "event") throw new Error(String(line));
    await last.ended;
    return { log: eventsIn(folder), checkpoints: checkpointsIn(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The JSON texts of the events in the log, without their times. The other records depend on the moments of the kills: a worker takes a job
 * once more, a trial is annotated once or not at all.
 */
function eventsIn(folder: string): readonly string[] {
  if (!readdirSync(folder).includes("log")) return [];
  const lines = readFileSync(join(folder, "log"), "utf8").split("\n").slice(1, -1);
  const texts = lines.map((line) => line.slice(line.indexOf("{")).replace(/"atMs":[\d.]+/, ""));
  return texts.filter((text) => !/^\{"kind":"(?:annotated|assigned|ended)"/.test(text));
}

function checkpointsIn(folder: string): Remains["checkpoints"] {
  const names = readdirSync(folder).includes("checkpoints") ? readdirSync(join(folder, "checkpoints")).sort() : [];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, "checkpoints", name), "latin1")]));
}
