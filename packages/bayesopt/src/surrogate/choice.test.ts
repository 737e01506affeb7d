import { createSpace, derive, real, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { rowsOf, somePoints } from "../../testing/surrogates.ts";
import { featuresOf } from "../features.ts";
import { hyperparametersOf } from "../model/data.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import {
  type ChoiceState,
  type Choices,
  choose,
  families,
  modelOf,
  newChoiceState,
  noises,
  standardise,
  type Values,
  warps,
} from "./choice.ts";

const features = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1) }));
const everything: Choices = { families, warps, noises, inputs: ["none"] };

function valuesOf(n: number, f: (a: number, b: number, row: number) => number): Values {
  const units = somePoints(features, n, 3);
  return { x: rowsOf(features, units), y: Float64Array.from(units, (unit, row) => f(unit[0]!, unit[1]!, row)), variance: null };
}

const smooth = (a: number, b: number): number => Math.sin(3 * a) + (b - 0.4) ** 2;
const rough = uniforms(400, 11).map((value) => value - 0.5);

function chosen(values: Values, allowed = everything, state = newChoiceState(), key = root(1)): ChoiceState {
  choose(features, values, allowed, state, key, new Map());
  return state;
}

describe("standardised values", () => {
  const y = uniforms(30, 1).map((value) => Math.exp(5 * value));

  it("have mean 0 and deviation 1, and tell by how much values were stretched", () => {
    for (const warp of outputWarps(y)) {
      const { z, mean, sd, logJacobian } = standardise(warp, y, null);
      expect(z.reduce((sum, one) => sum + one / 30, 0)).toBeCloseTo(0, 12);
      expect(z.reduce((sum, one) => sum + (one * one) / 30, 0)).toBeCloseTo(1, 12);
      z.forEach((one, row) => {
        expect(warp.inverse(mean + sd * one)).toBeCloseTo(y[row]!, 8);
      });
      if (warp.name === "halfRankLog" || warp.name === "winsorised") continue;
      const slopes = y.map((value) => {
        const [above, below] = warp.forward(Float64Array.of(value * (1 + 1e-6), value * (1 - 1e-6)));
        return Math.log((above! - below!) / (2e-6 * value) / sd);
      });
      expect(logJacobian).toBeCloseTo(
        slopes.reduce((sum, one) => sum + one, 0),
        4,
      );
    }
  });

  it("are all 0 where all values are the same, under every warp", () => {
    for (const value of [0.1, 1e308, -3, 5e-324])
      for (const warp of outputWarps(new Float64Array(7).fill(value))) {
        const { z, sd, logJacobian } = standardise(warp, new Float64Array(7).fill(value), null);
        expect([...z]).toEqual([0, 0, 0, 0, 0, 0, 0]);
        expect(sd).toBe(1);
        expect(Number.isFinite(logJacobian)).toBe(true);
      }
  });

  it("take known variances along: in the same proportion for the identity, as the warp's slope squared else", () => {
    const known = y.map((value) => (1e-4 * value) ** 2);
    for (const warp of outputWarps(y).slice(0, 4)) {
      const { variance, sd } = standardise(warp, y, known);
      y.forEach((value, row) => {
        if (warp.name === "winsorised") return;
        const [above, below] = warp.forward(Float64Array.of(value * (1 + 1e-6), value * (1 - 1e-6)));
        const slope = (above! - below!) / (2e-6 * value) / sd;
        expect(variance![row]! / (known[row]! * slope * slope)).toBeCloseTo(1, 3);
      });
    }
  });
});

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
    const allowed: Choices = { families: ["squaredExponential"], warps: ["yeoJohnson"], noises: ["learned"], inputs: ["none"] };
    for (const values of [valuesOf(20, smooth), valuesOf(2, () => 1), valuesOf(1, () => 7)])
      expect(chosen(values, allowed).choice).toEqual({ family: "squaredExponential", warp: "yeoJohnson", noise: "learned", input: "none" });
  });

  it("is fitted anew when what is allowed changes, or values have come; else it stays", () => {
    const values = valuesOf(20, smooth);
    const state = chosen(values);
    const before = structuredClone(state);
    expect(choose(features, values, everything, state, root(9), new Map())).toBe(0);
    expect(state).toEqual(before);
    expect(choose(features, values, { ...everything, noises: ["learned"] }, state, root(9), new Map())).toBeGreaterThan(0);
    expect(state.choice!.noise).toBe("learned");
    expect(choose(features, valuesOf(21, smooth), everything, state, root(9), new Map())).toBeGreaterThan(0);
  });

  it("does not flip while values come in one by one", () => {
    const state = newChoiceState();
    const seen: string[] = [];
    const cache = new Map();
    for (let n = 6; n <= 50; n += 1) {
      choose(
        features,
        valuesOf(n, (a, b) => Math.exp(2 * smooth(a, b))),
        everything,
        state,
        derive(root(2), n),
        cache,
      );
      seen.push(JSON.stringify(state.choice));
    }
    expect(seen.filter((one, index) => index > 0 && one !== seen[index - 1]).length).toBeLessThan(8);
  });

  it("costs no more for many values, of which the telling ones are looked at", () => {
    const cache: Parameters<typeof choose>[5] = new Map();
    const state = newChoiceState();
    choose(features, valuesOf(400, smooth), { ...everything, families: ["matern52"] }, state, root(1), cache);
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
    for (let n = 3; n <= 40; n += 1) {
      const values = valuesOf(n, (a, b, row) => Math.exp(smooth(a, b)) + 0.05 * rough[row]!);
      choose(features, values, everything, kept, derive(root(5), n), cache);
      read = JSON.parse(JSON.stringify(read)) as ChoiceState;
      choose(features, values, everything, read, derive(root(5), n), new Map());
      expect(read).toEqual(kept);
    }
  });
});
