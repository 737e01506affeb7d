import { describe, expect, test } from "vitest";
import golden from "./discrepancy.golden.json" with { type: "json" };
import { centredDiscrepancy, mixtureDiscrepancy, starDiscrepancy, updateCentredDiscrepancy, wrapAroundDiscrepancy } from "./discrepancy.ts";
import { halton } from "./halton.ts";
import type { Sequence } from "./sequence.ts";
import { sobol } from "./sobol/sobol.ts";

function near(ours: number, expected: number, tolerance = 1e-12): void {
  expect(Math.abs(ours - expected)).toBeLessThanOrEqual(tolerance);
}

const all = [centredDiscrepancy, wrapAroundDiscrepancy, mixtureDiscrepancy, starDiscrepancy];
const sixPoints = Float64Array.from([1, 3, 2, 6, 3, 2, 4, 5, 5, 1, 6, 4], (x) => (x - 0.5) / 6);

describe("published values", () => {
  test("six points of a 6 x 6 grid", () => {
    const published = [0.008142039609053464, 0.01684670781892894, 0.014895592206789487, 0.06833606212558091];
    for (const [at, discrepancy] of all.entries()) near(discrepancy(sixPoints, 2), published[at]!);
  });

  test("eight midpoints of an interval", () => {
    const midpoints = Float64Array.from({ length: 8 }, (_, i) => (i + 0.5) / 8);
    const published = [0.0013020833333332593, 0.0026041666666667407, 0.001953125000000222, 0.036084391824351351];
    for (const [at, discrepancy] of all.entries()) near(discrepancy(midpoints, 1), published[at]!);
  });

  test("the centre of the square", () => {
    const published = [0.17361111, 0.47222222, 0.46701389, 0.28259708];
    for (const [at, discrepancy] of all.entries()) near(discrepancy(Float64Array.of(0.5, 0.5), 2), published[at]!, 5e-9);
  });

  const take = (sequence: Sequence, count: number): Float64Array => {
    const out = new Float64Array(count * sequence.dimensions);
    sequence.fill(0, count, out);
    return out;
  };

  test.each([
    [2, 8, 0.013882107204860938],
    [2, 16, 0.00362438625759531],
    [2, 64, 0.00024001962608744],
  ])("Sobol points in %i dimensions, %i of them, to 1e-12", (d, n, published) => {
    near(centredDiscrepancy(take(sobol(d, null), n), d), published);
  });

  test.each([
    [2, 256, 1.66316038e-5, 5e-14],
    [2, 1024, 1.10673639e-6, 5e-15],
    [5, 16, 0.0346132293, 5e-11],
    [5, 64, 0.00312112886, 5e-12],
    [5, 256, 0.000259780834, 5e-13],
    [10, 64, 0.0431107563, 5e-11],
    [10, 256, 0.00643007096, 5e-12],
    [10, 1024, 0.000791420328, 5e-13],
  ])("Sobol points in %i dimensions, %i of them, to the digits given", (d, n, published, rounding) => {
    near(centredDiscrepancy(take(sobol(d, null), n), d), published, rounding);
  });

  test("five Halton points", () => near(centredDiscrepancy(take(halton(2, null), 5), 2), 0.088893711419753));

  // SciPy's `discrepancy(iterative=True)` of the five, .04769081147119336, divides by six in advance; ours is the true value of the five.
  test("the sixth of the six points joining", () => {
    const five = sixPoints.slice(0, 10);
    near(updateCentredDiscrepancy(five, 2, centredDiscrepancy(five, 2), sixPoints.slice(10)), 0.008142039609053513);
  });
});

test.each(golden.map((set) => [set.points.length / set.dimensions, set.dimensions, set] as const))(
  "%i random points in %i dimensions have SciPy's discrepancies within 1e-12 of their size",
  (_, d, set) => {
    const points = Float64Array.from(set.points);
    const pairs = [
      [centredDiscrepancy, set.centred],
      [wrapAroundDiscrepancy, set.wrapAround],
      [mixtureDiscrepancy, set.mixture],
      [starDiscrepancy, set.star],
    ] as const;
    for (const [discrepancy, expected] of pairs) near(discrepancy(points, d), expected, 1e-12 * Math.max(1, expected));
  },
);

describe("misuse", () => {
  test.each([
    ["no points", [], 2],
    ["half a point", [0.1, 0.2, 0.3], 2],
    ["no dimensions", [0.1], 0],
    ["a part of a dimension", [0.1, 0.2, 0.3], 1.5],
  ])("%s are refused", (_, points, d) => {
    for (const discrepancy of all)
      expect(() => discrepancy(Float64Array.from(points), d)).toThrow(expect.objectContaining({ code: "badPoints" }));
  });

  test.each([-0.1, 1.1, NaN])("a coordinate of %s is refused", (x) => {
    for (const discrepancy of all)
      expect(() => discrepancy(Float64Array.of(0.5, x), 2)).toThrow(expect.objectContaining({ code: "outsideCube" }));
  });

  test("an update by two points at once is refused", () => {
    expect(() => updateCentredDiscrepancy(sixPoints, 2, 0.1, sixPoints)).toThrow(expect.objectContaining({ name: "ConfigError" }));
  });
});
