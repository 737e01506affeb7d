import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval, stratifiedMean } from "./meanInterval.ts";

describe("the mean over problems", () => {
  it("weighs problems alike, and adds the variances of their means", () => {
    const mean = stratifiedMean([
      [-1, 2, 3, 0.5, -0.25, 4, 1, 1],
      [1, 0, 2, 5],
    ]);
    // NumPy: mean of the two means, and (var(x, ddof=1) / 8 + var(y, ddof=1) / 4) / 4.
    expect(mean.value).toBeCloseTo(1.640625, 12);
    expect(mean.variance).toBeCloseTo(0.377290271577381, 12);
    expect(mean.freedom).toBe(10);
  });
});

describe("the interval of a mean", () => {
  it("is Student's where its width is the larger", () => {
    // SciPy: ttest_1samp(x, 0).confidence_interval(); 2.3646242510103 is the quantile of t with 7 degrees of freedom.
    const { low, high } = meanInterval(stratifiedMean([[-1, 2, 3, 0.5, -0.25, 4, 1, 1]]), 2.3646242510103, 99);
    expect(high).toBeCloseTo(2.6650995896473524, 8);
    expect(low).toBeLessThanOrEqual(-0.10259958964735238 + 1e-8);
  });

  // SciPy: binomtest(wins, n).proportion_ci(0.95, "wilson"), as 2 p - 1.
  it.each([
    [10, 10, 0.7224672001371109, 1],
    [9, 12, 0.46769466506643426, 0.9110583316059453],
    [1, 14, 0.012722215247890939, 0.31468704424151117],
    [10, 20, 0.2992980082981824, 0.7007019917018176],
  ])("holds Wilson's interval for %d wins out of %d", (wins, n, low, high) => {
    const sample = Array.from({ length: n }, (_, index) => (index < wins ? 1 : -1));
    const share = 1.959963984540054 ** 2 / n;
    const found = meanInterval(stratifiedMean([sample]), Math.sqrt(((n - 1) * share) / (1 - share)), 1);
    expect(found.low).toBeLessThanOrEqual(2 * low - 1 + 1e-7);
    expect(found.high).toBeGreaterThanOrEqual(2 * high - 1 - 1e-7);
    // Where all seeds agree, Student's interval has no width, and Wilson's is all there is.
    if (wins === n) expect(found.low).toBeCloseTo(2 * low - 1, 10);
  });

  const samples = fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 8 }), { minLength: 1, maxLength: 4 });

  it("leaves out zero if and only if the mean exceeds the critical number of standard errors", () => {
    fc.assert(
      fc.property(samples, fc.double({ min: 0.1, max: 20, noNaN: true }), (problems, critical) => {
        const mean = stratifiedMean(problems);
        const margin = Math.abs(mean.value) - critical * Math.sqrt(mean.variance);
        fc.pre(Math.abs(margin) > 1e-9);
        const { low, high } = meanInterval(mean, critical, 5);
        expect(low > 1e-12 || high < -1e-12).toBe(margin > 0);
        expect(low <= mean.value + 1e-12 && high >= mean.value - 1e-12).toBe(true);
      }),
    );
  });

  it("changes sides with the sign of the sample, and grows with the critical value", () => {
    fc.assert(
      fc.property(samples, fc.double({ min: 0.1, max: 20, noNaN: true }), (problems, critical) => {
        const there = meanInterval(stratifiedMean(problems), critical, 5);
        const back = meanInterval(stratifiedMean(problems.map((sample) => sample.map((value) => -value))), critical, 5);
        expect(back.low).toBeCloseTo(-there.high, 10);
        expect(back.high).toBeCloseTo(-there.low, 10);
        const wider = meanInterval(stratifiedMean(problems), 1.5 * critical, 5);
        expect(wider.low <= there.low + 1e-12 && wider.high >= there.high - 1e-12).toBe(true);
      }),
    );
  });

  it("is the whole range without a critical value", () => {
    expect(meanInterval(stratifiedMean([[1, 1]]), Infinity, 3)).toEqual({ low: -3, high: 3 });
  });
});
