import { createSpace, real } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { exact, rowsOf, somePoints } from "../../testing/surrogates.ts";
import { featuresOf } from "../features.ts";
import { identity } from "../warp/monotone.ts";
import { type Choice, type ChoiceState, newChoiceState, type Standardised } from "./choice.ts";
import { type Ensemble, newEnsembleCache, queries, settle } from "./ensemble.ts";

const features = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1), c: real(0, 1) }));
const units = somePoints(features, 120, 1);
const values = units.map((unit) => Math.sin(5 * unit[0]!) + unit[1]! - unit[2]! * unit[0]!);

function data(n: number, scale = 1): { readonly x: Float64Array; readonly standardised: Standardised } {
  const z = Float64Array.from(values.slice(0, n), (value) => scale * value);
  const warp = { name: "identity", parameters: null, forward: (y: Float64Array) => y, inverse: identity.inverse, logJacobian: 0 };
  return { x: rowsOf(features, units.slice(0, n)), standardised: { warp, z, variance: null, mean: 0, sd: 1, logJacobian: 0 } };
}

function stateAt(modes: readonly (readonly number[])[], choice: Choice = exact): ChoiceState {
  return { ...newChoiceState(), choice, modes, jitters: modes.map(() => 0) };
}

const modes = [
  [-1, -0.5, 0, 0],
  [0.3, -1, 1, 0.5],
];

function predictions({ processes }: Ensemble): readonly Float64Array[] {
  return processes.flatMap((process) => {
    const [mean, variance] = [new Float64Array(8), new Float64Array(8)];
    process.predict({ z: uniforms(24, 9), m: 8 }, { mean, variance });
    return [mean, variance];
  });
}

const fresh = (n: number, state: ChoiceState, extra = 4): Ensemble => {
  const { x, standardised } = data(n);
  return settle(features, x, standardised, structuredClone(state), extra, newEnsembleCache())!;
};

describe("the processes of an outcome", () => {
  it("are one a mode, with the lengthscales of the first", () => {
    const ensemble = fresh(20, stateAt(modes));
    expect(ensemble.processes.length).toBe(2);
    expect(ensemble.logLengthscales).toEqual([-1, -0.5, 0]);
  });

  it("have the same bits whether they were kept while trials came in, or made anew from the state", () => {
    const state = stateAt(modes);
    const cache = newEnsembleCache();
    for (let n = 3; n <= 120; n += n < 40 ? 1 : 7) {
      const { x, standardised } = data(n);
      const kept = settle(features, x, standardised, state, 4, cache)!;
      const restored = JSON.parse(JSON.stringify(state)) as ChoiceState;
      expect(predictions(kept)).toEqual(predictions(fresh(n, restored)));
      kept.processes[0]!.imagine(uniforms(9, n), 3, false);
    }
  });

  it("are kept with other values at the same points, as another warp gives them", () => {
    const state = stateAt(modes);
    const cache = newEnsembleCache();
    const before = settle(features, data(30).x, data(30).standardised, state, 4, cache)!;
    const after = settle(features, data(30).x, data(30, 7).standardised, state, 4, cache)!;
    expect(after.processes).toEqual(before.processes);
    const [mean] = predictions(after);
    const scaled = settle(features, data(30).x, data(30, 7).standardised, structuredClone(state), 4, newEnsembleCache())!;
    expect(mean).toEqual(predictions(scaled)[0]);
  });

  it("are made anew at other hyperparameters, other points, or fewer", () => {
    const cache = newEnsembleCache();
    const check = (n: number, state: ChoiceState): void => {
      const { x, standardised } = data(n);
      const restored = structuredClone(state);
      expect(predictions(settle(features, x, standardised, state, 4, cache)!)).toEqual(predictions(fresh(n, restored)));
    };
    check(30, stateAt(modes));
    check(30, stateAt(modes.slice().reverse()));
    check(12, stateAt(modes));
    check(30, stateAt([[0.1, 0.2, 0.3, 0, -4]], { ...exact, noise: "learned" }));
    check(31, stateAt(modes.slice(1)));
    check(90, stateAt(modes));
    const moved = { ...data(90), x: data(90).x.map((value) => 1 - value) };
    const again = settle(features, moved.x, moved.standardised, stateAt(modes), 4, cache)!;
    const alone = settle(features, moved.x, moved.standardised, stateAt(modes), 4, newEnsembleCache())!;
    expect(predictions(again)).toEqual(predictions(alone));
  });

  it("have room for the rows that will be imagined", () => {
    const cache = newEnsembleCache();
    const state = stateAt(modes);
    for (const extra of [0, 3, 200, 10]) {
      const { x, standardised } = data(20);
      const ensemble = settle(features, x, standardised, state, extra, cache)!;
      for (const process of ensemble.processes) {
        expect(process.size.rows).toBeGreaterThanOrEqual(20 + extra);
        expect(process.size.queries).toBe(queries);
        expect(process.imagined).toBe(0);
      }
    }
  });

  it("go on with the jitter that they once needed, which the state keeps", () => {
    const state = stateAt([[3.4, 3.4, 3.4, 0]], { ...exact, family: "squaredExponential" });
    const { x, standardised } = data(80);
    settle(features, x, standardised, state, 4, newEnsembleCache());
    expect(state.jitters[0]).toBeGreaterThan(0);
    const before = state.jitters[0]!;
    settle(features, data(90).x, data(90).standardised, state, 4, newEnsembleCache());
    expect(state.jitters[0]).toBeGreaterThanOrEqual(before);
  });

  it("are none where no mode can be factorised, and fewer where some cannot", () => {
    const broken = [Number.NaN, 0, 0, 0];
    const cache = newEnsembleCache();
    const { x, standardised } = data(10);
    expect(settle(features, x, standardised, stateAt([broken]), 4, cache)).toBeNull();
    const state = stateAt([broken, ...modes]);
    const ensemble = settle(features, x, standardised, state, 4, cache)!;
    expect(ensemble.processes.length).toBe(2);
    expect([state.modes, state.jitters.length]).toEqual([modes, 2]);
    expect(predictions(ensemble)).toEqual(predictions(fresh(10, stateAt(modes))));
    const more = data(14);
    expect(predictions(settle(features, more.x, more.standardised, state, 4, cache)!)).toEqual(predictions(fresh(14, state)));
  });
});
