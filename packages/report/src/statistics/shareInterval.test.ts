import { describe, expect, it } from "vitest";
import { shareInterval } from "./shareInterval.ts";

const answers = (yes: number, n: number): readonly number[] => Array.from({ length: n }, (_, at) => (at < yes ? 1 : 0));

describe("the interval of a share", () => {
  // SciPy: binomtest(yes, n).proportion_ci(c, "wilson"), where c turns the normal quantile into t.isf(0.025, n - 1).
  it.each([
    [10, 10, 0.6614913773398168, 1],
    [9, 12, 0.4350101835951893, 0.921192644215061],
    [0, 14, 0, 0.25002113595095965],
  ])("is Wilson's with Student's quantile for %d successes out of %d", (yes, n, low, high) => {
    const { value, interval } = shareInterval([answers(yes, n)]);
    expect(value).toBeCloseTo(yes / n, 12);
    expect(interval!.low).toBeCloseTo(low, 6);
    expect(interval!.high).toBeCloseTo(high, 6);
  });

  it("is narrower if every run reaches the same share of its targets than if runs reach all or none", () => {
    const width = (sample: readonly number[]): number => {
      const { low, high } = shareInterval([sample]).interval!;
      return high - low;
    };
    expect(width([0.4, 0.5, 0.6, 0.5, 0.5, 0.5, 0.6, 0.4])).toBeLessThan(0.3 * width([0, 1, 0, 1, 0, 1, 0, 1]));
  });

  it("mirrors with the answers, and stays within 0 and 1", () => {
    const there = shareInterval([answers(3, 10), answers(9, 10)]);
    const back = shareInterval([answers(7, 10), answers(1, 10)]);
    expect(back.value).toBeCloseTo(1 - there.value, 12);
    expect(back.interval!.low).toBeCloseTo(1 - there.interval!.high, 12);
    expect(shareInterval([answers(0, 5)]).interval!.low).toBe(0);
    expect(shareInterval([answers(5, 5)]).interval!.high).toBe(1);
  });

  it("is missing where a problem has one seed", () => {
    expect(shareInterval([answers(3, 10), [1]]).interval).toBeNull();
  });
});
