import { expect, test } from "vitest";
import { decode } from "../space/codec.ts";
import { choice, given, int, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { constrain } from "../space/where/constrain.ts";
import { derive, root } from "./key.ts";
import { stream } from "./stream.ts";
import { drawConfig, uniformConfig } from "./uniform.ts";
import { uniforms } from "./words.ts";

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

test("the configuration of a key is the first that the stream of the key gives, with and without constraints", () => {
  const constrained = constrain(createSpace({ a: real(0, 1), b: real(0, 1) }), [{ sum: ["a", "b"], max: 1 }]);
  for (let i = 0; i < 50; i++) {
    const key = derive(root("first"), i);
    for (const each of [space, constrained]) expect(uniformConfig(each, key)).toEqual(drawConfig(each, stream(key)));
    const { uniform } = stream(key);
    expect(uniformConfig(space, key)).toEqual(decode(space, Float64Array.from({ length: space.dims }, uniform)));
  }
});

test("the uniforms of a key are those of its stream", () => {
  const key = root("uniforms");
  const [uniform, source] = [uniforms(key), stream(key)];
  expect(Array.from({ length: 100 }, uniform)).toEqual(Array.from({ length: 100 }, source.uniform));
});
