import { expect, test } from "vitest";
import { choice, given, int, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { derive, root } from "./key.ts";
import { uniformConfig } from "./uniform.ts";

const space = createSpace({
  rate: real(1e-4, 1, { scale: "log" }),
  layers: int(1, 4),
  optimiser: choice(["sgd", "adam"]),
  momentum: given("optimiser", ["sgd"], real(0, 1)),
});

test("one key gives one configuration, another key another", () => {
  expect(uniformConfig(space, root(1))).toEqual(uniformConfig(space, root(1)));
  expect(uniformConfig(space, root(1))).not.toEqual(uniformConfig(space, root(2)));
});

test("each parameter is uniform in the coordinate of its scale (fixed seed, 4,000 configurations, bounds of five standard errors)", () => {
  const configs = Array.from({ length: 4000 }, (_, i) => uniformConfig(space, derive(root(3), i)));
  const shareOf = (holds: (config: (typeof configs)[number]) => boolean): number => configs.filter(holds).length / configs.length;
  expect(Math.abs(shareOf(({ rate }) => (rate as number) < 1e-2) - 1 / 2)).toBeLessThan(0.04);
  for (const layers of [1, 2, 3, 4]) expect(Math.abs(shareOf((config) => config.layers === layers) - 1 / 4)).toBeLessThan(0.035);
  expect(Math.abs(shareOf(({ momentum }) => momentum !== undefined) - 1 / 2)).toBeLessThan(0.04);
});
