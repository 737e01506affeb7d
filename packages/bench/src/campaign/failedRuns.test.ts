import { ConfigError, ExternalError } from "@caviar-hpo/core";
import { noticeText } from "@caviar-hpo/core/contract";
import type { RunResult } from "@caviar-hpo/report";
import { afterKill, type DiskState, emptyDisk, faultyDisk, filesOf, withFiles } from "@caviar-hpo/runtime/testing";
import { describe, expect, test } from "vitest";
import { attempt, watchedRandom } from "../../testing/memoryCampaign.ts";
import { tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import type { Plan } from "../plan/plan.ts";
import type { CampaignProgress } from "../run/runCells.ts";
import { failedRuns } from "./notices.ts";

const fault = { code: "badOption", what: "the model", expected: "a box", got: "a tree", remedy: "Take another." };

/** Random search, at first together with a strategy that throws at its fifth trial. */
function planWith(change: object = {}): Plan {
  return tinyPlan({ strategies: [{ name: "fragile" }, { name: "random" }], problems: ["branin"], ...change });
}

/** @param thrown what it throws; null for nothing. */
function fragile(thrown: { error: unknown } | null) {
  const asks: number[] = [];
  const card = watchedRandom("fragile", (trial) => {
    asks.push(trial);
    if (trial >= 5 && thrown !== null) throw thrown.error;
  });
  return { options: { cards: [card] }, asks };
}

const broken = { error: new TypeError("model.fit is not a function") };
const runsOf = (runs: readonly RunResult[], strategy: string): readonly RunResult[] => runs.filter((run) => run.strategy === strategy);
const records = (state: DiskState): object =>
  Object.fromEntries(Object.entries(filesOf(state)).filter(([path]) => path.includes("/runs/")));

test("the notice of failed runs ends the reason with one full stop", () => {
  const failed = { kind: "crashed", message: new ConfigError(fault).message } as const;
  const run: RunResult = { problem: "branin", strategy: "fragile", seed: 3, values: [], recommended: [], failed };
  expect(noticeText(failedRuns([run], 4))).toMatch(
    /^runs: 1 of 4 failed\. The first is branin, fragile, seed 3: the model: expected a box, got a tree\. Take another\. The report /,
  );
});

describe("a run whose strategy throws", () => {
  test("ends there as data: its values until then, its costs and the reason; the other runs are complete", async () => {
    const disk = faultyDisk(emptyDisk);
    const progress: CampaignProgress[] = [];
    const { results, notices } = await attempt(disk, planWith(), { ...fragile(broken).options, onProgress: (one) => progress.push(one) });
    const whole = await attempt(faultyDisk(emptyDisk), planWith(), fragile(null).options);
    expect(runsOf(results.runs, "random")).toEqual(runsOf(whole.results.runs, "random"));
    expect(runsOf(results.runs, "fragile")).toEqual(
      runsOf(whole.results.runs, "fragile").map((run) => ({
        ...run,
        values: run.values.slice(0, 5),
        recommended: run.recommended!.slice(0, 5),
        failed: { kind: "crashed", message: "model.fit is not a function" },
        spent: { evaluations: 5, resource: 5, scratch: 5, time: 5 },
      })),
    );
    expect(progress.map(({ failed }) => failed)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(notices).toEqual(["failedRuns"]);
    expect(whole.notices).toEqual([]);
  });

  test("is not run again by the same command, unless that is asked for", async () => {
    const disk = faultyDisk(emptyDisk);
    const first = await attempt(disk, planWith(), fragile(broken).options);
    const before = records(disk.state());
    const second = fragile(null);
    expect(await attempt(disk, planWith(), second.options)).toEqual(first);
    expect(second.asks).toEqual([]);
    const third = fragile(broken);
    expect(await attempt(disk, planWith(), { ...third.options, retryFailed: true })).toEqual(first);
    expect(third.asks.length).toBeGreaterThan(0);
    expect(records(disk.state())).toEqual(before);
    const whole = await attempt(faultyDisk(emptyDisk), planWith(), fragile(null).options);
    expect(await attempt(disk, planWith(), { ...fragile(null).options, retryFailed: true })).toEqual(whole);
    expect(await attempt(disk, planWith(), { ...fragile(broken).options, fresh: true })).toEqual(first);
  });

  test("fails at the same place if it is interrupted before", async () => {
    const disk = faultyDisk(emptyDisk);
    const first = await attempt(disk, planWith(), fragile(broken).options);
    const path = "/campaign/runs/branin/fragile/1.jsonl";
    const text = filesOf(disk.state())[path]!.toString();
    for (const lines of [1, 3, 6]) {
      const cut = Buffer.from(text.split("\n").slice(0, lines).join("\n") + (lines === 3 ? '\n{"va' : "\n"));
      const left = faultyDisk(withFiles(afterKill(disk.state()), { [path]: cut }));
      const again = await attempt(left, planWith(), fragile(broken).options);
      expect(again.results).toEqual(first.results);
      expect(records(left.state())).toEqual(records(disk.state()));
    }
  });

  test.each<readonly [string, unknown, object]>([
    ["a refusal", new ConfigError(fault), { kind: "refused", message: "the model: expected a box, got a tree. Take another." }],
    ["a time limit", new ExternalError({ ...fault, code: "timeout" }), { kind: "timedOut" }],
    ["the end of a process", new ExternalError({ ...fault, code: "lost" }), { kind: "crashed" }],
    ["a text", "out of luck", { kind: "crashed", message: '"out of luck"' }],
    ["nothing", undefined, { kind: "crashed", message: "undefined" }],
    ["an error without a message", new RangeError(""), { kind: "crashed", message: expect.stringContaining("RangeError") as string }],
    ["an endless message", new Error("no ".repeat(5000)), { kind: "crashed", message: expect.stringMatching(/^.{501}$/) as string }],
  ])("says why: %s", async (_name, error, expected) => {
    const { results } = await attempt(faultyDisk(emptyDisk), planWith(), fragile({ error }).options);
    expect(runsOf(results.runs, "fragile")[0]!.failed).toMatchObject(expected);
  });
});

test("a run of trainings that fails keeps what it would have recommended until then", async () => {
  const plan = tinyTrainingPlan({
    strategies: [{ name: "fragile" }],
    problems: ["mf-hartmann3-good"],
    budget: { fullTrainings: 9, points: 12 },
  });
  const { results } = await attempt(faultyDisk(emptyDisk), plan, fragile(broken).options);
  const whole = await attempt(faultyDisk(emptyDisk), plan, fragile(null).options);
  for (const [index, { values, training, failed, spent }] of results.runs.entries()) {
    const all = whole.results.runs[index]!;
    expect(failed).toEqual({ kind: "crashed", message: "model.fit is not a function" });
    expect(values.length).toBeGreaterThan(0);
    expect(values).toEqual(all.values.slice(0, values.length));
    expect(training!.from).toEqual(all.training!.from.slice(0, values.length));
    expect(training!.spent).toBe(5);
    expect(spent).toMatchObject({ evaluations: 5, resource: 5, scratch: 5 });
  }
});
