/**
 * A run of a study on a disk: one event a step, each decided by the study and by the number of events so far. So a study that continues
 * after a fault goes through the same events as one that was never disturbed. Nothing here takes time: no clock, no waiting.
 */
import { resolve } from "node:path";
import type { Config, Job, Json, Notice } from "@caviar-hpo/core";
import { encode } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";
import { type ChosenStrategy, choice, given, real, strategies } from "@caviar-hpo/tune";
import type { Disk } from "../src/log/disk.ts";
import type { Machine } from "../src/log/machine.ts";
import { type DurableStudy, type OpenStudyOptions, openStudyOn, storedOf } from "../src/log/openStudy.ts";
import { afterKill, type DiskState, emptyDisk, faultyDisk, filesOf } from "../src/testing/faultyDisk.ts";

export const folder: string = resolve("/study");
export const logFile: string = resolve(folder, "log");
export const headFile: string = resolve(folder, "head.json");

const space = {
  learningRate: real(1e-4, 1, { scale: "log" }),
  optimizer: choice(["adam", "sgd"]),
  momentum: given("optimizer", ["sgd"], real(0, 0.99)),
};

const largerSpace = {
  learningRate: real(1e-5, 10, { scale: "log" }),
  optimizer: choice(["lion", "adam", "sgd"]),
  momentum: given("optimizer", ["sgd", "lion"], real(0, 1)),
};

export type RunOptions = OpenStudyOptions<typeof space>;

/** A study that rows are run on. `extended`: its space grows when the run begins, after twenty records. */
export type Subject = {
  readonly name: string;
  readonly strategy: ChosenStrategy;
  readonly fidelity: boolean;
  readonly extended?: true;
  /** "durable" by default. */
  readonly seed?: string;
};

export const random: Subject = { name: "random", strategy: "random", fidelity: false };
export const hyperband: Subject = { name: "hyperband", strategy: "hyperband", fidelity: true };

/** Studies whose asks cost next to nothing. */
export const lightSubjects: readonly Subject[] = [
  random,
  { name: "sobol", strategy: "sobol", fidelity: false },
  hyperband,
  { name: "asha", strategy: "asha", fidelity: true },
  { name: "differentialEvolution", strategy: "differentialEvolution", fidelity: false },
  { name: "populationBased", strategy: "populationBased", fidelity: true },
];

/** Studies whose strategies fit models: on a commit they run a tenth of the points, with the least effort for each ask. */
export const modelSubjects: readonly Subject[] = [
  { name: "tpe", strategy: "tpe", fidelity: false },
  { name: "bohb", strategy: "bohb", fidelity: true },
  { name: "bayesopt", strategy: { name: "bayesopt", options: { askEffort: 64 } }, fidelity: false },
];

/** Studies that are extended when their runs begin. */
export const extendedSubjects: readonly Subject[] = [
  { ...random, name: "random, extended", extended: true },
  { ...hyperband, name: "hyperband, extended", extended: true },
];

export const extendedModel: Subject = { name: "tpe, extended", strategy: "tpe", fidelity: false, extended: true };

/** Strategies whose asks fit models. `auto` asks `bayesopt` at the lengths of these runs. */
const fitsModels = new Set(["auto", "bayesopt", "bohb", "freezeThaw", "gpAsha", "gpHyperband", "tpe"]);

/** Every shipped strategy that takes conditional parameters and fits no model. */
export const allLightSubjects: readonly Subject[] = strategies
  .filter(({ name, create }) => !fitsModels.has(name) && create().can.conditional)
  .map(({ name, needs }) => ({ name, strategy: name, fidelity: needs.includes("fidelity") }));

export function optionsOf({ strategy, fidelity, extended, seed = "durable" }: Subject): RunOptions {
  return {
    ...(extended ? { space: largerSpace as unknown as typeof space, extend: true } : { space }),
    goal: "maximize",
    seed,
    strategy,
    snapshotEvery: 7,
    ...(fidelity ? { fidelity: { unit: "epochs", min: 1, max: 9 }, resumable: true } : {}),
  };
}

/** A machine on which every process but this one has ended, as after `kill -9`. Each call is another process. */
export function machineOf(pid: number): Machine {
  return {
    self: { pid, started: "0", host: "here", bootId: null, pidNamespace: null },
    nowMs: () => 0,
    processOf: (other) => ({ running: other === pid, started: "0" }),
  };
}

let processes = 1;

/** Opens the study in another process. */
export function open(disk: Disk, options: RunOptions): Promise<DurableStudy<unknown>> {
  return openStudyOn({ disk, machine: machineOf(processes++) }, folder, options);
}

/** The disk on which a run begins. */
export async function startOf(subject: Subject): Promise<DiskState> {
  if (!subject.extended) return emptyDisk;
  const disk = faultyDisk(emptyDisk);
  advance(await open(disk, optionsOf({ ...subject, extended: undefined } as unknown as Subject)), 0, 20);
  return afterKill(disk.state());
}

/** A bowl that more training sharpens. */
function bowlAt(study: DurableStudy<unknown>, config: Config, fidelity: number): number {
  const unit = encode(study.core.problem.space, config);
  return -unit.reduce((sum, u) => sum + (u - 0.3) * (u - 0.3), 0) - 1 / (1 + fidelity);
}

/** Makes record number `index`, counted from 0, of the log: most are events. false if the strategy is done. */
export function step(study: DurableStudy<unknown>, index: number): boolean {
  const { core } = study;
  const { running, trials } = core.history;
  const job = running[index % Math.max(1, running.length)];
  if (isAssignment(index) && job !== undefined) storedOf(study).assign(job.id, `worker ${index % 2}`, 1);
  else if (index % 13 === 6) study.annotate(index % 2 === 0 ? index % trials.length : null, { [`note ${index % 4}`]: { index } });
  else if (index % 29 === 10) storedOf(study).end("aborted", `The run was aborted after ${index} records.`);
  else if (job === undefined || (index % 3 === 0 && running.length < 3)) {
    if (core.done) return false;
    core.ask({ want: 2 });
  } else if (index % 17 === 4) core.enqueue({ learningRate: 0.01, optimizer: "adam" });
  else if (index % 19 === 7) core.observe({ learningRate: 0.1, optimizer: "sgd", momentum: 0.5 }, { values: [-2 - index] });
  else if (index % 11 === 5) study.fail(job.id, "threw");
  else {
    const fidelity = nextMilestone(job, trials[job.trial]!.curve.at(-1)?.fidelity ?? 0);
    study.tell(job.id, bowlAt(study, job.config, fidelity), fidelity);
  }
  return true;
}

/** Whether this step, if a job runs, makes a record that a power loss may take. */
export function isAssignment(index: number): boolean {
  return index % 23 === 8;
}

function nextMilestone({ milestones, until }: Job, reached: number): number {
  return milestones.find((milestone) => milestone > reached) ?? until;
}

/** The number of records in the log of a disk, without the first. */
export function eventsOn(state: DiskState): number {
  const log = filesOf(state)[logFile];
  return log === undefined ? 0 : Math.max(0, log.toString("latin1").split("\n").length - 2);
}

/** Steps a study until its log has `events` records besides the first. */
export function advance(study: DurableStudy<unknown>, from: number, events: number, onEvent: (index: number) => void = () => {}): void {
  for (let index = from; index < events && step(study, index); index++) onEvent(index);
}

/** All that a run leaves behind: the log, the strategy's state, and the next twenty jobs. */
export type Remains = { readonly log: string; readonly state: Json; readonly next: string };

export function remainsOf(study: DurableStudy<unknown>, log: Buffer): Remains {
  return {
    log: log.toString("latin1"),
    state: JSON.parse(stringifyWire(study.core.state)) as Json,
    next: JSON.stringify(study.core.ask({ want: 20 })),
  };
}

/** Opens what is on a disk, continues to `events` events, and tells what is left. `recovered` is the number of events that were there. */
export async function resume(
  state: DiskState,
  options: RunOptions,
  events: number,
  wrap: (disk: Disk) => Disk = (disk) => disk,
): Promise<{ readonly remains: Remains; readonly recovered: number; readonly notices: readonly Notice[] }> {
  const notices: Notice[] = [];
  const disk = faultyDisk(state);
  const study = await open(wrap(disk), { ...options, onNotice: (notice) => notices.push(notice) });
  const recovered = eventsOn(disk.state());
  advance(study, recovered, events);
  const log = filesOf(disk.state())[logFile]!;
  return { remains: remainsOf(study, log), recovered, notices };
}
