/** Studies with jobs, notes and predictions, as their page shows them. */
import {
  type Config,
  choice,
  createSpace,
  decode,
  derive,
  given,
  int,
  type Json,
  limits,
  type Measurement,
  type Problem,
  real,
  root,
  type Shape,
  stream,
  trialId,
} from "@caviar-hpo/core";
import fc from "fast-check";
import { expect } from "vitest";
import type { ShownJob, ShownStudy, ShownTrial } from "../src/study/shownStudy.ts";
import type { StudyReport } from "../src/study/studyReport.ts";
import { drawnStudies } from "./drawnStudy.ts";
import { everyNode, type MarkupNode, parseMarkup } from "./strictMarkup.ts";

/** A space with every kind of parameter. */
export const exampleShape = {
  learningRate: real(1e-4, 1, { scale: "log" }),
  optimizer: choice(["adam", "sgd"]),
  momentum: given("optimizer", ["sgd"], real(0.5, 0.99, { scale: "oneMinusLog" })),
  layers: int(1, 4),
  bias: choice([true, false]),
} as const satisfies Shape;

/** What a trial measured: its curve, or why it failed. */
export type ShownOutcome = { readonly curve: readonly Measurement[] } | { readonly error: string };

export type StudyPlan = {
  readonly name?: string;
  readonly problem: Problem;
  readonly trials: number;
  readonly outcome: (config: Config, trial: number) => ShownOutcome;
  readonly note?: (trial: number) => Json;
  readonly predicted?: (config: Config, trial: number) => { readonly mean: readonly number[]; readonly sd: readonly number[] };
  readonly worker?: (trial: number) => string;
};

/** A study of configurations at random: one job per trial, a second after the other. */
export function studyOf(plan: StudyPlan): ShownStudy {
  const { name = "example", problem, outcome, note, predicted, worker } = plan;
  const trials: ShownTrial[] = [];
  const jobs: ShownJob[] = [];
  for (let index = 0; index < plan.trials; index++) {
    const id = trialId(index);
    const source = stream(derive(root("shown study"), index));
    const config = decode(problem.space, Float64Array.from({ length: problem.space.dims }, source.uniform));
    const found = outcome(config, index);
    const startedAtMs = 1_700_000_000_000 + 1000 * index;
    const times = { startedAtMs, endedAtMs: startedAtMs + 800, worker: worker?.(index) ?? null };
    const failed = "error" in found;
    trials.push({
      ...{ id, config, parent: null, ...times, durationSeconds: 0.8, annotations: {} },
      ...(failed
        ? { status: "failed", curve: [], failure: { reason: "threw", error: found.error } }
        : { status: "finished", curve: found.curve }),
    });
    const until = failed ? (problem.fidelity?.max ?? 1) : (found.curve.at(-1)?.fidelity ?? 1);
    jobs.push({
      ...{ trial: id, from: null, until, ...times, outcome: failed ? "threw" : "finished" },
      ...(note !== undefined && { note: note(index) }),
      ...(predicted !== undefined && { prediction: predicted(config, index) }),
    });
  }
  return { name, problem, seed: 1, strategy: { name: "random", version: 1, options: {} }, trials, jobs, ended: null };
}

/** One measurement of a single objective. */
export function measured(value: number, fidelity = 1): Measurement {
  return { fidelity, values: [value], constraints: [], costSeconds: 0, atMilestone: true };
}

/** 1 + |log10 learningRate + 2| + layers / 10, predicted too low by 0.1; large learning rates fail. */
export function exampleStudy({ trials }: { readonly trials: number }): ShownStudy {
  const problem: Problem = {
    space: createSpace(exampleShape),
    objectives: [{ name: "loss", goal: "minimize" }],
    constraints: [],
    fidelity: null,
    resumable: false,
  };
  const loss = ({ learningRate, layers }: Config): number => 1 + Math.abs(Math.log10(learningRate as number) + 2) + (layers as number) / 10;
  return studyOf({
    problem,
    trials,
    outcome: (config) => ((config.learningRate as number) > 0.5 ? { error: "loss is NaN" } : { curve: [measured(loss(config))] }),
    note: (trial) => ({ decided: trial < 10 ? "initial design" : "model", effort: trial }),
    predicted: (config) => ({ mean: [loss(config) - 0.1], sd: [0.1] }),
    worker: (trial) => `worker ${trial % 2}`,
  });
}

const gain = fc.oneof(fc.constant(0), fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }));
const chance = fc.double({ min: 0, max: 1, noNaN: true });

/** A note with an outlook of any size. */
const outlookNote = fc
  .record({ expected: gain, beyond: gain, probability: chance, quantiles: fc.array(fc.tuple(chance, gain), { maxLength: 6 }), next: gain })
  .map((remaining): Json => ({ decided: "model", remaining }));

/** Jobs of drawn trials, with any notes and predictions. */
function drawnJobs({ trials, problem }: Pick<ShownStudy, "trials" | "problem">): fc.Arbitrary<readonly ShownJob[]> {
  if (trials.length === 0) return fc.constant([]);
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
    minLength: problem.objectives.length,
    maxLength: problem.objectives.length,
  });
  const amounts = numbers.map((list) => list.map(Math.abs));
  const job = fc.record(
    {
      trial: fc.nat({ max: trials.length - 1 }).map(trialId),
      from: fc.constant(null),
      until: fc.constant(problem.fidelity?.max ?? 1),
      prediction: fc.record({ mean: numbers, sd: amounts }),
      note: fc.oneof({ weight: 2, arbitrary: fc.jsonValue().map((value) => value as Json) }, { weight: 1, arbitrary: outlookNote }),
      startedAtMs: fc.integer({ min: 0, max: 2e12 }),
      endedAtMs: fc.option(fc.integer({ min: 0, max: 2e12 })),
      worker: fc.option(fc.string({ maxLength: limits.nameLength })),
      outcome: fc.constantFrom<ShownJob["outcome"]>("running", "finished", "stopped", "paused", "ended", "threw", "timeout"),
    },
    { requiredKeys: ["trial", "from", "until", "startedAtMs", "endedAtMs", "worker", "outcome"] },
  );
  return fc.array(job, { maxLength: 12 });
}

/** Studies of any problem, with trials of every status and any jobs. */
export const shownStudies: fc.Arbitrary<ShownStudy> = drawnStudies(14).chain((study) =>
  drawnJobs(study).map((jobs) => ({ ...study, jobs })),
);

/** @throws Error where the page is no strict markup. */
export function pageTree(html: string): MarkupNode {
  return parseMarkup(html.replace(/^<!doctype html>\n/, ""));
}

const numbersOfShapes = ["d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points", "opacity", "data-at"];

/** Every number of every shape is one. */
export function expectStrictPage({ html, files }: StudyReport): void {
  const drawings = files.filter(({ name }) => name.endsWith(".svg")).map(({ text }) => parseMarkup(text));
  for (const { attributes } of [pageTree(html), ...drawings].flatMap(everyNode))
    for (const name of numbersOfShapes) expect(attributes[name] ?? "").not.toMatch(/NaN|Infinity|undefined|null/);
}
