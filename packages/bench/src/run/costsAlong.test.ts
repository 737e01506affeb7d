import { emptyDisk, faultyDisk } from "@caviar-hpo/runtime/testing";
import { describe, expect, test } from "vitest";
import { attempt } from "../../testing/memoryCampaign.ts";
import { tinyTrainingPlan } from "../../testing/plans.ts";
import type { TrainingLine } from "../arena/arena.ts";
import { costsAlong } from "./costsAlong.ts";

const budget = { units: 4, workers: 1, stragglerSigma: 0 };
/** A fidelity costs two seconds. */
const seconds = (_config: unknown, from: number, to: number): number => 2 * (to - from);

/** Measurements of trials, one after the other. */
function linesOf(measured: readonly (readonly [trial: number, fidelity: number])[], resumable: boolean): readonly TrainingLine[] {
  const reached = new Map<number, number>();
  let resource = 0;
  return measured.map(([trial, fidelity]) => {
    resource += fidelity - (resumable ? (reached.get(trial) ?? 0) : 0);
    reached.set(trial, fidelity);
    return { trial, config: {}, fidelity, resource, told: 1 };
  });
}

const arena = (resumable: boolean) => ({ problem: { resumable }, seconds }) as unknown as Parameters<typeof costsAlong>[1];
/** Trials 0 and 1 stop at 3; then trial 0 continues to 9. */
const promoted = [
  [0, 1],
  [0, 3],
  [1, 1],
  [1, 3],
  [0, 9],
] as const;

describe("what a run had spent", () => {
  test("with checkpoints: a job from scratch repeats what a trial had before", () => {
    const lines = linesOf(promoted, true);
    // Three jobs: 0 to 3, 0 to 3, and 3 to 9, which would have been 0 to 9.
    const spent = { evaluations: 5, resource: 12, scratch: 15, time: 24 };
    expect(costsAlong(lines, arena(true), { spent, budget })).toEqual([
      { evaluations: 1, resource: 1, scratch: 1, time: 2 },
      { evaluations: 2, resource: 3, scratch: 3, time: 6 },
      { evaluations: 3, resource: 4, scratch: 4, time: 8 },
      { evaluations: 4, resource: 6, scratch: 6, time: 12 },
      { evaluations: 5, resource: 12, scratch: 15, time: 24 },
    ]);
    // Five jobs: each rung is a job, as with ASHA.
    const asha = costsAlong(lines, arena(true), { spent: { ...spent, scratch: 17 }, budget });
    expect(asha.map(({ scratch }) => scratch)).toEqual([1, 4, 5, 8, 17]);
    // The total decides if neither reading has it.
    expect(costsAlong(lines, arena(true), { spent: { ...spent, scratch: 16.5 }, budget }).at(-1)!.scratch).toBe(16.5);
  });

  test("without checkpoints: every job is from scratch, and takes the time of that", () => {
    const lines = linesOf(
      [
        [0, 3],
        [1, 3],
        [0, 9],
      ],
      false,
    );
    const spent = { evaluations: 3, resource: 15, scratch: 15, time: 30 };
    expect(costsAlong(lines, arena(false), { spent, budget })).toEqual([
      { evaluations: 1, resource: 3, scratch: 3, time: 6 },
      { evaluations: 2, resource: 6, scratch: 6, time: 12 },
      { evaluations: 3, resource: 15, scratch: 15, time: 30 },
    ]);
  });

  test("has no time where trials train next to each other, where jobs straggle, or where the total is another one", () => {
    const lines = linesOf(promoted, true);
    const spent = { evaluations: 5, resource: 12, scratch: 15, time: 24 };
    for (const given of [
      { spent, budget: { ...budget, workers: 2 } },
      { spent, budget: { ...budget, stragglerSigma: 0.5 } },
      { spent: { ...spent, time: 20 }, budget },
    ])
      expect(costsAlong(lines, arena(true), given).every(({ time }) => time === null)).toBe(true);
  });
});

test("in a campaign, what recommendations had cost is within what the run has spent, and known for every run", async () => {
  const { results } = await attempt(faultyDisk(emptyDisk), tinyTrainingPlan(), {});
  for (const { training, spent } of results.runs) {
    const { costs, from, measurements } = training!;
    expect(costs).toHaveLength(from.length);
    costs!.forEach(({ evaluations, scratch, time }, index) => {
      expect(evaluations).toBeLessThanOrEqual(measurements);
      expect(scratch).toBeGreaterThanOrEqual(from[index]! - 1e-9);
      expect(scratch).toBeLessThanOrEqual(spent!.scratch + 1e-9);
      expect(time).toBeLessThanOrEqual(spent!.time * (1 + 1e-9));
      expect(time).toBeGreaterThan(0);
    });
  }
});
