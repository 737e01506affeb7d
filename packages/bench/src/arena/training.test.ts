import { JournalError } from "@caviar-hpo/core";
import { multiFidelityFunction } from "@caviar-hpo/objectives";
import { describe, expect, test } from "vitest";
import { cellOf, linesOf, specOf, tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import { labelOf, type Plan } from "../plan/plan.ts";
import { run } from "../run/run.ts";
import type { RecommendationLine, RecordLine } from "../run/transcript.ts";
import type { TrainingLine } from "./arena.ts";
import { openArena } from "./arenas.ts";
import { trainingArena } from "./trainingArena.ts";

const plan = tinyTrainingPlan();

function runOf(
  of: Plan,
  label: string,
  problem: string,
  recorded: readonly RecordLine[] = [],
): { readonly all: readonly RecordLine[]; readonly fresh: readonly RecordLine[] } {
  return linesOf(cellOf(of, label, problem), { recorded });
}

const measured = (lines: readonly RecordLine[]): readonly TrainingLine[] => lines.filter((line) => "resource" in line);
const recommended = (lines: readonly RecordLine[]): readonly RecommendationLine[] => lines.filter((line) => "from" in line);

const labels = plan.strategies.map(({ label }) => label);
const cases = plan.problems.map(labelOf).flatMap((problem) => labels.map((label) => [problem, label] as const));

describe.each(cases)("on %s a run of %s", (problem, label) => {
  const fn = multiFidelityFunction(problem);
  const { all } = runOf(plan, label, problem);
  const measurements = measured(all);

  test("spends its budget, counted as the problem can be resumed or not", () => {
    let spent = 0;
    const reached = new Map<number, number>();
    for (const [index, { trial, fidelity, resource }] of measurements.entries()) {
      const fresh = fidelity - (reached.get(trial) ?? 0);
      // From scratch a job pays all of it; but one that passes a milestone continues from there, right after it with a single worker.
      const legal = fn.resumable ? [fresh] : measurements[index - 1]?.trial === trial ? [fresh, fidelity] : [fidelity];
      expect(legal.some((paid) => Math.abs(resource - spent - paid) < 1e-9)).toBe(true);
      spent = resource;
      reached.set(trial, fidelity);
    }
    const budget = 4 * fn.fidelity.max * (label === "random x2" ? 2 : 1);
    expect(spent).toBeGreaterThanOrEqual(budget - 1e-9);
    expect(spent).toBeLessThan(budget + fn.fidelity.max);
  });

  test("recommends the best at the highest fidelity that any has reached, failed ones aside, at its worth in full", () => {
    const last = new Map<number, TrainingLine>();
    let leader: TrainingLine | undefined;
    const expected: RecommendationLine[] = [];
    for (const line of measurements) {
      last.set(line.trial, line);
      const alive = [...last.values()].filter(({ told }) => Number.isFinite(told));
      const highest = Math.max(...alive.map(({ fidelity }) => fidelity));
      const best = alive.filter(({ fidelity }) => fidelity === highest).sort((a, b) => a.told - b.told || a.trial - b.trial)[0];
      if (best !== undefined && (best.trial !== leader?.trial || best.fidelity !== leader.fidelity)) {
        expected.push({ from: line.resource, trial: best.trial, fidelity: best.fidelity, value: fn.truth(best.config) });
      }
      leader = best;
    }
    expect(recommended(all)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
    expect(all).toEqual([...measurements, ...recommended(all)]);
  });

  test("continues to the same end after any stop, also between two recommendations", () => {
    const cuts = [0, 1, 2, Math.floor(measurements.length / 2), measurements.length, measurements.length + 1, all.length - 1, all.length];
    for (const count of cuts) {
      const resumed = runOf(plan, label, problem, all.slice(0, count));
      expect(resumed.all).toEqual(all);
      expect(resumed.fresh).toEqual(all.slice(count));
    }
  });
});

describe("a record of other code", () => {
  const { all } = runOf(plan, "asha", "counting-ones-c2-r2");
  const change = (index: number, part: object): readonly RecordLine[] =>
    all.map((line, at) => (at === index ? { ...line, ...part } : line) as RecordLine);

  test.each<readonly [string, readonly RecordLine[]]>([
    ["another trial", change(3, { trial: 99 })],
    ["another fidelity", change(3, { fidelity: 10 })],
    ["another configuration", change(3, { config: {} })],
    ["another resource", change(3, { resource: 1e-9 })],
    ["another recommendation", change(all.length - 1, { from: 0 })],
    ["a recommendation too early", [...all.slice(0, 3), all.at(-1)!]],
  ])("with %s is refused", (_name, recorded) => {
    expect(() => runOf(plan, "asha", "counting-ones-c2-r2", recorded)).toThrow(JournalError);
  });
});

test("with many workers a run spends as much, and what it measures of a configuration is the same", () => {
  const budget = { fullTrainings: 4, points: 12, workers: 5, stragglerSigma: 0.5 };
  const problem = "curves-diverging-branin";
  const [alone, among] = [plan, tinyTrainingPlan({ budget })].map((of) => measured(runOf(of, "random", problem).all));
  const told = new Map(alone!.map(({ trial, told: value }) => [trial, value]));
  expect(among!.map(({ resource }) => resource)).toEqual(alone!.map(({ resource }) => resource));
  for (const { trial, told: value } of among!) expect(value).toBe(told.get(trial));
});

test("the shared initial design comes first, however far its points are trained", () => {
  const of = tinyTrainingPlan({ initialPoints: 3 });
  const firsts = labels.map((label) => {
    const lines = measured(runOf(of, label, "mf-hartmann3-good").all);
    return [0, 1, 2].map((trial) => lines.find((line) => line.trial === trial)?.config);
  });
  for (const configs of firsts) expect(configs).toEqual(trainingArena(specOf("training", of, "mf-hartmann3-good", 1)).initial);
});

test("a strategy that needs a fidelity is refused where evaluations are counted", () => {
  const of = tinyPlan({ strategies: [{ name: "hyperband" }] });
  const cell = cellOf(of, "hyperband", "branin");
  const { failed } = run({ cell, arena: () => openArena(cell.arena, new Map()), recorded: [], onLine: () => {} });
  expect(failed).toMatchObject({ kind: "refused", message: expect.stringContaining("hyperband") as string });
});
