import { describe, expect, it } from "vitest";
import { readProblem } from "../../contract/problem.ts";
import { root } from "../../random/key.ts";
import { stream } from "../../random/stream.ts";
import { decodeProblem, encodeProblem } from "../../wire/problem.ts";
import { decode, encode } from "../codec.ts";
import { choice, given, int, real } from "../param.ts";
import { createSpace } from "../space.ts";
import { constrain } from "../where/constrain.ts";
import { feasibleSetOf } from "../where/sets.ts";
import type { Beliefs } from "./belief.ts";
import { believe } from "./believe.ts";
import { beliefOf } from "./densities.ts";

const space = createSpace({
  rate: real(1e-4, 1, { scale: "log" }),
  layers: int(1, 8),
  size: choice(["s", "m", "l"], { ordered: true }),
  kind: choice(["a", "b", "c"]),
  only: given("kind", ["b"], real(0, 1)),
});
const beliefs: Beliefs = {
  params: { rate: { near: 0.01, sd: 0.1 }, layers: { near: 3 }, size: { near: "m" }, kind: { weights: [1, 3, 0] }, only: { near: 0.2 } },
  configs: [{ rate: 0.1, kind: "b", only: 0.9 }, { layers: 8 }],
};
const believed = believe(space, beliefs);
const density = beliefOf(believed)!;
const points = (count: number): readonly Float64Array[] => {
  const source = stream(root("points"));
  return Array.from({ length: count }, () => Float64Array.from({ length: space.dims }, source.uniform));
};

describe("the density of beliefs", () => {
  it("is one of the unit cube: its mean over uniform points is 1", () => {
    const all = points(20_000).map((unit) => Math.exp(density.logDensity(encode(space, decode(space, unit)))));
    const mean = all.reduce((sum, one) => sum + one / all.length, 0);
    expect(Math.abs(mean - 1)).toBeLessThan(0.05);
  });

  it("has the normal density of the parameter's scale, cut to its range", () => {
    const { logDensity } = beliefOf(
      believe(createSpace({ x: real(1e-4, 1, { scale: "log" }) }), { params: { x: { near: 0.01, sd: 0.1 } } }),
    )!;
    // 0.01 is in the middle of [1e-4, 1] on a log scale: all of the mass is inside.
    for (const at of [0.5, 0.42, 0.7])
      expect(logDensity(Float64Array.of(at))).toBeCloseTo(-0.5 * ((at - 0.5) / 0.1) ** 2 - Math.log(0.1 * Math.sqrt(2 * Math.PI)), 5);
  });

  it("has its derivatives along the numbers", () => {
    for (const unit of points(20)) {
      unit[3] = 0.5; // the option under which every parameter exists
      const gradient = new Float64Array(space.dims);
      density.logDensity(unit, gradient);
      for (const axis of [0, 4]) {
        const [above, below] = [1e-6, -1e-6].map((step) => density.logDensity(unit.map((at, one) => (one === axis ? at + step : at))));
        expect(gradient[axis]! / ((above! - below!) / 2e-6)).toBeCloseTo(1, 4);
      }
    }
  });

  it("does not see parameters that do not exist", () => {
    const at = (only: number): number => density.logDensity(Float64Array.of(0.5, 0.5, 0.5, 0.1, only));
    expect(at(0.9)).toBe(at(0.2));
  });

  it("is 0 where an option has no weight and no configuration says otherwise", () => {
    const strict = beliefOf(believe(space, { params: { kind: { weights: [0, 1, 1] } } }))!;
    expect(strict.logDensity(encode(space, { rate: 0.1, layers: 1, size: "s", kind: "a" }))).toBe(-Infinity);
  });

  it("has no belief about a parameter whose name is that of a member of Object", () => {
    const odd = createSpace([
      ["toString", real(0, 1)],
      ["x", real(0, 1)],
    ]);
    const { logDensity } = beliefOf(believe(odd, { params: { x: { near: 0.5 } } }))!;
    expect(logDensity(Float64Array.of(0.1, 0.5))).toBe(logDensity(Float64Array.of(0.9, 0.5)));
  });

  it("is the same for a copy of the space", () => {
    const unit = encode(space, { rate: 0.02, layers: 3, size: "m", kind: "b", only: 0.3 });
    expect(beliefOf({ ...believed })!.logDensity(unit)).toBe(density.logDensity(unit));
  });

  it("is what draws follow: the share of draws in a cell is its mass", () => {
    const source = stream(root("draws"));
    const drawn = Array.from({ length: 4000 }, () => density.draw(source));
    const share = (inside: (unit: Float64Array) => boolean): number => drawn.filter(inside).length / drawn.length;
    const mass = (inside: (unit: Float64Array) => boolean): number =>
      points(20_000).reduce((sum, unit) => sum + (inside(unit) ? Math.exp(density.logDensity(unit)) / 20_000 : 0), 0);
    for (const inside of [
      (unit: Float64Array) => unit[0]! < 0.6,
      (unit: Float64Array) => unit[3]! < 1 / 3,
      (unit: Float64Array) => unit[1]! > 0.7,
    ])
      expect(Math.abs(share(inside) - mass(inside))).toBeLessThan(0.05);
  });
});

describe("believe", () => {
  it("keeps the parameters, the constraints and their feasible set", () => {
    const constrained = constrain(createSpace({ a: real(0, 1), b: real(0, 1) }), ["a < b"]);
    const both = believe(constrained, { params: { a: { near: 0.2 } } });
    expect([both.params, both.where]).toEqual([constrained.params, constrained.where]);
    expect(feasibleSetOf(both)).toBe(feasibleSetOf(constrained));
    expect(beliefOf(constrained)).toBeNull();
  });

  it.each<readonly [string, unknown, string]>([
    ["nothing", {}, "params, configs or both"],
    ["an unknown parameter", { params: { rat: { near: 0.1 } } }, "rate"],
    ["a value out of range", { params: { rate: { near: 2 } } }, "[0.0001, 1]"],
    ["a width of 0", { params: { rate: { near: 0.1, sd: 0 } } }, "above 0"],
    ["weights of a number", { params: { rate: { weights: [1] } } }, "near"],
    ["too few weights", { params: { kind: { weights: [1, 2] } } }, "3 numbers, one for each option"],
    ["weights that are all 0", { params: { kind: { weights: [0, 0, 0] } } }, "above 0"],
    ["negative weights", { params: { kind: { weights: [1, -1, 0] } } }, "[0,"],
    ["near, for a choice without order", { params: { kind: { near: "a" } } }, "weights"],
    ["a misspelt key", { params: { rate: { near: 0.1, sdd: 1 } } }, "sd"],
    ["a configuration with an unknown value", { configs: [{ kind: "z" }] }, "one of"],
    ["no configurations", { configs: [] }, "at least 1"],
  ])("refuses %s", (_, given, said) => {
    expect(() => believe(space, given as Beliefs)).toThrow(said);
  });

  it("keeps its own copy", () => {
    const weights = [1, 2, 3];
    const own = believe(space, { params: { kind: { weights } } });
    weights[0] = 9;
    expect(own.beliefs).toEqual({ params: { kind: { weights: [1, 2, 3] } } });
  });
});

describe("beliefs of a problem", () => {
  const problem = {
    space: believed,
    objectives: [{ name: "value", goal: "minimize" as const }],
    constraints: [],
    fidelity: null,
    resumable: false,
  };

  it("travel on the wire", () => {
    const back = decodeProblem(JSON.parse(JSON.stringify(encodeProblem(problem))));
    expect(back.space.beliefs).toEqual(believed.beliefs);
    expect(encodeProblem(back)).toEqual(encodeProblem(problem));
    const unit = encode(space, { rate: 0.02, layers: 3, size: "m", kind: "b", only: 0.3 });
    expect(beliefOf(back.space)!.logDensity(unit)).toBe(density.logDensity(unit));
  });

  it("leave the wire form of a problem without beliefs as it was", () => {
    expect(encodeProblem({ ...problem, space })).not.toHaveProperty("beliefs");
  });

  it("are refused in an object that believe has not made", () => {
    expect(() => readProblem({ ...problem, space: { ...believed } })).toThrow("a space from believe");
  });
});
