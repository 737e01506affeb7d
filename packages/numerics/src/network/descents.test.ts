import { describe, expect, it } from "vitest";
import { float64Operations as of } from "./plain.ts";

describe("steps of descent", () => {
  it("take w = 1 along g = 2 by their formulas", () => {
    const [w, g, state] = [Float64Array.of(1), Float64Array.of(2), Float64Array.of(0.5)];
    of.addScaled(g, w, 0.25, 1);
    expect(g[0]).toBe(2.25);
    g[0] = 2;
    of.descend(w, g, 0.25, 1);
    expect(w[0]).toBe(0.5);
    of.descendMomentum(w, g, state, 0.5, 0.75, 0.25, 1);
    expect([state[0], w[0]]).toEqual([0.875, 0.0625]);
    state[0] = 0;
    of.descendRmsProp(w, g, state, 0.5, 0.75, 0.5, 1);
    expect([state[0], w[0]]).toEqual([1, 0.0625 - 1 / 1.5]);
  });

  it("by Adam, three on x^2 from 1 at rate 0.1, end where Algorithm 1 and PyTorch do", () => {
    const [w, g, m, v] = [Float64Array.of(1), new Float64Array(1), new Float64Array(1), new Float64Array(1)];
    const path: number[] = [];
    for (let t = 1; t <= 3; t++) {
      g[0] = 2 * w[0]!;
      of.descendAdam(w, g, m, v, 0.1, 0.9, 0.999, 1e-8, 1 - 0.9 ** t, 1 - 0.999 ** t, 1);
      path.push(w[0]!);
    }
    [0.9000000005, 0.8004122286917927, 0.70158627294603].forEach((wanted, t) => {
      expect(Math.abs(path[t]! - wanted)).toBeLessThan(1e-14);
    });
  });

  it("touch no more than the length", () => {
    const w = Float64Array.of(1, 1, 1);
    of.descend(w, Float64Array.of(1, 1, 1), 0.5, 2);
    expect([...w]).toEqual([0.5, 0.5, 1]);
  });
});
