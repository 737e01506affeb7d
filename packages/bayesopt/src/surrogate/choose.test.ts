import { createSpace, derive, real, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { somePoints } from "../../testing/problemModels.ts";
import { coordinatesOf, featuresOf } from "../features.ts";
import { type Data, hyperparametersOf } from "../model/data.ts";
import { type ChoiceState, newChoiceState } from "./choiceState.ts";
import { choose } from "./choose.ts";
import { families, type ModelChoices, modelOf, noises, warps } from "./modelChoice.ts";

const features = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1) }));
const everything: ModelChoices = { families, warps, noises, inputs: ["none"] };

function valuesOf(n: number, f: (a: number, b: number, row: number) => number): Data {
  const units = somePoints(features, n, 3);
  return {
    x: coordinatesOf(features, units),
    y: Float64Array.from(units, (unit, row) => f(unit[0]!, unit[1]!, row)),
    d: features.size,
    variance: null,
  };
}

const smooth = (a: number, b: number): number => Math.sin(3 * a) + (b - 0.4) ** 2;
const rough = uniforms(400, 11).map((value) => value - 0.5);

function chosen(values: Data, allowed = everything, state = newChoiceState(), key = root(1)): ChoiceState {
  choose({ features: features, data: values, allowed: allowed, key: key }, state, new Map());
  return state;
}

describe("the model", () => {
  it("straightens values that grow exponentially, and leaves those that do not", () => {
    expect(chosen(valuesOf(40, (a, b) => Math.exp(8 * a + 4 * b))).choice!.warp).not.toBe("identity");
    expect(chosen(valuesOf(40, smooth)).choice!.warp).toBe("identity");
  });

  it("has noise where values jump, and none where they do not", () => {
    expect(chosen(valuesOf(60, (a, b, row) => smooth(a, b) + 0.3 * rough[row]!)).choice!.noise).toBe("learned");
    expect(chosen(valuesOf(60, smooth)).choice!.noise).toBe("none");
  });

  it("is one that is allowed, whatever the values", () => {
    const allowed: ModelChoices = { families: ["squaredExponential"], warps: ["yeoJohnson"], noises: ["learned"], inputs: ["none"] };
    for (const values of [valuesOf(20, smooth), valuesOf(2, () => 1), valuesOf(1, () => 7)])
      expect(chosen(values, allowed).choice).toEqual({ family: "squaredExponential", warp: "yeoJohnson", noise: "learned", input: "none" });
  });

  it("is fitted again when what is allowed changes or values have come, and otherwise stays", () => {
    const values = valuesOf(20, smooth);
    const state = chosen(values);
    const before = structuredClone(state);
    expect(choose({ features: features, data: values, allowed: everything, key: root(9) }, state, new Map())).toBe(0);
    expect(state).toEqual(before);
    expect(
      choose({ features: features, data: values, allowed: { ...everything, noises: ["learned"] }, key: root(9) }, state, new Map()),
    ).toBeGreaterThan(0);
    expect(state.choice!.noise).toBe("learned");
    expect(choose({ features: features, data: valuesOf(21, smooth), allowed: everything, key: root(9) }, state, new Map())).toBeGreaterThan(
      0,
    );
  });

  it("does not flip while values come in one by one", () => {
    const state = newChoiceState();
    const seen: string[] = [];
    const cache = new Map();
    for (let n = 6; n <= 50; n++) {
      choose(
        { features: features, data: valuesOf(n, (a, b) => Math.exp(2 * smooth(a, b))), allowed: everything, key: derive(root(2), n) },
        state,
        cache,
      );
      seen.push(JSON.stringify(state.choice));
    }
    expect(seen.filter((one, index) => index > 0 && one !== seen[index - 1]).length).toBeLessThan(8);
  });

  it("costs no more for many values, of which the telling ones are looked at", () => {
    const cache: Parameters<typeof choose>[2] = new Map();
    const state = newChoiceState();
    choose(
      { features: features, data: valuesOf(400, smooth), allowed: { ...everything, families: ["matern52"] }, key: root(1) },
      state,
      cache,
    );
    expect(state.fitted).toBe(400);
    expect(state.modes.length).toBeGreaterThan(0);
    for (const { density } of cache.values()) expect(density.rows).toBeLessThanOrEqual(256);
  });
});

describe("the modes", () => {
  it("lie within the bounds of the hyperparameters, each different, with a jitter each", () => {
    for (const f of [
      smooth,
      (a: number, b: number) => Math.sin(40 * a) * Math.sin(30 * b),
      () => 3,
      (a: number) => (a > 0.5 ? 1e300 : 0),
    ]) {
      const state = chosen(valuesOf(15, f));
      expect(state.modes.length).toBeGreaterThan(0);
      expect(state.jitters.length).toBe(state.modes.length);
      expect(new Set(state.modes.map((mode) => mode.join())).size).toBe(state.modes.length);
      const all = hyperparametersOf(modelOf(features, state.choice!));
      for (const mode of state.modes)
        all.forEach(({ low, high }, p) => {
          expect(mode[p]).toBeGreaterThanOrEqual(Math.log(low) - 1e-12);
          expect(mode[p]).toBeLessThanOrEqual(Math.log(high) + 1e-12);
        });
    }
  });
});

describe("the state", () => {
  it("is plain data, with the same future whether it and its cache were kept or not", () => {
    const kept = newChoiceState();
    const cache = new Map();
    let read = newChoiceState();
    for (let n = 3; n <= 40; n++) {
      const values = valuesOf(n, (a, b, row) => Math.exp(smooth(a, b)) + 0.05 * rough[row]!);
      choose({ features: features, data: values, allowed: everything, key: derive(root(5), n) }, kept, cache);
      read = JSON.parse(JSON.stringify(read)) as ChoiceState;
      choose({ features: features, data: values, allowed: everything, key: derive(root(5), n) }, read, new Map());
      expect(read).toEqual(kept);
    }
  });
});
