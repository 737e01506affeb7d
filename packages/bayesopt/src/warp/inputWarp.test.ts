import { describe, expect, it } from "vitest";
import { kumaraswamyWarp } from "./inputWarp.ts";
import { inset } from "./kumaraswamy.ts";

const x = Float64Array.of(0, 0.5, 1, 0.2, 0.9, 0.4);
const weights = Float64Array.of(1, -2, 3, 0.5, 0.25, 7);
const u = Float64Array.of(0.3, -0.4, 1, 0.2, -1, 0.7);

/** sum_ij weights_ij w_j(x_ij). */
function contracted(at: Float64Array, shapes: Float64Array): number {
  const out = new Float64Array(6);
  kumaraswamyWarp(3).apply(shapes, { x: at, n: 2 }, out);
  return out.reduce((sum, value, i) => sum + weights[i]! * value, 0);
}

function slope(f: (step: number) => number): number {
  const h = 1e-3;
  return (f(-2 * h) - f(2 * h) + 8 * (f(h) - f(-h))) / (12 * h);
}

const moved = (values: Float64Array, i: number, step: number): Float64Array => values.map((value, j) => (i === j ? value + step : value));

describe("the Kumaraswamy input warp", () => {
  it("has two shapes a coordinate, each with density LogNormal(0.75, sqrt 0.75) over its value, mode 1", () => {
    const { hyperparameters } = kumaraswamyWarp(3);
    expect(hyperparameters.map(({ name }) => name)).toEqual(["a0", "b0", "a1", "b1", "a2", "b2"]);
    const { prior } = hyperparameters[0]!;
    const density = (value: number): number => Math.exp(-((Math.log(value) - 0.75) ** 2) / 1.5) / value;
    expect(prior.logDensity(Math.log(3)) - prior.logDensity(0)).toBeCloseTo(Math.log(density(3) / density(1)), 13);
    expect(prior.slope(0.4)).toBeCloseTo(
      slope((step) => prior.logDensity(0.4 + step)),
      10,
    );
    expect(prior.slope(0)).toBeCloseTo(0, 14);
  });

  it("starts as the identity, except for the inset", () => {
    const { hyperparameters, apply } = kumaraswamyWarp(3);
    const out = new Float64Array(6);
    apply(
      Float64Array.from(hyperparameters, ({ start }) => Math.log(start)),
      { x, n: 2 },
      out,
    );
    out.forEach((value, i) => {
      expect(value).toBeCloseTo(inset + (1 - 2 * inset) * x[i]!, 14);
    });
  });

  it("adds the derivatives by its shapes that finite differences have", () => {
    const gradient = Float64Array.of(1, 1, 1, 1, 1, 1);
    kumaraswamyWarp(3).gradient(u, { x, n: 2 }, weights, gradient);
    gradient.forEach((computed, p) => {
      expect(computed - 1).toBeCloseTo(
        slope((step) => contracted(x, moved(u, p, step))),
        8,
      );
    });
  });

  it("adds the derivatives by the points that finite differences have", () => {
    const inside = x.map((value) => 0.1 + 0.8 * value);
    const gradient = Float64Array.of(1, 1, 1, 1, 1, 1);
    kumaraswamyWarp(3).pointGradient(u, { x: inside, n: 2 }, weights, gradient);
    gradient.forEach((computed, i) => {
      expect(computed - 1).toBeCloseTo(
        slope((step) => contracted(moved(inside, i, step), u)),
        7,
      );
    });
  });

  it("may write over its points", () => {
    const out = new Float64Array(6);
    const same = x.slice();
    kumaraswamyWarp(3).apply(u, { x, n: 2 }, out);
    kumaraswamyWarp(3).apply(u, { x: same, n: 2 }, same);
    expect(same).toEqual(out);
  });
});

it("leaves the coordinates alone that are not named", () => {
  const { hyperparameters, apply, pointGradient, gradient } = kumaraswamyWarp(3, [1]);
  const shapes = u.subarray(2, 4);
  const out = new Float64Array(6);
  apply(shapes, { x, n: 2 }, out);
  const all = new Float64Array(6);
  kumaraswamyWarp(3).apply(u, { x, n: 2 }, all);
  expect(out).toEqual(x.map((value, i) => (i % 3 === 1 ? all[i]! : value)));
  const slopes = new Float64Array(6);
  pointGradient(shapes, { x, n: 2 }, weights, slopes);
  expect(slopes.filter((_, i) => i % 3 !== 1)).toEqual(weights.filter((_, i) => i % 3 !== 1));
  const byAll = new Float64Array(6);
  kumaraswamyWarp(3).gradient(u, { x, n: 2 }, weights, byAll);
  const byShapes = new Float64Array(2);
  gradient(shapes, { x, n: 2 }, weights, byShapes);
  expect(byShapes).toEqual(byAll.slice(2, 4));
  expect(hyperparameters.map(({ name }) => name)).toEqual(["a1", "b1"]);
});
