/** Arbitraries of studies for export: problems of all kinds, with trials of every status. */

import { type Json, limits, type Measurement, type Problem, type TrialStatus, trialId } from "@caviar-hpo/core";
import { configs, failureReasons, problems } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import type { ExportedStudy, ExportedTrial } from "../src/neighbours/exportedStudy.ts";

const capabilities = { conditional: true, objectives: 3, constraints: true };

/** `most`: how many trials there are at most. */
export function drawnStudies(most: number): fc.Arbitrary<ExportedStudy> {
  return problems(capabilities).chain((problem) =>
    fc.record({
      name: fc.constantFrom("study", "", "digits: 5 %", "модель 🐼", "a\u2028b\ud800"),
      problem: fc.constant(problem),
      seed: fc.oneof(fc.integer(), fc.string()),
      strategy: fc.constant({ name: "sobol", options: {} }),
      trials: fc
        .array(drawnTrials(problem), { maxLength: most })
        .map((trials) => trials.map((trial, index): ExportedTrial => ({ ...trial, id: trialId(index) }))),
    }),
  );
}

function drawnTrials(problem: Problem): fc.Arbitrary<ExportedTrial> {
  const status = fc.constantFrom<TrialStatus>("running", "paused", "finished", "failed", "stopped", "discarded");
  return fc
    .record({
      config: configs(problem.space),
      status,
      curve: curves(problem),
      reason: fc.constantFrom(...failureReasons),
      error: fc.option(fc.string({ minLength: 1, maxLength: limits.errorLength })),
      startedAtMs: fc.option(fc.oneof(fc.integer({ min: 0, max: 2e12 }), fc.double())),
      endedAtMs: fc.option(fc.oneof(fc.integer({ min: 0, max: 2e12 }), fc.double())),
      worker: fc.option(fc.string()),
      annotations: fc.dictionary(
        fc.string({ unit: "binary" }).filter((key) => key !== "__proto__"),
        annotation,
        { maxKeys: 3 },
      ),
    })
    .map(({ reason, error, ...trial }) => ({
      ...trial,
      id: trialId(0),
      parent: null,
      // A trial finishes by measuring.
      curve: trial.status === "finished" ? trial.curve : trial.curve.slice(0, -1),
      ...(trial.status === "failed" && { failure: { reason, ...(error !== null && { error }) } }),
    }));
}

const annotation = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.double(), { maxLength: 3 }),
  fc.constantFrom("NaN", '"', "\\", '\\"', { $num: "NaN" }, { $$num: [NaN, -Infinity, -0] }),
) as fc.Arbitrary<Json>;

/** From one measurement to four, in ascending order. */
function curves({ objectives, constraints, fidelity }: Problem): fc.Arbitrary<readonly Measurement[]> {
  const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -9, max: 9 })).map((drawn) => drawn + 0);
  const amount = fc.oneof(
    fc.constant(0),
    fc.double({ min: 0, max: 1e9, noNaN: true }).map((drawn) => drawn + 0),
  );
  const numbers = (count: number): fc.Arbitrary<readonly number[]> => fc.array(value, { minLength: count, maxLength: count });
  const at =
    fidelity === null
      ? fc.constant(1)
      : fidelity.whole
        ? fc.integer({ min: fidelity.min, max: fidelity.max })
        : fc.double({ min: fidelity.min, max: fidelity.max, noNaN: true });
  const measurement = fc.record({
    fidelity: at,
    values: numbers(objectives.length),
    constraints: numbers(constraints.length),
    costSeconds: amount,
    atMilestone: fc.constant(true),
    variance: fc.option(fc.array(amount, { minLength: objectives.length, maxLength: objectives.length }), { nil: undefined, freq: 4 }),
  });
  const plain = measurement.map(({ variance: _, ...rest }) => ({ ...rest, costSeconds: 0 }));
  return fc
    .oneof(
      plain,
      measurement.map(({ variance, ...rest }) => (variance === undefined ? rest : { ...rest, variance })),
    )
    .chain((first) => fc.array(plain, { maxLength: 3 }).map((others) => [first, ...others]))
    .map((list) => {
      const byFidelity = new Map<number, Measurement>(list.map((one) => [one.fidelity, one]));
      return [...byFidelity.values()].sort((a, b) => a.fidelity - b.fidelity);
    });
}
