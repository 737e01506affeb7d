import { trialId } from "@caviar-hpo/core";
import { compareStandings, type Standing } from "@caviar-hpo/core/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wholeShare } from "./ratio.ts";
import { bestReady, emptyRung, enter, enterFailure, promoteBest } from "./rung.ts";

type Step = { readonly do: "enter"; readonly violation: number; readonly value: number } | { readonly do: "fail" | "promote" };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("enter" as const),
        violation: fc.constantFrom(0, 0, 0, 1),
        value: fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("fail" as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("promote" as const) }) },
  ),
  { maxLength: 120, size: "max" },
);

describe("a rung", () => {
  it.each([
    [2, 0],
    [3, 0],
    [2.7, 0],
    [3, 1],
  ])("does what sorting all results anew each time does (eta %d, %d at least)", (eta, least) => {
    const share = wholeShare(eta);
    const slots = (count: number): number => Math.max(least, share(count));
    fc.assert(
      fc.property(steps, (script) => {
        const rung = emptyRung();
        const results: Standing[] = [];
        const promoted = new Set<number>();
        let count = 0;
        for (const step of script) {
          const top = (): readonly Standing[] => [...results].sort(compareStandings).slice(0, slots(count));
          if (step.do === "enter") {
            // Ids fall, so that arrival and age disagree.
            const standing: Standing = [trialId(1000 - results.length), step.violation, step.value + 0];
            results.push(standing);
            count++;
            expect(enter(rung, standing, slots)).toBe(top().includes(standing));
          } else if (step.do === "fail") {
            count++;
            enterFailure(rung, slots);
          } else {
            const due = top().find(([trial]) => !promoted.has(trial))?.[0] ?? null;
            expect(bestReady(rung)).toBe(due);
            if (due === null) continue;
            promoteBest(rung);
            promoted.add(due);
          }
          expect([rung.count, rung.top.length]).toEqual([count, Math.min(results.length, slots(count))]);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("keeps at most three numbers with each result, however often the border moves", () => {
    const rung = emptyRung();
    for (let trial = 0; trial < 30_000; trial++) enter(rung, [trialId(trial), 0, -trial], wholeShare(3));
    expect(rung.top.length + rung.rest.length).toBe(30_000);
    expect(rung.ready.length).toBeLessThanOrEqual(2 * 30_000);
    expect(bestReady(rung)).toBe(29_999);
  });
});
