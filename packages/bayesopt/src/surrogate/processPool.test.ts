import { createSpace, real } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { exact, somePoints } from "../../testing/problemModels.ts";
import { coordinatesOf, featuresOf } from "../features.ts";
import type { Data } from "../model/data.ts";
import { queries } from "../model/ensemble.ts";
import { type ChoiceState, newChoiceState } from "./choiceState.ts";
import type { ModelChoice } from "./modelChoice.ts";
import { type Ensemble, newOutcomeCache, settleModes } from "./processPool.ts";

const features = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1), c: real(0, 1) }));
const units = somePoints(features, 120, 1);
const values = units.map((unit) => Math.sin(5 * unit[0]!) + unit[1]! - unit[2]! * unit[0]!);

function data(n: number, scale = 1): Data {
  const y = Float64Array.from(values.slice(0, n), (value) => scale * value);
  return { x: coordinatesOf(features, units.slice(0, n)), y, d: features.size, variance: null };
}

function stateAt(modes: readonly (readonly number[])[], choice: ModelChoice = exact): ChoiceState {
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
  return settleModes({ features, data: data(n), extra }, structuredClone(state), newOutcomeCache())!;
};

describe("the processes of an outcome", () => {
  it("are one per mode, with the lengthscales of the first", () => {
    const ensemble = fresh(20, stateAt(modes));
    expect(ensemble.processes.length).toBe(2);
    expect(ensemble.logLengthscales).toEqual([-1, -0.5, 0]);
  });

  it("have the same bits whether they were kept while trials came in, or made again from the state", () => {
    const state = stateAt(modes);
    const cache = newOutcomeCache();
    for (let n = 3; n <= 120; n += n < 40 ? 1 : 7) {
      const kept = settleModes({ features, data: data(n), extra: 4 }, state, cache)!;
      const restored = JSON.parse(JSON.stringify(state)) as ChoiceState;
      expect(predictions(kept)).toEqual(predictions(fresh(n, restored)));
      kept.processes[0]!.imagine(uniforms(9, n), 3, false);
    }
  });

  it("are kept with other values at the same points, as another warp gives them", () => {
    const state = stateAt(modes);
    const cache = newOutcomeCache();
    const before = settleModes({ features, data: data(30), extra: 4 }, state, cache)!;
    const after = settleModes({ features, data: data(30, 7), extra: 4 }, state, cache)!;
    expect(after.processes).toEqual(before.processes);
    const [mean] = predictions(after);
    const scaled = settleModes({ features, data: data(30, 7), extra: 4 }, structuredClone(state), newOutcomeCache())!;
    expect(mean).toEqual(predictions(scaled)[0]);
  });

  it("are made again at other hyperparameters, other points, or fewer", () => {
    const cache = newOutcomeCache();
    const check = (n: number, state: ChoiceState): void => {
      const restored = structuredClone(state);
      expect(predictions(settleModes({ features, data: data(n), extra: 4 }, state, cache)!)).toEqual(predictions(fresh(n, restored)));
    };
    check(30, stateAt(modes));
    check(30, stateAt(modes.slice().reverse()));
    check(12, stateAt(modes));
    check(30, stateAt([[0.1, 0.2, 0.3, 0, -4]], { ...exact, noise: "learned" }));
    check(31, stateAt(modes.slice(1)));
    check(90, stateAt(modes));
    const moved = { ...data(90), x: data(90).x.map((value) => 1 - value) };
    const again = settleModes({ features, data: moved, extra: 4 }, stateAt(modes), cache)!;
    const alone = settleModes({ features, data: moved, extra: 4 }, stateAt(modes), newOutcomeCache())!;
    expect(predictions(again)).toEqual(predictions(alone));
  });

  it("have room for the rows that will be imagined", () => {
    const cache = newOutcomeCache();
    const state = stateAt(modes);
    for (const extra of [0, 3, 200, 10]) {
      const ensemble = settleModes({ features, data: data(20), extra }, state, cache)!;
      for (const process of ensemble.processes) {
        expect(process.size.rows).toBeGreaterThanOrEqual(20 + extra);
        expect(process.size.queries).toBe(queries);
        expect(process.imagined).toBe(0);
      }
    }
  });

  it("continue with the jitter that they once needed, which the state keeps", () => {
    const state = stateAt([[3.4, 3.4, 3.4, 0]], { ...exact, family: "squaredExponential" });
    settleModes({ features, data: data(80), extra: 4 }, state, newOutcomeCache());
    expect(state.jitters[0]).toBeGreaterThan(0);
    const before = state.jitters[0]!;
    settleModes({ features, data: data(90), extra: 4 }, state, newOutcomeCache());
    expect(state.jitters[0]).toBeGreaterThanOrEqual(before);
  });

  it("are empty if no mode can be factorised, and fewer if some cannot", () => {
    const broken = [NaN, 0, 0, 0];
    const cache = newOutcomeCache();
    expect(settleModes({ features, data: data(10), extra: 4 }, stateAt([broken]), cache)).toBeNull();
    const state = stateAt([broken, ...modes]);
    const ensemble = settleModes({ features, data: data(10), extra: 4 }, state, cache)!;
    expect(ensemble.processes.length).toBe(2);
    expect([state.modes, state.jitters.length]).toEqual([modes, 2]);
    expect(predictions(ensemble)).toEqual(predictions(fresh(10, stateAt(modes))));
    const more = data(14);
    expect(predictions(settleModes({ features, data: more, extra: 4 }, state, cache)!)).toEqual(predictions(fresh(14, state)));
  });
});
