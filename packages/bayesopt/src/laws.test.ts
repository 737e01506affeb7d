/**
 * The optimiser obeys the laws: on a commit at a thirtieth of their cases, with the least effort and the cheapest fits; the values and
 * spaces of the fault matrix (rows D1 and E1) with all that it may choose from, in fewer trials. By night ten times as many, in all
 * variants (laws.nightly.test.ts).
 */
import { checkConfig, choice, createSpace, given, int, real, type Space, type Study, startStudy } from "@caviar-hpo/core";
import {
  believedSpaces,
  cardLaws,
  degenerateSpaces,
  runCampaign,
  spaces,
  strategyLaws,
  toyValue,
  valuePatterns,
} from "@caviar-hpo/core/testing";
import { describe, expect, it, test } from "vitest";
import { allCases, ladderCase, weighedCase } from "../testing/lawCases.ts";
import { problemOf } from "../testing/studies.ts";
import { bayesoptCard } from "./index.ts";

const drawn = { spaces: spaces(), seed: 3 };
const suites = [
  { name: "bayesopt", laws: cardLaws(bayesoptCard, { ...drawn, runs: 0.03 }) },
  { name: ladderCase.name, laws: strategyLaws(ladderCase.name, ladderCase.create, { ...drawn, runs: 0.03 }) },
  { name: weighedCase.name, laws: strategyLaws(weighedCase.name, weighedCase.create, { spaces: believedSpaces(), seed: 4, runs: 0.01 }) },
];

describe.each(suites)("$name", ({ laws }) => {
  for (const law of laws) if (law.name !== "takes every kind of value") test(law.name, law.run);
});

function open(space: Space): Study {
  return startStudy({ problem: problemOf(space), seed: 1, strategy: allCases[0]!.create() });
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

describe("takes, and stays inside,", () => {
  it.each(degenerateSpaces().map(({ name: called, space }) => [called, space] as const))("%s", (_, space) => {
    const study = open(space);
    const judge = (job: { readonly config: Parameters<typeof toyValue>[1] }): number => toyValue(study.problem, job.config, 1, 1);
    const end = runCampaign(study, { workers: 2, trials: 6, pick: (turn) => turn, judge });
    if (end === "trials") expect(study.history.trials.length).toBe(6);
    for (const { config } of study.history.trials) expect(checkConfig(space, config)).toEqual(config);
  });
});
