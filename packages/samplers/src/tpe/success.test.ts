import { normalCdf, normalPdf } from "@caviar-hpo/numerics";
import { expect, it } from "vitest";
import { parzen } from "./parzen.ts";
import { addSuccess } from "./success.ts";

const places = (...data: readonly number[]): { data: Float64Array; count: number } => ({
  data: Float64Array.from(data),
  count: data.length,
});

/** A mixture of normal densities cut to [0, 1], and the wide one around the middle; all weigh the same. */
function naive(kernels: readonly (readonly [number, number])[]): (x: number) => number {
  const all = [...kernels, [0.5, 1]] as const;
  return (x) =>
    all.reduce((sum, [mu, sigma]) => {
      const inside = normalCdf((1 - mu!) / sigma!) - normalCdf(-mu! / sigma!);
      return sum + normalPdf((x - mu!) / sigma!) / sigma! / inside / all.length;
    }, 0);
}

it("the probability is that of Bayes's rule, and counts twice", () => {
  // The widths of the kernels are the larger gaps to their neighbours, and of the outermost the inner gap.
  const succeeded = naive([
    [0.1, 0.3],
    [0.4, 0.3],
  ]);
  const failed = naive([
    [0.5, 0.2],
    [0.7, 0.2],
    [0.9, 0.2],
  ]);
  const axes = [{ kind: "interval" }] as const;
  const sides = { succeeded: parzen(axes, places(0.1, 0.4)), failed: parzen(axes, places(0.5, 0.7, 0.9)), odds: 3 / 2 };
  const points = [0, 0.2, 0.45, 0.8, 1];
  const ratios = Float64Array.from([0, 0, 5, 0, -1]);
  addSuccess(sides, places(...points), ratios);
  points.forEach((x, row) => {
    const probability = (2 * succeeded(x)) / (2 * succeeded(x) + 3 * failed(x));
    expect(ratios[row]).toBeCloseTo([0, 0, 5, 0, -1][row]! + 2 * Math.log(probability), 10);
  });
});
