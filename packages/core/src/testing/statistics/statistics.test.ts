/** The tests of hypotheses against SciPy, at edges, and against what they say about samples. */
import { describe, expect, test } from "vitest";
import { NumericalError } from "../../contract/errors.ts";
import { derive, root } from "../../random/key.ts";
import { stream } from "../../random/stream.ts";
import { chiSquareTest } from "./chiSquare.ts";
import { correlationTest } from "./correlation.ts";
import { holm } from "./holm.ts";
import { incompleteBeta } from "./incompleteBeta.ts";
import { kolmogorovSmirnovTail, kolmogorovSmirnovTest } from "./kolmogorovSmirnov.ts";
import golden from "./statistics.golden.json" with { type: "json" };
import { upperGamma } from "./upperGamma.ts";

const relative = (got: number, expected: number): number => Math.abs(got - expected) / expected;

describe("like SciPy:", () => {
  test.each(golden.upperGamma)("gammaincc($a, $x)", ({ a, x, expected }) => {
    expect(relative(upperGamma(a, x), expected)).toBeLessThan(1e-11);
  });

  test.each(golden.incompleteBeta)("betainc($a, $b, $x)", ({ x, a, b, expected }) => {
    expect(relative(incompleteBeta(x, a, b), expected)).toBeLessThan(1e-11);
  });

  test.each(golden.kolmogorovSmirnov)("kstwo.sf($d, $n)", ({ n, d, expected }) => {
    const got = kolmogorovSmirnovTail(d, n);
    // SciPy keeps five digits of a p-value where it approximates.
    const tolerance = n * d * d < 4 ? 1e-5 : 1e-7;
    expect(Math.abs(got - expected)).toBeLessThan(tolerance * expected + 1e-300);
  });

  test("kstest, pearsonr and chisquare", () => {
    const { uniforms, squares, others, kstest, pearsonr } = golden.samples;
    const close = (got: { readonly statistic: number; readonly p: number }, expected: readonly number[]): void => {
      expect(got.statistic).toBeCloseTo(expected[0]!, 12);
      expect(relative(got.p, expected[1]!)).toBeLessThan(1e-9);
    };
    close(kolmogorovSmirnovTest(uniforms), kstest[0]!);
    close(kolmogorovSmirnovTest(squares), kstest[1]!);
    close(correlationTest(uniforms, others), pearsonr[0]!);
    close(correlationTest(uniforms, others.slice().reverse()), pearsonr[1]!);
    close(chiSquareTest(golden.chisquare.counts, golden.chisquare.probabilities), golden.chisquare.expected);
  });
});

describe("the distribution of Kolmogorov and Smirnov", () => {
  test("is the one printed by Marsaglia, Tsang and Wang: P(D_10 < 0.274) = 0.6284796154565042", () => {
    expect(1 - kolmogorovSmirnovTail(0.274, 10)).toBeCloseTo(0.6284796154565042, 14);
  });

  test("of one number is that of its distance from the farther end", () => {
    for (const d of [0.5, 0.6, 0.75, 0.99]) expect(kolmogorovSmirnovTail(d, 1)).toBeCloseTo(2 * (1 - d), 13);
  });

  test("is 1 where every sample reaches d, and 0 where none does", () => {
    expect([kolmogorovSmirnovTail(0, 7), kolmogorovSmirnovTail(0.5 / 7, 7), kolmogorovSmirnovTail(1, 7)]).toEqual([1, 1, 0]);
  });

  test("has no step where its two formulas meet", () => {
    for (const n of [16, 100, 1024]) {
      const d = 2 / Math.sqrt(n);
      expect(relative(kolmogorovSmirnovTail(d * (1 - 1e-12), n), kolmogorovSmirnovTail(d * (1 + 1e-12), n))).toBeLessThan(1e-8);
    }
  });

  test("a sample says where it is farthest from uniform", () => {
    expect(kolmogorovSmirnovTest([0.9, 0.1, 0.2])).toMatchObject({ at: 0.2, share: 2 / 3, statistic: 2 / 3 - 0.2 });
    expect(kolmogorovSmirnovTest([0.8, 0.7, 0.9])).toMatchObject({ at: 0.7, share: 0, statistic: 0.7 });
  });
});

describe("chi-square", () => {
  test("is right within a factor of three down to 1 in 100,000, with 50 expected in the smaller of two cells of 1000 points", () => {
    const [n, probability] = [1000, 0.05];
    const exact = (statistic: number): number => {
      let sum = 0;
      let mass = (1 - probability) ** n;
      for (let k = 0; k <= n; k++) {
        if (chiSquareTest([k, n - k], [probability, 1 - probability]).statistic >= statistic - 1e-9) sum += mass;
        mass *= ((n - k) / (k + 1)) * (probability / (1 - probability));
      }
      return sum;
    };
    for (let k = 50; k <= 81; k++) {
      const { statistic, p } = chiSquareTest([k, n - k], [probability, 1 - probability]);
      if (p < 1e-5) break;
      expect(exact(statistic)).toBeLessThan(3 * p);
    }
  });
});

test("a constant sample is correlated with nothing, and a line perfectly with itself", () => {
  expect(correlationTest([1, 1, 1, 1], [1, 2, 3, 4])).toEqual({ statistic: 0, p: 1 });
  expect(correlationTest([1, 2, 3, 4], [2, 4, 6, 8])).toMatchObject({ statistic: 1, p: 0 });
});

describe("Holm's adjustment", () => {
  test("is that of his procedure: the least times 4, the next times 3, never falling, at most 1", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.5, 0.6])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });

  test("keeps the rate of false alarms of 20 tests, where the tests alone would raise one in 64 % of runs", () => {
    const source = stream(derive(root("holm")));
    let alarms = 0;
    for (let run = 0; run < 4000; run++) {
      const ps = Array.from({ length: 20 }, source.uniform);
      if (holm(ps).some((p) => p <= 0.05)) alarms++;
    }
    // 200 expected, with a standard deviation of 14.
    expect(Math.abs(alarms - 4000 * (1 - (1 - 0.05 / 20) ** 20))).toBeLessThan(4 * 14);
  });
});

describe("what cannot be tested is refused:", () => {
  test.each([
    ["no numbers", () => kolmogorovSmirnovTest([])],
    ["a number above 1", () => kolmogorovSmirnovTest([0.5, 1.5])],
    ["NaN", () => kolmogorovSmirnovTest([NaN])],
    ["one cell", () => chiSquareTest([3], [1])],
    ["a cell without probability", () => chiSquareTest([3, 0], [1, 0])],
    ["counts without probabilities", () => chiSquareTest([3, 4], [1])],
    ["two pairs", () => correlationTest([1, 2], [1, 2])],
    ["samples of two lengths", () => correlationTest([1, 2, 3], [1, 2])],
  ])("%s", (_name, misuse) => {
    expect(misuse).toThrow(NumericalError);
  });
});
