import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import type { Anchor, CampaignResults, ProblemFacts } from "../results.ts";
import { analyse } from "./analysis.ts";
import type { Measures } from "./measures.ts";
import type { RuntimeCurve } from "./runtimeCurves.ts";
import { budgets, precisions } from "./targets.ts";

const labels = ["random", "sobol", "grid", "random x2"];
const shapes = fc.record({
  strategies: fc.shuffledSubarray(labels, { minLength: 2 }).filter((some) => some.includes("random")),
  problems: fc.shuffledSubarray(["branin", "levy-d6", "ackley-d5"], { minLength: 1 }),
  seeds: fc.integer({ min: 1, max: 4 }),
  budget: fc.integer({ min: 1, max: 8 }),
});

function measuresOf(results: CampaignResults): Measures {
  return analyse(results).measures!;
}

/** The same campaign with another objective: `change` maps values, `facts` what is known of the problem. */
function transformed(results: CampaignResults, change: (value: number) => number, facts: (card: ProblemFacts) => object): CampaignResults {
  const anchor = ({ median, values, ...rest }: Anchor): Anchor => ({ ...rest, median: change(median), values: values.map(change) });
  return {
    ...results,
    problems: results.problems.map((card) => ({ ...card, anchors: { "": anchor(card.anchors![""]!) }, ...facts(card) })),
    runs: results.runs.map((run) => ({ ...run, values: run.values.map((value) => (value === null ? null : change(value))) })),
  };
}

describe("random-search-equivalent evaluations", () => {
  it("are the same after any strictly increasing transform of the objective", () => {
    fc.assert(
      fc.property(
        shapes,
        fc.constantFrom<(x: number) => number>(
          (x) => x * x * x + x,
          (x) => -1 / (1 + x),
          (x) => Math.sqrt(x) - 7,
        ),
        (shape, change) => {
          const results = campaign(shape);
          const other = transformed(results, change, () => ({ measure: "loss", optimum: 0 }));
          const { cards: _one, ...before } = measuresOf(results).equivalents!;
          const { cards: _two, ...after } = measuresOf(other).equivalents!;
          expect(after).toEqual(before);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe("anchored regret", () => {
  it("is the same if the objective is multiplied by a positive number and a constant is added", () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: -8, max: 8 }), fc.integer({ min: -64, max: 64 }), (shape, power, shift) => {
        // Powers of two and whole numbers, so that rounding plays no part.
        const [a, b] = [2 ** power, shift];
        const results = campaign(shape);
        const scaled = (value: number): number => a * value + b;
        const other = transformed(results, scaled, ({ optimum, tolerance }) => ({ optimum: scaled(optimum), tolerance: a * tolerance }));
        const [before, after] = [results, other].map((one) => measuresOf(one).anchored!);
        expect(after!.problems.flat().length).toBe(shape.problems.length * shape.strategies.length);
        before!.problems.flat().forEach((regret, place) => expect(after!.problems.flat()[place]).toBeCloseTo(regret, 9));
        before!.atFloors.forEach(({ level, againstReference }, place) => {
          level.forEach(({ value }, index) => expect(after!.atFloors[place]!.level[index]!.value).toBeCloseTo(value, 9));
          againstReference.forEach(({ value }, index) =>
            expect(after!.atFloors[place]!.againstReference[index]!.value).toBeCloseTo(value, 9),
          );
        });
      }),
      { numRuns: 12 },
    );
  });
});

describe("the measures of a strategy", () => {
  it("stay the same if others are added or left out", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const [some, all] = [campaign(shape), campaign({ ...shape, strategies: labels })].map((results) => ({
          results,
          measures: measuresOf(results),
        }));
        for (const label of shape.strategies) {
          const [own, among] = [some!, all!].map(({ results, measures: { equivalents, anchored, runtime, speedUps } }) => {
            const index = results.strategies.findIndex((strategy) => strategy.label === label);
            return {
              worth: [equivalents!.overall[index], equivalents!.problems.map((problem) => problem[index])],
              anchored: anchored!.atFloors.map(({ level, againstReference }) => [level[index], againstReference[index]]),
              curves: [runtime.budgets, runtime.precisions].map((curves) => curves!.strategies[index]),
              times: [runtime.budgetTimes, runtime.precisionTimes].flatMap((times) =>
                times.flatMap(({ targets }) => targets.map(({ strategies }) => strategies[index])),
              ),
              speedUps: speedUps!.problems.map((problem) => problem[index]),
            };
          });
          expect(among).toEqual(own);
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe("the share of targets reached", () => {
  /** By the definition: counts the (problem, seed, target) whose first hit is at or before the position. */
  function shareAt(
    results: CampaignResults,
    label: string,
    position: number,
    targetsOf: (card: ProblemFacts) => readonly number[],
  ): number {
    const shares = results.problems.map((card) => {
      const targets = targetsOf(card);
      const runs = results.runs.filter((run) => run.problem === card.id && run.strategy === label);
      const perStep = results.strategies.find((strategy) => strategy.label === label)!.evaluationsPerStep;
      const hits = runs.flatMap(({ values }) =>
        targets.filter((target) => {
          const first = values.findIndex((value) => value !== null && value <= target);
          return first >= 0 && Math.ceil((first + 1) / perStep) / card.dimensions <= position;
        }),
      );
      return hits.length / (runs.length * targets.length);
    });
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  }

  const read = ({ at, shares }: RuntimeCurve, position: number): number => shares[at.filter((one) => one <= position).length - 1] ?? 0;

  it("is the definition at every step and between steps, never falls, and is at most 1", () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.double({ min: 0.01, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }), (shape, between) => {
        const results = campaign(shape);
        const { strategies } = measuresOf(results).runtime.precisions!;
        strategies.forEach((curve, index) => {
          const { label } = results.strategies[index]!;
          for (const position of [...curve.at, ...between]) {
            const naive = shareAt(results, label, position, ({ optimum }) => precisions.map((precision) => optimum + precision));
            expect(read(curve, position)).toBeCloseTo(naive, 12);
          }
          curve.shares.forEach((share, place) => expect(share > (curve.shares[place - 1] ?? 0) && share <= 1).toBe(true));
          for (const { at, low, high } of curve.band) expect(low <= read(curve, at) + 1e-12 && read(curve, at) <= high + 1e-12).toBe(true);
        });
      }),
      { numRuns: 10 },
    );
  });

  it("uses nothing that happens later", () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 7 }), fc.double({ min: 0, max: 20, noNaN: true }), (shape, step, value) => {
        const results = campaign({ ...shape, problems: ["branin"] });
        const perStep = new Map(results.strategies.map(({ label, evaluationsPerStep }) => [label, evaluationsPerStep]));
        const changed = results.runs.map((run) => ({
          ...run,
          values: run.values.map((own, index) => (index < step * perStep.get(run.strategy)! ? own : value)),
        }));
        const curvesOf = (of: CampaignResults): Measures["runtime"]["budgets"] => measuresOf(of).runtime.budgets;
        const [before, after] = [curvesOf(results)!, curvesOf({ ...results, runs: changed })!];
        before.strategies.forEach((curve, index) => {
          for (let until = 1; until <= step; until++) {
            expect(read(after.strategies[index]!, until / results.problems[0]!.dimensions)).toBe(
              read(curve, until / results.problems[0]!.dimensions),
            );
          }
        });
      }),
      { numRuns: 10 },
    );
  });

  it("is the same if runs repeat values that are not better", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const results = campaign({ ...shape, strategies: ["random", "sobol"] });
        // Twice the budget, each value followed by a worse one: the same hits at twice the position.
        const slower = {
          ...results,
          problems: results.problems.map((card) => ({ ...card, budget: 2 * card.budget })),
          runs: results.runs.map((run) => ({ ...run, values: run.values.flatMap((value) => [value! + 1, value]) })),
        };
        const [before, after] = [results, slower].map((one) => measuresOf(one).runtime.budgets!.strategies);
        before!.forEach(({ at, shares }, index) => {
          // A worse value can reach an easy target one evaluation earlier.
          at.forEach((position, place) => expect(read(after![index]!, 2 * position)).toBeGreaterThanOrEqual(shares[place]! - 1e-12));
        });
        const doubled = {
          ...slower,
          runs: results.runs.map((run) => ({
            ...run,
            values: run.values.flatMap((value, index) => [run.values[index - 1] ?? null, value]),
          })),
        };
        measuresOf(doubled).runtime.budgets!.strategies.forEach(({ at, shares }, index) => {
          expect(at.map((position) => position / 2)).toEqual(before![index]!.at);
          expect(shares).toEqual(before![index]!.shares);
        });
      }),
      { numRuns: 8 },
    );
  });

  it("has 31 targets of random search, a constant factor apart", () => {
    expect([budgets.length, budgets[0]]).toEqual([31, 0.5]);
    expect(budgets.at(-1)).toBeCloseTo(50, 12);
    for (let place = 2; place < 31; place++) expect(budgets[place]! / budgets[place - 1]!).toBeCloseTo(budgets[1]! / budgets[0]!, 12);
  });
});
