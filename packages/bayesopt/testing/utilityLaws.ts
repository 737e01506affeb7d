/** The laws of acquisition functions in closed form, run on a few thousand cases at every test and on a million by night. */
import fc from "fast-check";
import { expect } from "vitest";
import { logExpectedImprovement } from "../src/acquisition/logExpectedImprovement.ts";
import { logProbabilityOfImprovement } from "../src/acquisition/logProbabilityOfImprovement.ts";
import { lowerConfidenceBound } from "../src/acquisition/lowerConfidenceBound.ts";
import type { Utility, UtilityFunction } from "../src/acquisition/utility.ts";

export type UtilityLaw = { readonly name: string; readonly run: (cases: number) => void };

/** Anything a double can be, the edges often. */
const anything = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 5e-324, -5e-324, 1e-308, 1e308, -1e308, Infinity, -Infinity, NaN, 1),
  fc.double({ min: -10, max: 10, noNaN: true }),
);
/** Of ordinary size: incumbents and means in units of the data, variances down to what is left next to a measured point. */
const ordinary = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((cell) => cell * 2 ** -28);
const ordinaryVariance = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((cell) => 10 ** (cell * 2 ** -28 - 4));

/** How far the incumbent is above the mean. */
const standardDeviations = fc
  .integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
  .map((cell) => (cell < 0 ? -(10 ** (3 + cell * 2 ** -29)) : cell * 2 ** -28));

/** Each by the value it is made with: an incumbent, or a number of standard deviations. */
const everyUtility: readonly (readonly [name: string, create: (parameter: number) => UtilityFunction])[] = [
  ["logExpectedImprovement", logExpectedImprovement],
  ["logProbabilityOfImprovement", logProbabilityOfImprovement],
  ["lowerConfidenceBound", (parameter) => lowerConfidenceBound(Number.isFinite(parameter) ? Math.abs(parameter) : 0)],
];

export const utilityLaws: readonly UtilityLaw[] = everyUtility.flatMap(([name, create]) => [
  {
    name: `${name} is never NaN nor Infinity, and its derivatives are finite, whatever incumbent, mean and variance`,
    run: (cases: number): void => {
      const law = fc.property(anything, anything, anything, (parameter, mean, variance) => {
        const { value, byMean, byVariance } = at(create(parameter), mean, variance);
        expect(value < Infinity && Number.isFinite(byMean) && Number.isFinite(byVariance)).toBe(true);
      });
      fc.assert(law, { numRuns: cases });
    },
  },
  {
    name: `${name} falls with the mean, and is concave in it`,
    run: (cases: number): void => {
      const law = fc.property(ordinary, ordinary, ordinary, ordinaryVariance, (parameter, first, second, variance) => {
        const utility = create(parameter);
        const low = at(utility, Math.min(first, second), variance);
        const high = at(utility, Math.max(first, second), variance);
        const middle = at(utility, 0.5 * (first + second), variance);
        const slack = 1e-13 * Math.max(1, Math.abs(low.value), Math.abs(high.value));
        expect(high.value).toBeLessThanOrEqual(low.value + slack);
        expect(middle.value).toBeGreaterThanOrEqual(0.5 * (low.value + high.value) - slack);
        expect(high.byMean).toBeLessThanOrEqual(low.byMean * (1 - 1e-13) + 1e-300);
        expect(low.byMean).toBeLessThanOrEqual(0);
      });
      fc.assert(law, { numRuns: cases });
    },
  },
  {
    name: `${name} rises with the variance ${name === "logProbabilityOfImprovement" ? "where the mean is above the incumbent, and falls where it is below" : ""}`.trim(),
    run: (cases: number): void => {
      const law = fc.property(ordinary, ordinary, ordinaryVariance, ordinaryVariance, (parameter, mean, first, second) => {
        const utility = create(parameter);
        const low = at(utility, mean, Math.min(first, second));
        const high = at(utility, mean, Math.max(first, second));
        const direction = name === "logProbabilityOfImprovement" && mean < parameter ? -1 : 1;
        const slack = 1e-13 * Math.max(1, Math.abs(low.value), Math.abs(high.value));
        if (low.value > -Infinity) expect(direction * (high.value - low.value)).toBeGreaterThanOrEqual(-slack);
        expect(direction * low.byVariance).toBeGreaterThanOrEqual(0);
        expect(direction * high.byVariance).toBeGreaterThanOrEqual(0);
      });
      fc.assert(law, { numRuns: cases });
    },
  },
  {
    name: `${name} has the derivatives that differences of its values show`,
    run: (cases: number): void => {
      const law = fc.property(standardDeviations, ordinaryVariance, (u, variance) => {
        const utility = create(name === "lowerConfidenceBound" ? 2 : 0);
        const mean = -u * Math.sqrt(variance);
        const { value, byMean, byVariance } = at(utility, mean, variance);
        const tolerance = (change: number): number => 1e-5 * Math.abs(change) + 1e-12 * Math.max(1, Math.abs(value));
        // Steps over which -u^2 / 2, what the values come to far below zero, changes by about 10^-3.
        const step = (1e-3 * Math.sqrt(variance)) / Math.max(1, Math.abs(u));
        const fall = at(utility, mean + step, variance).value - at(utility, mean - step, variance).value;
        expect(Math.abs(fall - 2 * step * byMean)).toBeLessThanOrEqual(tolerance(2 * step * byMean));
        const growth = (1e-3 * variance) / Math.max(1, u * u);
        const rise = at(utility, mean, variance + growth).value - at(utility, mean, variance - growth).value;
        expect(Math.abs(rise - 2 * growth * byVariance)).toBeLessThanOrEqual(tolerance(2 * growth * byVariance));
      });
      fc.assert(law, { numRuns: cases });
    },
  },
]);

function at(utility: UtilityFunction, mean: number, variance: number): Utility {
  const out = { value: NaN, byMean: NaN, byVariance: NaN };
  utility(mean, variance, out);
  return out;
}
