/** A comparison of what `readOptunaJournal` reads with what Optuna itself reads in the same journal. */
import { plainOf } from "@caviar-hpo/core";
import { expect } from "vitest";
import { readPythonJson } from "../src/neighbours/optuna/pythonJson.ts";
import { readOptunaJournal } from "../src/neighbours/optuna/readJournal.ts";

/** A study as `golden/optunaJournals.py` writes it. `trials` is JSON of Python. */
export type OptunaStudy = { readonly name: string; readonly journal: string; readonly trials: string };

type OptunaTrial = {
  readonly number: number;
  readonly state: "RUNNING" | "COMPLETE" | "PRUNED" | "FAIL" | "WAITING";
  readonly values: readonly number[] | null;
  readonly params: { readonly [name: string]: unknown };
  readonly intermediate: { readonly [step: string]: number };
  readonly constraints: readonly number[];
  readonly attributes: { readonly [name: string]: unknown };
};

const statuses = { RUNNING: "running", COMPLETE: "finished", PRUNED: "stopped", FAIL: "failed" } as const;

export function expectSameTrials({ name, journal, trials }: OptunaStudy): void {
  const read = readOptunaJournal(journal);
  const theirs = readPythonJson(trials) as unknown as readonly OptunaTrial[];
  const leftOut = new Set(read.leftOut.map(({ what }) => what));
  for (const trial of theirs) {
    const label = `${name}, trial ${trial.number}`;
    const ours = read.trials.find(({ number }) => number === trial.number);
    if (trial.state === "WAITING") {
      expect(leftOut, label).toContain(`trial ${trial.number}`);
      continue;
    }
    // A trial that had not asked for all its parameters is no configuration.
    if (ours === undefined) {
      expect([trial.state === "RUNNING" || trial.state === "FAIL", leftOut.has(`trial ${trial.number}`)], label).toEqual([true, true]);
      continue;
    }
    const values = trial.values ?? [];
    const finite = values.every(Number.isFinite);
    expect(ours.status, label).toBe(trial.state === "COMPLETE" && !finite ? "failed" : statuses[trial.state]);
    expect(ours.config, label).toEqual(Object.fromEntries(Object.entries(trial.params).map(([key, value]) => [key, asOption(value)])));
    expect(ours.annotations, label).toEqual(trial.attributes);
    const last = ours.curve.at(-1);
    if (trial.values !== null && finite) expect(last?.values, label).toEqual(trial.values);
    if (last !== undefined && trial.constraints.length > 0) expect(last.constraints, label).toEqual(trial.constraints);
    const shift = theirs.some(({ intermediate }) => "0" in intermediate) ? 1 : 0;
    for (const {
      fidelity,
      values: [value],
    } of ours.curve.slice(0, -1))
      expect(value, label).toBe(trial.intermediate[String(fidelity! - shift)]);
  }
  for (const [key, param] of read.problem.space.params) {
    const plain = plainOf(param);
    if (plain.kind !== "choice") continue;
    for (const trial of read.trials) expect([undefined, ...plain.options], key).toContain(trial.config[key]);
  }
}

/** Steps are decimals: where Optuna adds up 0.7000000000000001, Caviar has 0.7. */
function asOption(value: unknown): unknown {
  if (typeof value === "number") return expect.closeTo(value, 12);
  if (value === null) return "None";
  return typeof value === "object" ? JSON.stringify(value) : value;
}
