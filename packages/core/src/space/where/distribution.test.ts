/** Random search is uniform on the feasible part, in the coordinate of each scale: exact cases, drawn by rejection and by walks. */
import { describe, expect, it } from "vitest";
import { derive, root } from "../../random/key.ts";
import { uniformConfig } from "../../random/uniform.ts";
import { chiSquareTest } from "../../testing/statistics/chiSquare.ts";
import { kolmogorovSmirnovTest } from "../../testing/statistics/kolmogorovSmirnov.ts";
import { type Config, choice, int, real, type Shape } from "../param.ts";
import { createSpace } from "../space.ts";
import { constrain } from "./constrain.ts";
import type { ParameterConstraint } from "./constraint.ts";

const key = root("where");
/** About 30 tests with fixed seeds: by chance, one in 30 such files would fail. */
const level = 0.001;

function draws(shape: Shape, where: readonly ParameterConstraint[], count: number): readonly Config[] {
  const space = constrain(createSpace(shape), where);
  return Array.from({ length: count }, (_, index) => uniformConfig(space, derive(key, index)));
}

const num = (config: Config, name: string): number => config[name] as number;

function expectUniform(values: readonly number[]): void {
  expect(kolmogorovSmirnovTest(values).p).toBeGreaterThan(level);
}

/** @param weights of the cells by name, up to a factor. */
function expectCells(cells: readonly string[], weights: { readonly [cell: string]: number }): void {
  const names = Object.keys(weights);
  expect(cells.filter((cell) => !names.includes(cell))).toEqual([]);
  const total = names.reduce((sum, name) => sum + weights[name]!, 0);
  const counts = names.map((name) => cells.filter((cell) => cell === name).length);
  const { p } = chiSquareTest(
    counts,
    names.map((name) => weights[name]! / total),
  );
  expect(p).toBeGreaterThan(level);
}

describe("by rejection", () => {
  const n = 4000;
  it("on a triangle x < y: max is the root of a uniform number, and min / max is uniform", () => {
    const configs = draws({ x: real(0, 1), y: real(0, 1) }, [{ less: ["x", "y"] }], n);
    expectUniform(configs.map((c) => num(c, "y") ** 2));
    expectUniform(configs.map((c) => num(c, "x") / num(c, "y")));
  });

  it("on a simplex: each coordinate of three has the distribution 1 - (1 - x)^2", () => {
    const configs = draws({ a: real(0, 1), b: real(0, 1), c: real(0, 1) }, [{ sum: ["a", "b", "c"], equals: 1 }], n);
    for (const name of ["a", "b", "c"]) expectUniform(configs.map((c) => 1 - (1 - num(c, name)) ** 2));
  });

  it("on a disc: the squared radius and the angle are uniform", () => {
    const configs = draws({ x: real(-1, 1), y: real(-1, 1) }, ["x^2 + y^2 <= 1"], n);
    expectUniform(configs.map((c) => num(c, "x") ** 2 + num(c, "y") ** 2));
    expectUniform(configs.map((c) => Math.atan2(num(c, "y"), num(c, "x")) / (2 * Math.PI) + 0.5));
  });

  it("in the coordinate of the scale: log x < log y", () => {
    const configs = draws({ x: real(1e-4, 1, { scale: "log" }), y: real(1e-4, 1, { scale: "log" }) }, [{ less: ["x", "y"] }], n);
    expectUniform(configs.map((c) => (Math.log10(num(c, "y")) / 4 + 1) ** 2));
  });

  it("on whole numbers: each of the 15 pairs with a sum of at most 4 is as likely", () => {
    const configs = draws({ a: int(0, 5), b: int(0, 5) }, [{ sum: ["a", "b"], max: 4 }], n);
    const pairs = [0, 1, 2, 3, 4].flatMap((a) => Array.from({ length: 5 - a }, (_, b) => `${a} ${b}`));
    expectCells(
      configs.map(({ a, b }) => `${a} ${b}`),
      Object.fromEntries(pairs.map((pair) => [pair, 1])),
    );
  });

  it("on whole numbers of which an equality computes one: each of the 5 solutions is as likely", () => {
    const configs = draws(
      { a: int(0, 5), b: int(0, 9), c: int(1, 3) },
      [{ linear: { a: 1, b: 1, c: 2 }, equals: 7 }, { less: ["a", "c"] }],
      n,
    );
    expectCells(
      configs.map(({ a, b, c }) => `${a} ${b} ${c}`),
      Object.fromEntries(["0 5 1", "0 3 2", "1 2 2", "0 1 3", "1 0 3"].map((solution) => [solution, 1])),
    );
  });

  it("on ordered choices: each of the 6 pairs in order is as likely", () => {
    const sizes = choice(["s", "m", "l", "xl"], { ordered: true });
    const configs = draws({ low: sizes, high: sizes }, [{ less: ["low", "high"] }], n);
    const pairs = ["s m", "s l", "s xl", "m l", "m xl", "l xl"];
    expectCells(
      configs.map(({ low, high }) => `${low} ${high}`),
      Object.fromEntries(pairs.map((pair) => [pair, 1])),
    );
  });
});

describe("by walks", () => {
  it("on a small disc, 8e-5 of the box", () => {
    const radius = 0.005;
    const configs = draws({ x: real(0, 1), y: real(0, 1) }, [`(x - 0.3)^2 + (y - 0.6)^2 <= ${radius * radius}`], 500);
    const [dx, dy] = [(c: Config) => (num(c, "x") - 0.3) / radius, (c: Config) => (num(c, "y") - 0.6) / radius];
    expectUniform(configs.map((c) => dx(c) ** 2 + dy(c) ** 2));
    expectUniform(configs.map((c) => Math.atan2(dy(c), dx(c)) / (2 * Math.PI) + 0.5));
  });

  it("on log scales, where a small product is a triangle of 2e-4 of the box", () => {
    const decades = real(1e-6, 1, { scale: "log" });
    const side = 0.02;
    const configs = draws({ x: decades, y: decades }, [`log10(x) + log10(y) <= ${-12 + 6 * side}`], 500);
    const place = (c: Config, name: string): number => (Math.log10(num(c, name)) + 6) / 6 / side;
    expectUniform(configs.map((c) => (place(c, "x") + place(c, "y")) ** 2));
    expectUniform(configs.map((c) => place(c, "x") / (place(c, "x") + place(c, "y"))));
  });

  it("on a corner of six parameters, 1e-6 of the box: the sixth power of the sum, and of each distance to it, is uniform", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const configs = draws(Object.fromEntries(names.map((name) => [name, real(0, 1)])), [{ sum: names, max: 0.3 }], 400);
    expectUniform(configs.map((c) => (names.reduce((sum, name) => sum + num(c, name), 0) / 0.3) ** 6));
    for (const name of names) expectUniform(configs.map((c) => (1 - num(c, name) / 0.3) ** 6));
  });

  it("on a band along the diagonal, 1e-6 of the box: along it and across", () => {
    const width = 1e-6;
    const configs = draws({ x: real(0, 1), y: real(0, 1) }, [{ linear: { x: 1, y: -1 }, min: -width / 2, max: width / 2 }], 400);
    expectUniform(configs.map((c) => (num(c, "x") + num(c, "y")) / 2));
    expectUniform(configs.map((c) => (num(c, "x") - num(c, "y")) / width + 0.5));
  });

  it("on whole numbers: each of the 816 triples with a sum of at most 15, of 10^9, is as likely", () => {
    const configs = draws({ a: int(0, 999), b: int(0, 999), c: int(0, 999) }, [{ sum: ["a", "b", "c"], max: 15 }], 600);
    const triples = (a: number): number => ((16 - a) * (17 - a)) / 2;
    const tail = [8, 9, 10, 11, 12, 13, 14, 15].reduce((sum, a) => sum + triples(a), 0);
    const weights = { ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((a) => [`${a}`, triples(a)])), more: tail };
    for (const name of ["a", "b", "c"])
      expectCells(
        configs.map((c) => (num(c, name) > 7 ? "more" : `${c[name]}`)),
        weights,
      );
  });
});
