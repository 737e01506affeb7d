/**
 * The optimiser obeys the laws: on a commit at a twentieth of their cases, with the least effort and the cheapest fits; the values and spaces of the fault
 * matrix (rows D1 and E1) with all that it may choose from, in fewer trials. By night all of them, in all variants (laws.nightly.test.ts).
 */
import { checkConfig, choice, createSpace, given, int, openStudy, real, type Space, type Study } from "@caviar-hpo/core";
import { degenerateSpaces, runCampaign, spaces, strategyLaws, toyValue, valuePatterns } from "@caviar-hpo/core/testing";
import { describe, expect, it, test } from "vitest";
import { allCases, ladderCase, plainCase } from "../testing/lawCases.ts";
import { problemOf } from "../testing/studies.ts";

describe.each([
  { ...plainCase, runs: 0.05 },
  { ...ladderCase, runs: 0.03 },
])("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, { ...options, spaces: spaces(), seed: 3 }))
    if (law.name !== "takes every kind of value") test(law.name, law.run);
});

function open(space: Space): Study {
  return openStudy({ problem: problemOf(space), seed: 1, strategy: allCases[0]!.create() });
}

describe("continues, in the box, where objectives return", () => {
  const space = createSpace({
    rate: real(1e-4, 1, { scale: "log" }),
    width: int(1, 64),
    kind: choice(["a", "b"]),
    dropout: given("kind", ["b"], real(0, 0.5)),
  });
  it.each(valuePatterns.map((pattern) => [pattern.name, pattern] as const))("%s", (_, { at }) => {
    const study = open(space);
    runCampaign(study, { workers: 2, trials: 12, pick: (turn) => turn * 7, judge: (job) => at(job.trial) });
    expect(study.history.trials.length).toBe(12);
    for (const { config } of study.history.trials) expect(checkConfig(space, config)).toEqual(config);
    const { mean, sd } = study.predict(study.history.trials.map(({ config }) => config))!;
    expect([...mean, ...sd].every(Number.isFinite)).toBe(true);
  });
});

describe("serves, and stays inside,", () => {
  it.each(degenerateSpaces().map(({ name: called, space }) => [called, space] as const))("%s", (_, space) => {
    const study = open(space);
    const judge = (job: { readonly config: Parameters<typeof toyValue>[1] }): number => toyValue(study.problem, job.config, 1, 1);
    const end = runCampaign(study, { workers: 2, trials: 6, pick: (turn) => turn, judge });
    if (end === "trials") expect(study.history.trials.length).toBe(6);
    for (const { config } of study.history.trials) expect(checkConfig(space, config)).toEqual(config);
  });
});
