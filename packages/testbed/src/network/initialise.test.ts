import { root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { completeArchitecture } from "./architecture.ts";
import { type Initialisation, initialise } from "./initialise.ts";
import { layoutOf, sliceOf } from "./layout.ts";

const layout = layoutOf(completeArchitecture({ inputs: 100, hidden: [60, 40], outputs: 10 }));
const start = (initialisation: Initialisation, seed = 1, of = layout): Float64Array => {
  const parameters = new Float64Array(of.length).fill(NaN);
  initialise(parameters, of, initialisation, root(seed));
  return parameters;
};
const weights = sliceOf(layout, 0, "weights")!;
const first = (parameters: Float64Array): readonly number[] => [...parameters.subarray(weights.offset, weights.offset + weights.length)];
const variance = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0) / values.length;

describe("The weights of a layer of 60 units with 100 inputs", () => {
  it.each<[Initialisation, number]>([
    ["heNormal", 2 / 100],
    ["heUniform", 2 / 100],
    ["xavierNormal", 2 / 160],
    ["xavierUniform", 2 / 160],
  ])("have, drawn by %s, variance %d", (initialisation, expected) => {
    const values = first(start(initialisation));
    // 6000 draws: the standard error of a variance is at most expected sqrt(2 / 6000) = .018 expected.
    expect(Math.abs(variance(values) / expected - 1)).toBeLessThan(0.06);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(4 * Math.sqrt(expected / 6000));
  });

  it("lie, drawn uniformly, within the papers' limits and reach them", () => {
    const greatest = (initialisation: Initialisation): number => Math.max(...first(start(initialisation)).map(Math.abs));
    expect(greatest("heUniform") / Math.sqrt(6 / 100)).toBeLessThanOrEqual(1);
    expect(greatest("heUniform") / Math.sqrt(6 / 100)).toBeGreaterThan(0.995);
    expect(greatest("xavierUniform") / Math.sqrt(6 / 160)).toBeLessThanOrEqual(1);
    expect(greatest("xavierUniform") / Math.sqrt(6 / 160)).toBeGreaterThan(0.995);
  });
});

it("Gamma begins at 1, beta and biases at 0", () => {
  const parameters = start("heNormal");
  for (const { kind, offset, length } of layout.slices) {
    if (kind === "weights") continue;
    expect(parameters.subarray(offset, offset + length).every((value) => value === (kind === "gamma" ? 1 : 0))).toBe(true);
  }
});

it("The same key gives the same weights, another key others, and another layer leaves a layer's as they were", () => {
  expect(first(start("heNormal", 1))).toEqual(first(start("heNormal", 1)));
  expect(first(start("heNormal", 1))).not.toEqual(first(start("heNormal", 2)));
  const deeper = layoutOf(completeArchitecture({ inputs: 100, hidden: [60, 40, 40], outputs: 10 }));
  expect(first(start("heNormal", 1, deeper))).toEqual(first(start("heNormal", 1)));
});
