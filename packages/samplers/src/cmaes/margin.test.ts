import { createSpace, int } from "@caviar-hpo/core";
import { expect, it, test } from "vitest";
import golden from "./cmaes.golden.json" with { type: "json" };
import { gaussianAt } from "./gaussian.ts";
import { layoutOf } from "./layout.ts";
import { withMargin } from "./margin.ts";

// golden/cmaesGolden.py: CMAwM of the package cmaes.
test.each(golden.margins)("of $values values with the mean $mean and the deviation $deviation is that of CMAwM", (given) => {
  const { values, mean, deviation, widening, alpha, expected } = given;
  const { axes } = layoutOf(createSpace({ x: int(1, values) }));
  const placed = withMargin(gaussianAt([mean], deviation), axes, [widening], alpha);
  expect(placed.mean[0]).toBeCloseTo(expected[0]!, 12);
  expect(placed.widening[0]! / expected[1]!).toBeCloseTo(1, 12);
});

it("leaves reals alone, and whole numbers whose neighbours are likely enough", () => {
  const { axes } = layoutOf(createSpace({ x: int(0, 9), y: int(1, 100, { scale: "log" }) }));
  const gaussian = gaussianAt([0.52, 0.3], 0.2);
  expect(withMargin(gaussian, axes, [1, 1], 0.05)).toEqual({ mean: gaussian.mean, widening: [1, 1] });
  const narrow = gaussianAt([0.52, 0.3], 1e-12);
  expect(withMargin(narrow, [{ param: 0, cells: null }, axes[1]!], [1, 1], 0.05)).toEqual({
    mean: [0.52, expect.any(Number)],
    widening: [1, expect.any(Number)],
  });
});
