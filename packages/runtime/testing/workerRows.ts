/**
 * Row B2 of the fault matrix: a worker that misbehaves harms its own trial and no other. A row runs a study whose objective is
 * `programs/misbehaving.mjs`, or a command of `programs/command.mjs`. One of its trials misbehaves, and the trials around it do not.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { choice, type Trial } from "@caviar-hpo/core";
import { openStudy } from "../src/log/openStudy.ts";
import type { Command, DurableOptimizeOptions, WorkerObjective } from "../src/workers/optimize.ts";
import type { Misbehaviour } from "./misbehaviours.ts";

export type Row = {
  readonly objective: WorkerObjective<{ readonly act: string }>;
  readonly misbehaviour: Misbehaviour;
  readonly options?: Partial<DurableOptimizeOptions>;
  /** How many trials come before the one that misbehaves, and after it; 1 and 2 by default. */
  readonly before?: number;
  readonly after?: number;
};

export type RowResult = {
  /** What is not as it should be; empty if everything is. */
  readonly faults: readonly string[];
  /** The end of what workers printed. */
  readonly printed: string;
};

export function programUrl(name: string): URL {
  return new URL(`./programs/${name}`, import.meta.url);
}

/** The command that does what its parameter `act` says. */
export function commandThat(...more: readonly string[]): Command {
  return { command: [process.execPath, fileURLToPath(programUrl("command.mjs")), "{act}", ...more] };
}

export async function runRow({ objective, misbehaviour, options = {}, before = 1, after = 2 }: Row): Promise<RowResult> {
  const folder = mkdtempSync(join(tmpdir(), "caviar-row-"));
  const temporary = temporaryFolderIn(folder);
  let printed = "";
  const limit = misbehaviour.hangs === true ? timeLimit() : null;
  let ended = 0;
  try {
    const { act } = misbehaviour;
    const study = await openStudy(join(folder, "study"), { space: { act: choice(["fine", act]) }, strategy: "random", sync: "close" });
    for (let index = 0; index <= before + after; index++) study.enqueue({ act: index === before ? act : "fine" });
    const none = await study
      .optimize(objective, {
        trials: before + 1 + after,
        workers: 2,
        killAfterSeconds: 0.2,
        onOutput: (bytes) => {
          printed = (printed + Buffer.from(bytes).toString()).slice(-1000);
        },
        onTrial: () => {
          ended++;
          if (ended === before + after) limit?.pass();
        },
        ...limit?.options,
        ...options,
      })
      .then(
        () => null,
        (error: unknown) => error,
      );
    const trials = study.trials();
    study.close();
    if (none !== null && trials.some(({ status }) => status === "finished")) throw none;
    const others = trials
      .filter(({ id, status }) => id !== before && status !== "finished")
      .map(({ id, failure }) => `trial ${id}: ${failure?.error}`);
    const left = readdirSync(temporary.path);
    return { faults: [...others, ...left.map((name) => `left: ${name}`), ...faultsOf(trials[before]!, misbehaviour)], printed };
  } finally {
    temporary.restore();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder for temporary files in which no other program writes. */
function temporaryFolderIn(folder: string): { readonly path: string; restore(): void } {
  const path = join(folder, "tmp");
  const { TMPDIR } = process.env;
  mkdirSync(path);
  process.env.TMPDIR = path;
  return {
    path,
    restore: () => {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    },
  };
}

function faultsOf({ status, failure, curve }: Trial, expected: Misbehaviour): readonly string[] {
  const faults: string[] = [];
  if (status !== expected.status) faults.push(`the trial: ${status}`);
  if (failure?.reason !== expected.reason) faults.push(`the reason: ${failure?.reason}`);
  if (!(expected.error ?? /^$/).test(failure?.error ?? "")) faults.push(`the error: ${failure?.error}`);
  if (status === "finished" && curve[0]!.values[0] !== 1) faults.push(`the value: ${curve[0]!.values[0]}`);
  return faults;
}

/** A time limit that passes when the test says so. */
function timeLimit(): { readonly options: Pick<DurableOptimizeOptions, "clock" | "timeoutSeconds">; pass(): void } {
  const waiting = new Set<() => void>();
  let passed = false;
  const fire = (callback: () => void): void => {
    // The program gets a moment to do what it does wrong.
    setTimeout(() => waiting.has(callback) && callback(), 300);
  };
  const after = (_delayMs: number, callback: () => void): (() => void) => {
    waiting.add(callback);
    if (passed) fire(callback);
    return () => waiting.delete(callback);
  };
  return {
    options: { clock: { nowMs: () => 0, after }, timeoutSeconds: 7 },
    pass: () => {
      passed = true;
      for (const callback of waiting) fire(callback);
    },
  };
}

/** Whether a process runs. One that has ended and waits for its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch (error) {
    // A system without /proc can tell less.
    return (error as NodeJS.ErrnoException).code === "ENOENT" && process.platform !== "linux";
  }
}

/** The numbers of the processes that a program said it has started. */
export function childrenIn(printed: string): readonly number[] {
  return [...printed.matchAll(/child (\d+)/g)].map(([, pid]) => Number(pid));
}
