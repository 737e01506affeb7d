/** Pearson's correlation of two samples, and whether it is zero. */
import { NumericalError } from "../../contract/errors.ts";
import { incompleteBeta } from "./incompleteBeta.ts";

/** The result of a correlation test. `statistic` is r, in [-1, 1]. It is 0 if one of the samples is constant. */
export type Correlation = { readonly statistic: number; readonly p: number };

/**
 * Tests whether the correlation of two samples is zero. The p-value is two-sided: if the samples are independent and one of them is normal,
 * r^2 has the beta distribution with the parameters 1/2 and (n - 2) / 2. For uniform samples of at least 50 numbers, the p-value is close.
 *
 * @throws NumericalError for samples of different lengths, or of fewer than three numbers.
 */
export function correlationTest(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  const n = x.length;
  if (n < 3 || n !== y.length) {
    throw new NumericalError({
      code: "badSample",
      what: "correlationTest",
      expected: "two samples of one length, at least 3",
      got: `lengths ${n} and ${y.length}`,
      remedy: "Pass one pair for each draw.",
    });
  }
  const [a, b] = [centred(x), centred(y)];
  const scale = Math.sqrt(dot(a, a) * dot(b, b));
  const statistic = scale > 0 ? Math.max(-1, Math.min(1, dot(a, b) / scale)) : 0;
  return { statistic, p: incompleteBeta((1 - statistic) * (1 + statistic), (n - 2) / 2, 0.5) };
}

function centred(x: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(x);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}
