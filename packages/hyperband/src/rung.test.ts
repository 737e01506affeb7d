import { trialId } from "@caviar-hpo/core";
import { compareStandings, type Standing } from "@caviar-hpo/core/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wholeShare } from "./ratio.ts";
import { bestReady, emptyRung, enter, enterFailure, promoteBest, promoteLeader } from "./rung.ts";

type Step =
  | { readonly do: "enter"; readonly violation: number; readonly value: number }
  | { readonly do: "fail" | "promote" | "promote leader" | "lose" };

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
    { weight: 1, arbitrary: fc.record({ do: fc.constant("promote leader" as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("lose" as const) }) },
  ),
  { maxLength: 120, size: "max" },
);

describe("a rung", () => {
  it.each([
    [2, 0],
    [3, 0],
    [2.7, 0],
    [3, 1],
  ])("does what sorting all results again each time does (eta %d, %d at least)", (eta, least) => {
    const share = wholeShare(eta);
    const slots = (count: number): number => Math.max(least, share(count));
    fc.assert(
      fc.property(steps, (script) => {
        const rung = emptyRung();
        const results: Standing[] = [];
        const promoted = new Set<number>();
        const lost = new Set<number>();
        let count = 0;
        let size = 0;
        for (const step of script) {
          const sorted = (): readonly Standing[] => [...results].sort(compareStandings);
          const top = (): readonly Standing[] => sorted().slice(0, size);
          const resize = (): void => {
            count++;
            size = Math.min(results.length, slots(count));
          };
          if (step.do === "enter") {
            // Ids fall, so that arrival and age disagree.
            const standing: Standing = [trialId(1000 - results.length), step.violation, step.value + 0];
            results.push(standing);
            resize();
            expect(enter(rung, standing, slots)).toBe(top().includes(standing));
          } else if (step.do === "fail") {
            resize();
            enterFailure(rung, slots);
          } else if (step.do === "lose") {
            // A trial that was promoted fails on its way, and counts no more: the one promoted last, then the one before it.
            const last = [...promoted].reverse().find((trial) => !lost.has(trial));
            if (last !== undefined) lost.add(last);
          } else if (step.do === "promote leader") {
            let leader: number | null = null;
            while (leader === null && size < Math.min(3, results.length) && top().every(([trial]) => lost.has(trial))) {
              const [trial] = sorted()[size++]!;
              if (!promoted.has(trial)) leader = trial;
            }
            expect(promoteLeader(rung, (trial) => lost.has(trial))).toBe(leader);
            if (leader !== null) promoted.add(leader);
          } else {
            const due = top().find(([trial]) => !promoted.has(trial))?.[0] ?? null;
            expect(bestReady(rung)).toBe(due);
            if (due === null) continue;
            promoteBest(rung);
            promoted.add(due);
          }
          expect([rung.count, rung.top.length]).toEqual([count, size]);
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
