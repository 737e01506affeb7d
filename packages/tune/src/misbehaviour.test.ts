/**
 * Row B1 of the fault matrix at its commit count: 18 misbehaving objectives x 8 strategies x 1 and 4 workers x 5 seeds = 1,440 runs. The
 * eager objective measures 300 times here, and a million times in the nightly run.
 */
import type { Config, Job } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { type Bug, budget, type Case, faultsOf, misbehaviours } from "../testing/misbehaviour.ts";
import { findStrategy } from "./strategies.ts";

const all = misbehaviours(300);
const names = ["random", "sobol", "tpe", "differentialEvolution", "hyperband", "asha", "medianRule", "populationBased"];
const seeds = [0, 1, 2, 3, 4];

function casesOf(misbehaviour: string, workers = [1, 4]): readonly Case[] {
  return names.flatMap((strategy) =>
    workers.flatMap((count) =>
      seeds.map((seed) => ({ misbehaviour: all[misbehaviour]!, strategy, options: findStrategy(strategy).cheap, workers: count, seed })),
    ),
  );
}

it("the row has 1,440 runs", () => {
  expect(Object.keys(all).flatMap((name) => casesOf(name))).toHaveLength(1440);
});

test.each(Object.keys(all))("an objective that %s harms its own trials only, whatever the strategy", async (name) => {
  for (const one of casesOf(name)) expect(await faultsOf(one), `${one.strategy}, ${one.workers} workers, seed ${one.seed}`).toEqual([]);
});

describe("the row turns red where a bug is planted:", () => {
  const thaw = (job: Job): Job => ({ ...job, config: { ...(job.config as Config) } });
  const bugs: readonly (readonly [string, string, Bug])[] = [
    [
      "the budget is exceeded by one",
      "throws at once",
      {
        study: (study) =>
          Object.create(study, {
            started: { get: () => study.started - 1 },
            ask: { value: (options: object) => study.ask({ ...options, trials: budget + 1, finish: false }) },
          }),
      },
    ],
    [
      "a failure is not told to the study",
      "throws later",
      { study: (study) => Object.create(study, { fail: { value: () => ({ effect: "repeated", directives: [] }) } }) },
    ],
    [
      "what was thrown is forgotten",
      "rejects with what is no error",
      {
        study: (study) =>
          Object.create(study, {
            fail: {
              value: (job: Job["id"], reason: "threw", { error: _error, ...rest }: { error?: string }, at: number) =>
                study.fail(job, reason, rest, at),
            },
          }),
      },
    ],
    ["a configuration can be changed", "changes its configuration", { evaluate: (evaluate) => (job, bench) => evaluate(thaw(job), bench) }],
  ];

  test.each(bugs)("%s", async (_name, misbehaviour, bug) => {
    const found = await Promise.all(casesOf(misbehaviour, [4]).map((one) => faultsOf(one, bug)));
    expect(found.filter((faults) => faults.length > 0).length).toBeGreaterThan(found.length / 2);
  });
});
