import { root, type Stream, stream } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { firstRegime, nextRegime, noRestarts, type Regime, type Restarts } from "./restarts.ts";

const half: Stream = { uniform: () => 0.5, normal: () => 0, integer: () => 0 };

describe("restarts", () => {
  it("double the population first, and then use small ones until these have used as many evaluations", () => {
    let [restarts, regime]: readonly [Restarts, Regime] = [noRestarts, firstRegime(8)];
    const seen: (readonly [string, number])[] = [];
    for (const evaluations of [100, 500, 200, 250, 900, 100]) {
      [restarts, regime] = nextRegime(restarts, { size: regime.size, evaluations }, 8, half);
      seen.push([regime.size, regime.population]);
    }
    // After 100 of the first run: large, 500. Small ones of 200 and 250 make 550, so a large one comes. After its 900, small ones come.
    expect(seen).toEqual([
      ["large", 16],
      ["small", 8],
      ["small", 8],
      ["large", 32],
      ["small", 9],
      ["small", 9],
    ]);
  });

  it("give a small run half of the evaluations of the last large one, a population up to half of the large one, and a step down to 1 %", () => {
    const source = stream(root("regimes"));
    const before: Restarts = { doublings: 4, small: 0, large: 4000, lastLarge: 2000 };
    for (let turn = 0; turn < 200; turn++) {
      const [, regime] = nextRegime(before, { size: "small", evaluations: 10 }, 6, source);
      expect(regime.evaluations).toBe(1000);
      expect(regime.population).toBeGreaterThanOrEqual(6);
      expect(regime.population).toBeLessThanOrEqual(48);
      expect(regime.sigma).toBeGreaterThan(0.00999);
      expect(regime.sigma).toBeLessThanOrEqual(1);
    }
  });

  it("stop doubling after nine times", () => {
    const before: Restarts = { doublings: 9, small: 10, large: 5, lastLarge: 5 };
    expect(nextRegime(before, { size: "small", evaluations: 0 }, 4, half)[1]).toMatchObject({ size: "large", population: 4 * 512 });
  });
});
