import fc from "fast-check";
import { expect, it } from "vitest";
import { trialId } from "../../contract/ids.ts";
import type { Problem } from "../../contract/problem.ts";
import type { Measurement, Trial } from "../../contract/trial.ts";
import { bestTrials } from "../../study/best.ts";
import { trained } from "../../study/scripted.fixture.ts";
import { createIncumbents } from "./incumbents.ts";

/** A trial measures at a fidelity further on, or fails. */
const step = fc.record({
  trial: fc.nat({ max: 9 }),
  further: fc.integer({ min: 1, max: 4 }),
  value: fc.constantFrom(-1, 0, 0, 1, 2, 1e300),
  violation: fc.constantFrom(-1, -1, 0, 1),
  fails: fc.constantFrom(false, false, false, true),
});

it.each(["minimize", "maximize"] as const)("is the first of bestTrials at every moment, whichever jobs measure and fail (%s)", (goal) => {
  const problem: Problem = { ...trained, objectives: [{ name: "value", goal }] };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const incumbents = createIncumbents(problem);
      const trials = Array.from({ length: 10 }, (_, id) => ({
        id: trialId(id),
        config: {},
        parent: null,
        status: "running" as Trial["status"],
        curve: [] as Measurement[],
      }));
      for (const { trial, further, value, violation, fails } of steps) {
        const one = trials[trial]!;
        if (one.status === "failed") continue;
        if (fails) one.status = "failed";
        else {
          const fidelity = (one.curve.at(-1)?.fidelity ?? 0) + further;
          const measurement = { fidelity, values: [value], constraints: [violation], costSeconds: 0, atMilestone: true };
          one.curve.push(measurement);
          incumbents.note(one.id, measurement);
        }
        const best = bestTrials(problem, { trials, running: [], version: 0 })[0];
        const expected = best && { trial: best.id, fidelity: best.curve.at(-1)!.fidelity, value: best.curve.at(-1)!.values[0] };
        expect(incumbents.leader(trials)).toEqual(expected ?? null);
      }
    }),
    { numRuns: 300 },
  );
});
