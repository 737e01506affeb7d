import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxProblems } from "../../golden/boxProblems.mjs";
import { draws } from "../../testing/denseModel.ts";
import { minimise } from "../../testing/minimise.ts";
import { wildCase } from "../../testing/wildFunctions.ts";
import { minimiseTogether } from "./minimiseTogether.ts";

describe("minimisers that advance together", () => {
  it("go through the same points, to the bit, as each alone", () => {
    const names = ["bowl", "banana", "NaN half-plane", "cliff", "kinks", "minus infinity in places", "gradient uphill"];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer(), fc.integer({ min: 0, max: 7 }), (name, seed, count) => {
        const { f, start, bounds } = wildCase(name, seed);
        const draw = draws(seed);
        const d = start.length;
        const starts = Array.from({ length: count }, () => Float64Array.from(start, (x) => x + draw() - 0.5));
        const options = { maxEvaluations: 60 };
        const alone = starts.map((one) => minimise(f, [...one], bounds, options));
        const asked = starts.map((): number[][] => []);
        let round = 0;
        const together = minimiseTogether(
          starts,
          bounds,
          (points, running, values, gradients) => {
            // Who is still running, by how long each ran alone, in the order of the starts.
            const who = [...starts.keys()].filter((index) => alone[index]!.points.length > round);
            expect(running).toBe(who.length);
            who.forEach((index, j) => {
              const x = points.slice(j * d, j * d + d);
              asked[index]!.push([...x]);
              values[j] = f(x, gradients.subarray(j * d, j * d + d));
            });
            round++;
          },
          options,
        );
        expect(together.length).toBe(count);
        together.forEach((minimiser, index) => {
          const { points, minimiser: single } = alone[index]!;
          expect(asked[index]).toEqual(points);
          expect([...minimiser.point]).toEqual([...single.point]);
          expect(minimiser).toMatchObject({ value: single.value, status: single.status, evaluations: single.evaluations });
        });
      }),
    );
  });

  it("find the minimum of Rosenbrock from each of ten starts", () => {
    const { f } = boxProblems[0]!;
    const draw = draws(7);
    const starts = Array.from({ length: 10 }, () => Float64Array.of(4 * draw() - 2, 4 * draw() - 2));
    const results = minimiseTogether(
      starts,
      { lower: Float64Array.of(-2, -2), upper: Float64Array.of(2, 2) },
      (points, count, values, gradients) => {
        for (let j = 0; j < count; j++) values[j] = f(points.subarray(2 * j, 2 * j + 2), gradients.subarray(2 * j, 2 * j + 2));
      },
    );
    for (const { status, value, point } of results) {
      expect(status).toBe("converged");
      expect(value).toBeLessThan(1e-8);
      expect(point[0]).toBeCloseTo(1, 3);
    }
  });
});
