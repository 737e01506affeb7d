import { root } from "@caviar-hpo/core";
import { sobol } from "@caviar-hpo/samplers/sequences";
import { describe, expect, it } from "vitest";
import { spread } from "./spread.ts";

const key = root("spread");

describe("points spread over the cube", () => {
  it("are scrambled Sobol points up to 1111 dimensions", () => {
    for (const d of [1, 6, 1111]) {
      const points = new Float64Array(16 * d);
      spread(d, key).fill(16, points);
      const expected = new Float64Array(16 * d);
      sobol(d, key).fill(0, 16, expected);
      expect(points).toEqual(expected);
      expect(spread(d, key).at(5)).toEqual(expected.subarray(5 * d, 6 * d));
    }
  });

  it("begin like those of fewer dimensions, and continue with uniform numbers beyond 1111", () => {
    const d = 1300;
    const count = 64;
    const points = new Float64Array(count * d);
    spread(d, key).fill(count, points);
    let sum = 0;
    for (let index = 0; index < count; index++) {
      expect(points.subarray(index * d, index * d + 1111)).toEqual(sobol(1111, key).at(index));
      for (let axis = 1111; axis < d; axis++) sum += points[index * d + axis]!;
    }
    expect(points.every((at) => at >= 0 && at < 1)).toBe(true);
    expect(Math.abs(sum / (count * (d - 1111)) - 0.5)).toBeLessThan(0.01);
    expect(spread(d, key).at(7)).toEqual(points.subarray(7 * d, 8 * d));
    expect(spread(d, key).at(7)).not.toEqual(spread(d, root("other")).at(7));
  });

  it("are empty without dimensions", () => {
    expect(spread(0, key).at(3)).toEqual(new Float64Array(0));
    spread(0, key).fill(4, new Float64Array(0));
  });
});
