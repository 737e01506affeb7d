import { type Config, ConfigError, derive } from "@caviar-hpo/core";
import { openRun } from "@caviar-hpo/testbed";
import { describe, expect, test } from "vitest";
import { cellsOf, linesOf, specOf, tinyPlan, tinyTrainingPlan } from "../../testing/plans.ts";
import { resolvePlan } from "../plan/cells.ts";
import type { RecommendationLine, RecordLine } from "../run/transcript.ts";
import type { Arena, TrainingLine } from "./arena.ts";
import { arenaKey } from "./arenaSpec.ts";
import { loadTasks } from "./arenas.ts";
import { taskArena } from "./taskArena.ts";

const problem = "moons-course-adam";
const plan = tinyTrainingPlan({
  seeds: { count: 1 },
  budget: { fullTrainings: 3, points: 12 },
  strategies: [{ name: "random" }, { name: "hyperband" }, { name: "populationBased", options: { population: 3, segments: 9 } }],
  problems: [problem],
});
const cells = cellsOf(plan);
const tasks = await loadTasks(resolvePlan(plan).taskNames);
const task = tasks.get(problem)!;

function arenaOf(seed: number): Arena {
  return taskArena(specOf("task", plan, problem, seed), task);
}

const measured = (lines: readonly RecordLine[]): readonly TrainingLine[] => lines.filter((line) => "resource" in line);
const recommended = (lines: readonly RecordLine[]): readonly RecommendationLine[] => lines.filter((line) => "from" in line);

describe.each(cells)("a run of $strategy.name on a task", (cell) => {
  const { all } = linesOf(cell, { tasks });

  test("hears the validation error, and is worth the test error of its recommendation after the longest training", () => {
    const judge = openRun(task, { key: derive(arenaKey(cells[0]!.arena), "training") });
    const configs = new Map<number, Config>(measured(all).map(({ trial, config }) => [trial, config]));
    for (const { told } of measured(all)) expect(told! * 1000).toBeCloseTo(Math.round(told! * 1000), 9);
    const last = recommended(all).at(-1)!;
    expect(last.value).toBe(judge.score(configs.get(last.trial)!));
    expect(last.value! * 1500).toBeCloseTo(Math.round(last.value! * 1500), 9);
  });

  test("continues to the same end after any stop, and makes checkpoints again", () => {
    for (const share of [0.3, 0.8]) {
      const kept = all.slice(0, Math.floor(all.length * share));
      const { all: again, fresh } = linesOf(cell, { recorded: kept, tasks });
      expect(again).toEqual(all);
      expect(fresh).toHaveLength(all.length - kept.length);
    }
  });
});

describe("a task in a plan", () => {
  test("is trained alike for every strategy at one seed, and otherwise at another", () => {
    const config = measured(linesOf(cells[0]!, { tasks }).all)[0]!.config;
    const first = (seed: number): unknown => {
      const course = arenaOf(seed).begin();
      const job = { id: 0, trial: 0, config, from: null, until: 3, milestones: [3] } as never;
      course.request(job, 3, 3);
      return course.answer(job, 3);
    };
    expect(first(1)).toEqual(first(1));
    expect([first(2), first(3), first(4)].some((other) => JSON.stringify(other) !== JSON.stringify(first(1)))).toBe(true);
  });

  test("has an unknown minimum, and says what its values are", () => {
    const { facts } = arenaOf(1);
    expect(facts).toMatchObject({ measure: "test error", optimum: 0, dimensions: 6 });
    expect(10 * facts.tolerance * task.data.test.n).toBeCloseTo(0.5, 12);
  });

  test("is refused where evaluations are counted", () => {
    expect(() => resolvePlan(tinyPlan({ problems: [problem] }))).toThrow(ConfigError);
    expect(() => resolvePlan(tinyPlan({ problems: [problem] }))).toThrow(/"fullTrainings": 12/);
  });

  test("costs simulated seconds by what is to be multiplied", () => {
    const { seconds } = arenaOf(1);
    const config = measured(linesOf(cells[0]!, { tasks }).all)[0]!.config;
    expect(seconds(config, 3, 9, [0, 0, 0, 0])).toBeCloseTo((6 * task.epochFlops(config)) / 1e9, 12);
  });
});
