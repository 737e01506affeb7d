import { type Config, choice, createSpace, encode, given, int, real, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { type KnownTrial, newProblemModelState, problemModelOf, trialsOf } from "../../testing/problemModels.ts";
import { predictAt } from "./predictAt.ts";
import type { ProblemModelState } from "./problemModel.ts";

const space = createSpace({ x: real(0, 1), y: real(0, 1) });
const points = (count: number): readonly Config[] =>
  Array.from({ length: count }, (_, index) => ({ x: ((index + 1) * 0.618) % 1, y: ((index + 1) * 0.786) % 1 }));
const f = ({ x, y }: Config): number => 100 + 20 * ((x as number) - 0.3) ** 2 + Math.sin(4 * (y as number));
const measured = (count: number, value: (config: Config, index: number) => number = f): readonly KnownTrial[] =>
  points(count).map((config, index) => ({ config, value: value(config, index) }));
const jitter = (index: number): number => Math.sin(12.9898 * (index + 1) ** 2);

describe("predictions", () => {
  it("are the values that were measured, without noise, in their own units", () => {
    const known = measured(12);
    const { mean, sd } = predictAt(
      problemModelOf(space, trialsOf(space, known), { choice: { noise: "none" } }),
      known.map(({ config }) => encode(space, config)),
    );
    known.forEach(({ value }, row) => {
      expect(mean[row]).toBeCloseTo(value, 4);
      expect(sd[row]).toBeLessThan(1e-3);
    });
  });

  it("are near the function in between, and say how far they may be off", () => {
    const surrogate = problemModelOf(space, trialsOf(space, measured(30)));
    const others = points(230).slice(200);
    const { mean, sd } = predictAt(
      surrogate,
      others.map((config) => encode(space, config)),
    );
    const off = others.map((config, row) => Math.abs(f(config) - mean[row]!));
    expect(off.reduce((sum, one) => sum + one / 30, 0)).toBeLessThan(0.1);
    expect(off.filter((one, row) => one < 3 * sd[row]! + 1e-6).length).toBeGreaterThan(24);
  });

  it("do not depend on what is imagined", () => {
    const surrogate = problemModelOf(space, trialsOf(space, measured(8)), { choice: { noise: "none" } });
    const at = [Float64Array.of(0.5, 0.5)];
    const before = predictAt(surrogate, at);
    for (const process of surrogate.ensemble.processes) process.imagine(Float64Array.of(0.5, 0.5), 1, false);
    expect(predictAt(surrogate, at)).toEqual(before);
  });

  it("are made of many points at once as of each alone", () => {
    const surrogate = problemModelOf(space, trialsOf(space, measured(15)));
    const units = points(150).map((config) => encode(space, config));
    const { mean, sd } = predictAt(surrogate, units);
    units.forEach((unit, row) => {
      expect(predictAt(surrogate, [unit])).toEqual({ mean: [mean[row]], sd: [sd[row]] });
    });
    expect(predictAt(surrogate, [])).toEqual({ mean: [], sd: [] });
  });

  it("learn across a condition", () => {
    const mixed = createSpace({ kind: choice(["a", "b", "c"]), rate: given("kind", ["b"], real(0, 1)), layers: int(1, 9) });
    const value = ({ kind, rate, layers }: Config): number => (layers as number) + (kind === "b" ? 5 * (rate as number) : 8);
    const configs = Array.from({ length: 30 }, (_, index): Config => {
      const layers = 1 + ((index * 4) % 9);
      return index % 3 === 1 ? { kind: "b", rate: ((index + 1) * 0.618) % 1, layers } : { kind: "abc"[index % 3]!, layers };
    });
    const surrogate = problemModelOf(
      mixed,
      trialsOf(
        mixed,
        configs.map((config) => ({ config, value: value(config) })),
      ),
    );
    for (const config of [
      { kind: "b", rate: 0.05, layers: 1 },
      { kind: "b", rate: 0.95, layers: 8 },
      { kind: "c", layers: 5 },
    ])
      expect(Math.abs(predictAt(surrogate, [encode(mixed, config)]).mean[0]! - value(config))).toBeLessThan(1);
  });
});

describe("noise", () => {
  it("is learned as soon as one point has two values", () => {
    const known = [...measured(10), { config: points(1)[0]!, value: f(points(1)[0]!) + 0.5 }];
    const surrogate = problemModelOf(space, trialsOf(space, known));
    expect(surrogate.choice.noise).toBe("learned");
    expect(surrogate.noisy).toBe(true);
  });

  it("is not learned from a point that has the same value twice", () => {
    const known = [...measured(10), measured(1)[0]!];
    expect(problemModelOf(space, trialsOf(space, known)).choice.noise).toBe("none");
  });

  it("is chosen by the marginal likelihood: of a smooth function none, of values that jump some", () => {
    expect(problemModelOf(space, trialsOf(space, measured(30))).noisy).toBe(false);
    expect(
      problemModelOf(
        space,
        trialsOf(
          space,
          measured(40, (config, index) => f(config) + jitter(index)),
        ),
      ).noisy,
    ).toBe(true);
  });

  it("makes points compare by their posterior means, and without it by their values", () => {
    const noisy = problemModelOf(
      space,
      trialsOf(
        space,
        measured(40, (config, index) => f(config) + jitter(index)),
      ),
      { choice: { warp: "identity", noise: "learned" } },
    );
    const truth = points(40).map(f);
    const distance = (of: Float64Array): number => {
      const { mean, sd, warp } = noisy.values;
      return truth.reduce((sum, one, row) => sum + Math.abs(warp.inverse(mean + sd * of[row]!) - one) / 40, 0);
    };
    expect(distance(noisy.standing)).toBeLessThan(0.7 * distance(noisy.values.z));
    const exact = problemModelOf(space, trialsOf(space, measured(20)), { choice: { noise: "none" } });
    expect(exact.standing).toBe(exact.values.z);
  });

  it("that is known of each trial is believed: the mean keeps to the values that are sure", () => {
    const known = measured(12).map((one, index) =>
      index % 2 === 0 ? { ...one, variance: 1e-6 } : { ...one, value: one.value + 30 * jitter(index), variance: 900 },
    );
    const surrogate = problemModelOf(space, trialsOf(space, known), { choice: { noise: "none", warp: "identity" } });
    expect(surrogate.noisy).toBe(true);
    const { mean, sd } = predictAt(
      surrogate,
      known.map(({ config }) => encode(space, config)),
    );
    known.forEach(({ config }, row) => {
      if (row % 2 === 0) expect(Math.abs(mean[row]! - f(config))).toBeLessThan(0.1);
      else expect(sd[row]).toBeGreaterThan(sd[row - 1]!);
    });
  });
});

describe("feasible points", () => {
  it("are those of which every constraint is at most 0", () => {
    const constraints = [
      [-1, -1],
      [0, 0],
      [1, -1],
      [-1, 5e-324],
    ];
    const known = measured(4).map((one, index) => ({ ...one, constraints: constraints[index]! }));
    expect(problemModelOf(space, trialsOf(space, known), { constraints: 2 }).feasible).toEqual([true, true, false, false]);
  });
});

describe("the state", () => {
  const fitAt = (state: ProblemModelState, fidelity: number, count: number): number =>
    problemModelOf(space, { ...trialsOf(space, measured(count)), fidelity }, { state }).evaluations;

  it("is fitted again at another fidelity, even to fewer values", () => {
    const state = newProblemModelState();
    expect(fitAt(state, 1, 20)).toBeGreaterThan(0);
    expect(fitAt(state, 1, 20)).toBe(0);
    expect(fitAt(state, 3, 6)).toBeGreaterThan(0);
    expect(fitAt(state, 3, 6)).toBe(0);
    expect(fitAt(state, 3, 7)).toBeGreaterThan(0);
    expect(state.fidelity).toBe(3);
  });

  it("is plain data with the same future when it is read back", () => {
    const state = newProblemModelState();
    problemModelOf(space, trialsOf(space, measured(12), points(25).slice(22)), { state });
    const copy = JSON.parse(JSON.stringify(state)) as ProblemModelState;
    expect(copy).toEqual(state);
    const at = [Float64Array.of(0.4, 0.9)];
    const go = (one: ProblemModelState) =>
      predictAt(problemModelOf(space, trialsOf(space, measured(14), points(25).slice(21)), { state: one, key: root(2) }), at);
    expect(go(copy)).toEqual(go(state));
    expect(copy).toEqual(state);
  });
});
