import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Contestant, compare, compareMeasurements, compareStandings, rankTrials, standingOf } from "./compare.ts";
import { trialId } from "./ids.ts";
import type { Measurement } from "./trial.ts";

const at = (fidelity: number, values: readonly number[], constraints: readonly number[] = []): Measurement => ({
  fidelity,
  values,
  constraints,
  costSeconds: 0,
  atMilestone: true,
});
const contestants = (...measurements: readonly (Measurement | null)[]): readonly Contestant[] =>
  measurements.map((measurement, id) => ({ trial: trialId(id), measurement }));
const ranking = (...measurements: readonly (Measurement | null)[]): readonly number[] =>
  rankTrials(contestants(...measurements)).map(({ trial }) => trial);

const some: fc.Arbitrary<Measurement | null> = fc.option(
  fc
    .tuple(
      fc.constantFrom(1, 3, 9),
      fc.constantFrom(-1, 0, 2, Number.MAX_VALUE, -Number.MAX_VALUE),
      fc.array(fc.constantFrom(-1, 0, 1, 2, 3, Number.MAX_VALUE), { minLength: 2, maxLength: 2 }),
    )
    .map(([fidelity, value, constraints]) => at(fidelity, [value], constraints)),
);

describe("the order of trials", () => {
  it("puts feasible before infeasible before failed ones, whatever else", () => {
    expect(ranking(null, at(9, [0], [1]), at(1, [5], [0]))).toEqual([2, 1, 0]);
  });

  it("puts the further trained first, among the feasible and among the infeasible", () => {
    expect(ranking(at(1, [0]), at(3, [9]))).toEqual([1, 0]);
    expect(ranking(at(1, [0], [1]), at(3, [9], [2]))).toEqual([1, 0]);
  });

  it("then takes the lower value, also of extremes", () => {
    const { MAX_VALUE } = Number;
    expect(ranking(at(1, [1]), at(1, [MAX_VALUE]), at(1, [-MAX_VALUE]), at(1, [0]))).toEqual([2, 3, 0, 1]);
  });

  it("of infeasible ones takes the smaller sum of violations, and not the lower value", () => {
    expect(ranking(at(1, [0], [2, 2]), at(1, [9], [3, 0]), at(1, [5], [3, -100]), at(1, [-9], [0, 5]))).toEqual([1, 2, 0, 3]);
  });

  it("tells infeasible ones apart whose sums overflow", () => {
    const { MAX_VALUE } = Number;
    expect(ranking(at(1, [0], [MAX_VALUE, MAX_VALUE]), at(1, [0], [MAX_VALUE, 1e308]), at(1, [0], [MAX_VALUE, 0]))).toEqual([2, 1, 0]);
  });

  it("takes the earlier of equals, of failed ones too", () => {
    expect(ranking(null, at(1, [1]), null, at(1, [1]), at(1, [0], [1]), at(1, [2], [1]))).toEqual([1, 3, 4, 5, 0, 2]);
  });

  it("is total: antisymmetric, transitive, and 0 for a trial and itself alone", () => {
    fc.assert(
      fc.property(some, some, some, (...measurements) => {
        const [a, b, c] = contestants(...measurements) as readonly [Contestant, Contestant, Contestant];
        expect(compare(a, a)).toBe(0);
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)));
        expect(compare(a, b)).not.toBe(0);
        if (compare(a, b) < 0 && compare(b, c) < 0) expect(compare(a, c)).toBeLessThan(0);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("is the same by contestants, by measurements and, at one fidelity, by standings", () => {
    fc.assert(
      fc.property(some, some, (...measurements) => {
        const [a, b] = contestants(...measurements) as readonly [Contestant, Contestant];
        if (a.measurement === null || b.measurement === null) return;
        const order = Math.sign(compare(a, b));
        expect(Math.sign(compareMeasurements(a.measurement, b.measurement) || -1)).toBe(order);
        if (a.measurement.fidelity !== b.measurement.fidelity) return;
        expect(Math.sign(compareStandings(standingOf(a.trial, a.measurement), standingOf(b.trial, b.measurement)))).toBe(order);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});

describe("with several objectives", () => {
  it("the Pareto rank among the feasible of one fidelity decides", () => {
    const ranks = ranking(at(1, [2, 3]), at(1, [1, 4]), at(1, [2, 2]), at(1, [0, 0], [1]), at(3, [9, 9]), at(3, [8, 9]), null);
    expect(ranks).toEqual([5, 4, 1, 2, 0, 3, 6]);
  });

  it("infeasible ones go by their violation", () => {
    expect(ranking(at(1, [0, 0], [2]), at(1, [9, 9], [1]))).toEqual([1, 0]);
  });
});
