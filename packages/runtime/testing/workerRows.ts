/**
 * Row B2 of the fault matrix: a worker that misbehaves harms its own trial and no other. A row runs a study whose objective is
 * `programs/misbehaving.mjs`, or a command of `programs/command.mjs`. One of its trials misbehaves, and the trials around it do not.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choice, type Trial } from "@caviar-hpo/core";
import { openStudy } from "../src/log/openStudy.ts";
import type { DurableOptimizeOptions, WorkerObjective } from "../src/workers/optimize.ts";

export type Row = {
  readonly objective: WorkerObjective<{ readonly act: string }>;
  readonly act: string;
  readonly options?: Partial<DurableOptimizeOptions>;
};

export type RowResult = {
  readonly trial: Trial;
  /** The status of the other trials, each status once. */
  readonly others: readonly string[];
  /** What was left behind: process groups and folders. */
  readonly left: readonly string[];
  /** Everything that workers printed. */
  readonly printed: string;
};

export function programUrl(name: string): URL {
  return new URL(`./programs/${name}`, import.meta.url);
}

const around = 3;

export async function runRow({ objective, act, options = {} }: Row): Promise<RowResult> {
  const folder = mkdtempSync(join(tmpdir(), "caviar-row-"));
  const before = new Set(temporaryFolders());
  let printed = "";
  try {
    const study = await openStudy(folder, { space: { act: choice(["fine", act]) }, strategy: "random", sync: "close" });
    for (let index = 0; index < 2 * around + 1; index++) study.enqueue({ act: index === around ? act : "fine" });
    await study.optimize(objective, {
      trials: 2 * around + 1,
      workers: 2,
      killAfterSeconds: 0.2,
      onOutput: (bytes) => {
        printed = (printed + Buffer.from(bytes).toString()).slice(-1000);
      },
      ...options,
    });
    const trials = study.trials();
    study.close();
    const others = trials.filter(({ id }) => id !== around).map(({ status }) => status);
    const left = temporaryFolders().filter((name) => !before.has(name));
    return { trial: trials[around]!, others: [...new Set(others)], left, printed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function temporaryFolders(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => /^caviar-(?:job|worker)-/.test(name));
}

/** Whether a process runs. A zombie that waits for its parent does not. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
