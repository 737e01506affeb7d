import { type Config, choice, createSpace, decode, derive, int, real, root, stream } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { growForest, predictForest } from "./forest.ts";
import { marginals } from "./marginals.ts";
import { sampleOf } from "./sample.ts";

const space = createSpace([
  ["rate", real(1e-4, 1, { scale: "log" })],
  ["units", int(1, 3)],
  ["activation", choice(["relu", "tanh", "none"])],
]);
const effects: Readonly<Record<string, number>> = { relu: 0, tanh: 1, none: 5 };
const f = ({ rate, units, activation }: Config): number =>
  Math.log10(rate as number) + 2 * (units as number) + effects[activation as string]!;
const observations = Array.from({ length: 600 }, (_, index) => {
  const source = stream(derive(root("marginals"), index));
  const config = decode(
    space,
    Float64Array.from({ length: 3 }, () => source.uniform()),
  );
  return { config, value: f(config) };
});
const options = { key: root(1), trees: 16 };

describe("marginals", () => {
  const [rate, units, activation] = marginals(space, observations, options);

  it("of a sum are its terms, with the means of the others", () => {
    // Means: log10 rate -2, 2 units 4, activation 2.
    expect(rate!.points.length).toBe(21);
    for (const { value, mean } of rate!.points) expect(Math.abs(mean - (Math.log10(value as number) + 4 + 2))).toBeLessThan(0.35);
    expect(units!.points.map(({ value }) => value)).toEqual([1, 2, 3]);
    for (const { value, mean } of units!.points) expect(Math.abs(mean - (2 * (value as number) - 2 + 2))).toBeLessThan(0.25);
    expect(activation!.points.map(({ value }) => value)).toEqual(["relu", "tanh", "none"]);
    for (const { value, mean } of activation!.points) expect(Math.abs(mean - (effects[value as string]! - 2 + 4))).toBeLessThan(0.25);
    for (const { sd } of [...rate!.points, ...units!.points, ...activation!.points]) expect(sd).toBeLessThan(0.5);
  });

  it("are averages of the forest over everything else", () => {
    const sample = sampleOf(space, observations);
    const forest = growForest(sample, options.trees, 1, options.key);
    const source = stream(root("others"));
    let sum = 0;
    for (let draw = 0; draw < 2000; draw++)
      sum += sample.unit * predictForest(forest, Float64Array.of(source.uniform(), source.uniform(), 2));
    // The forest varies by about 2 over the other two axes: four standard errors of the mean of 2000.
    expect(Math.abs(sum / 2000 - activation!.points[2]!.mean)).toBeLessThan((4 * 2) / Math.sqrt(2000));
  });
});
