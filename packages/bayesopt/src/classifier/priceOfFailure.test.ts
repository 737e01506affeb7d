import { log } from "@caviar-hpo/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newUtility } from "../acquisition/utility.ts";
import { leastProbability, payForFailures } from "./priceOfFailure.ts";

/** ln P turned into its worth; the derivative by the mean comes from ln P's, which is taken as 1 by P. */
function worthOf(probability: number, least: number): { readonly value: number; readonly slope: number } {
  const out = { ...newUtility(), value: log(probability), byMean: 1 / probability };
  payForFailures(least, out);
  return { value: out.value, slope: out.byMean };
}

describe("the least probability of success", () => {
  const labels = (text: string): Float64Array => Float64Array.from(text, (one) => (one === "F" ? 1 : -1));
  it.each([
    ["", 0],
    ["....", 0],
    ["F", 0.2],
    ["..F.......", 0.2],
    ["F..........", 0],
    ["FFFFFFFFFFF....F.....", 0.2],
    ["FFF...", 0.6],
    ["FFFFFFFFFF", 0.8],
  ])("after %j is %d: twice the share of failures among the latest ten, at most 0.8", (text, least) => {
    expect(leastProbability(labels(text))).toBeCloseTo(least, 15);
  });
});

describe("the worth of a bet that pays for failures", () => {
  it("without a price is the probability, to the bit", () => {
    const out = { value: -0.3, byMean: 2, byVariance: 3 };
    payForFailures(0, out);
    expect(out).toEqual({ value: -0.3, byMean: 2, byVariance: 3 });
  });

  it("is what a success is expected to gain, less the price of a failure", () => {
    const price = 0.6 / 0.4;
    for (const p of [0.61, 0.7, 0.95, 1]) expect(Math.exp(worthOf(p, 0.6).value)).toBeCloseTo(p - price * (1 - p), 12);
  });

  it("below the least probability is worse than any improvement can make up for, and still rises with the probability", () => {
    expect(worthOf(0.599, 0.6).value).toBeLessThan(-1e6);
    expect(worthOf(0.5, 0.6).value).toBeLessThan(worthOf(0.55, 0.6).value);
    expect(Number.isFinite(worthOf(1e-300, 0.8).value)).toBe(true);
  });

  it("rises with the probability, and its slope is its difference", () => {
    const probability = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(probability, probability, fc.constantFrom(0.2, 0.4, 0.8), (p, q, least) => {
        if (p < q) expect(worthOf(p, least).value).toBeLessThanOrEqual(worthOf(q, least).value);
        const step = 1e-7;
        if (Math.abs(p - least) < 1e-4) return;
        const difference = (worthOf(p + step, least).value - worthOf(p - step, least).value) / (2 * step);
        expect(Math.abs(worthOf(p, least).slope / difference - 1)).toBeLessThan(1e-3);
      }),
      { seed: 1 },
    );
  });
});
