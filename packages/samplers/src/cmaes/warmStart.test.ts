import { type Config, choice, createSpace, given, real, type Space, type Trial, trialId } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import golden from "./cmaes.golden.json" with { type: "json" };
import { layoutOf } from "./layout.ts";
import { promising } from "./warmStart.ts";

const trialOf = (index: number, config: Config, value: number, status: Trial["status"] = "finished"): Trial => ({
  id: trialId(index),
  config,
  parent: null,
  status,
  curve: [{ fidelity: 1, values: [value], constraints: [], costSeconds: 0, atMilestone: true }],
});
const cube = (n: number): Space => createSpace(Array.from({ length: n }, (_, axis) => [`x${axis}`, real(0, 1)]));

// golden/cmaesGolden.py: get_warm_start_mgd of the package cmaes.
test.each(golden.warmStarts.map((one) => ({ ...one, n: one.points[0]!.length, count: one.points.length })))(
  "from $count trials in $n dimensions is that of WS-CMA-ES",
  ({ n, points, values, expected }) => {
    const trials = points.map((point, index) =>
      trialOf(index, Object.fromEntries(point.map((x, axis) => [`x${axis}`, x])), values[index]!),
    );
    const { gaussian } = promising(layoutOf(cube(n)), trials)!;
    const ours = [...gaussian.mean, gaussian.sigma, ...gaussian.covariance];
    const theirs = [...expected.mean, expected.sigma, ...expected.covariance.flat()];
    ours.forEach((one, index) => expect(one).toBeCloseTo(theirs[index]!, 12));
  },
);

describe("a start from earlier trials", () => {
  it("needs ten that were measured", () => {
    const nine = Array.from({ length: 9 }, (_, index) => trialOf(index, { x0: 0.5 }, index));
    expect(promising(layoutOf(cube(1)), nine)).toBe(null);
    expect(promising(layoutOf(cube(1)), [...nine, { ...trialOf(9, { x0: 0.1 }, 0, "failed") }])).toBe(null);
    expect(promising(layoutOf(cube(1)), [...nine, trialOf(9, { x0: 0.1 }, -1)])!.gaussian.mean).toEqual([0.1]);
  });

  it("counts a conditional parameter only where it is active, and the options of choices by their shares", () => {
    const space = createSpace({ kind: choice(["a", "b"]), x: given("kind", ["b"], real(0, 1)) });
    const trials = Array.from({ length: 20 }, (_, index) => trialOf(index, index === 0 ? { kind: "a" } : { kind: "b", x: 0.25 }, index));
    const { gaussian, probabilities } = promising(layoutOf(space), trials)!;
    expect(gaussian.mean).toEqual([0.25]);
    expect(probabilities).toEqual([[0.5, 0.5]]);
  });
});
