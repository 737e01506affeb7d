/** Sequences and discrepancies compared with SciPy and mpmath, on new inputs in every run. */
// python: scipy mpmath
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { derive, type Key, root, type Stream, stream } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { centredDiscrepancy, mixtureDiscrepancy, starDiscrepancy, wrapAroundDiscrepancy } from "./discrepancy.ts";
import { halton, rSequence, sobol } from "./sequences.ts";

const seed = process.env.CAVIAR_PEERS_SEED ?? String(Date.now());
const key = root(`peers ${seed}`);

/** The answers of golden/peers.py to one question, asked of each of `of`. */
function ask<Answer>(question: string, of: readonly (readonly unknown[])[]): readonly Answer[] {
  const script = fileURLToPath(new URL("../golden/peers.py", import.meta.url));
  const options = { input: JSON.stringify({ ask: question, of }), encoding: "utf8", maxBuffer: 2 ** 30 } as const;
  return JSON.parse(execFileSync(process.env.CAVIAR_PYTHON || "python3", [script], options));
}

function draws(name: string, count: number): readonly Stream[] {
  return Array.from({ length: count }, (_, index) => stream(derive(key, name, index)));
}

function filled(
  sequence: { readonly dimensions: number; fill(start: number, count: number, out: Float64Array): void },
  start: number,
  count: number,
) {
  const out = new Float64Array(count * sequence.dimensions);
  sequence.fill(start, count, out);
  return out;
}

function rows(points: Float64Array, dimensions: number): number[][] {
  return Array.from({ length: points.length / dimensions }, (_, row) => [...points.subarray(row * dimensions, (row + 1) * dimensions)]);
}

/** A power of two below 2^bits, and something below it: indices of every size. */
function anyIndex(source: Stream, bits: number): number {
  const size = 2 ** source.integer(bits);
  return size + source.integer(size);
}

describe(`under CAVIAR_PEERS_SEED=${seed}`, () => {
  test("Sobol points are SciPy's bit for bit: 60 stretches in up to 1111 dimensions, of the first 2^20 points and of the first 2^29", () => {
    // SciPy walks to its start point by point: what is far has to be narrow.
    const of = draws("sobol", 60).map((source, at) => {
      const count = 1 + source.integer(300);
      if (at < 5) return [1 + source.integer(3), anyIndex(source, 28), count] as const;
      return [1 + source.integer(at < 10 ? 1111 : 40), at < 10 ? source.integer(1000) : anyIndex(source, 19), count] as const;
    });
    const theirs = ask<number[][]>("sobol", of);
    of.forEach(([dimensions, start, count], at) => {
      expect(filled(sobol(dimensions, null), start, count)).toEqual(Float64Array.from(theirs[at]!.flat()));
    });
  });

  test("Halton points are the doubles nearest to the exact fractions, bit for bit, and SciPy's within its rounding", () => {
    const of = draws("halton", 40).map(
      (source, at) => [1 + source.integer(60), at < 4 ? 0 : anyIndex(source, 13), 1 + source.integer(50)] as const,
    );
    const theirs = ask<{ readonly scipy: number[][]; readonly exact: number[][] }>("halton", of);
    of.forEach(([dimensions, start, count], at) => {
      const ours = filled(halton(dimensions, null), start, count);
      expect(ours).toEqual(Float64Array.from(theirs[at]!.exact.flat()));
      const furthest = theirs[at]!.scipy.flat().reduce((most, x, i) => Math.max(most, Math.abs(x - ours[i]!)), 0);
      expect(furthest).toBeLessThan(1e-14);
    });
  });

  test("R-sequence points are those of mpmath at 60 digits to 2^-51", () => {
    const of = draws("rSequence", 200).map((source) => [1 + source.integer(40), anyIndex(source, 32)] as const);
    const theirs = ask<number[]>("rPoint", of);
    of.forEach(([dimensions, n], at) => {
      const ours = rSequence(dimensions, null).at(n - 1);
      const apart = theirs[at]!.map((x, j) => Math.abs(x - ours[j]!)).map((gap) => Math.min(gap, 1 - gap));
      expect(Math.max(...apart)).toBeLessThanOrEqual(2 ** -51);
    });
  });

  test("the four discrepancies of random points are SciPy's to 1e-11 of the sums that cancel in them", () => {
    const sets = draws("discrepancies", 60).map((source) => {
      const dimensions = 1 + source.integer(20);
      return { dimensions, points: Float64Array.from({ length: dimensions * (1 + source.integer(100)) }, () => source.uniform()) };
    });
    const theirs = ask<readonly number[]>(
      "discrepancies",
      sets.map(({ points, dimensions }) => [rows(points, dimensions)]),
    );
    sets.forEach(({ points, dimensions }, at) => {
      const [centred, wrapAround, mixture, star] = theirs[at]!;
      expect(Math.abs(centredDiscrepancy(points, dimensions) - centred!)).toBeLessThan(1e-11 * (13 / 12) ** dimensions);
      expect(Math.abs(wrapAroundDiscrepancy(points, dimensions) - wrapAround!)).toBeLessThan(1e-11 * (4 / 3) ** dimensions);
      expect(Math.abs(mixtureDiscrepancy(points, dimensions) - mixture!)).toBeLessThan(1e-11 * (19 / 12) ** dimensions);
      expect(Math.abs(starDiscrepancy(points, dimensions) ** 2 - star! ** 2)).toBeLessThan(1e-11);
    });
  });
});

// Nested scrambles (ours) and linear ones with a digital shift (SciPy's) have the same second moments: Hickernell and Yue, SIAM J. Numer.
// Anal. 38 (2000) 1089-1112. So mean discrepancies and mean squared errors agree up to chance.
describe.each([
  [2, 64],
  [5, 64],
  [5, 256],
  [10, 256],
])(`scrambled Sobol in %i dimensions, %i points, compared with SciPy's (CAVIAR_PEERS_SEED=${seed})`, (dimensions, points) => {
  const sets = 300;
  const theirs = ask<number[][][]>("scrambled", [
    [dimensions, points, draws(`scipy ${dimensions} ${points}`, sets).map((source) => source.integer(2 ** 31))],
  ])[0]!.map((set) => Float64Array.from(set.flat()));
  const keyOf = (index: number): Key => derive(key, "scrambled", dimensions, points, index);
  const ours = Array.from({ length: sets }, (_, index) => filled(sobol(dimensions, keyOf(index)), 0, points));

  /** Two means that differ by less than six standard errors; printed, because they are the comparison. */
  function expectSameMean(what: string, measure: (set: Float64Array) => number): void {
    const [a, b] = [ours, theirs].map((group) => moments(group.map(measure)));
    console.log(`d ${dimensions}, n ${points}: ${what}: ours ${a!.mean.toExponential(3)}, SciPy ${b!.mean.toExponential(3)}`);
    expect(Math.abs(a!.mean - b!.mean)).toBeLessThan(6 * Math.sqrt((a!.variance + b!.variance) / sets));
  }

  test("the mean centred discrepancies agree", () => {
    expectSameMean("mean centred discrepancy", (set) => centredDiscrepancy(set, dimensions));
  });

  test.each([
    ["a smooth product", (x: number, j: number): number => 1 + (x - 0.5) / (1 + j)],
    ["Sobol's g function", (x: number, j: number): number => (Math.abs(4 * x - 2) + j) / (1 + j)],
    ["an indicator", (x: number): number => (x < 0.9 ? 1 / 0.9 : 0)],
  ])("the mean squared errors agree when %s is integrated, whose integral is 1", (name, factor) => {
    expectSameMean(`mean squared error of ${name}`, (set) => {
      const mean = rows(set, dimensions).reduce((sum, row) => sum + row.reduce((product, x, j) => product * factor(x, j), 1), 0) / points;
      return (mean - 1) ** 2;
    });
  });
});

function moments(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) };
}
