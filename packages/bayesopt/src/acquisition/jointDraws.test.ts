import { derive, root } from "@caviar-hpo/core";
import { normalCdf } from "@caviar-hpo/numerics";
import { describe, expect, it } from "vitest";
import { drawInPlace, quasiNormals } from "./jointDraws.ts";

const key = derive(root(1), "draws");

describe("quasi-Monte-Carlo normals", () => {
  it("put one value of each coordinate into each of 128 strata of equal probability", () => {
    const normals = quasiNormals(128, 5, key);
    for (let coordinate = 0; coordinate < 5; coordinate++) {
      const strata = new Set(Array.from({ length: 128 }, (_, draw) => Math.floor(128 * normalCdf(normals[draw * 5 + coordinate]!))));
      expect(strata.size).toBe(128);
    }
  });

  it("depend on the key and on nothing else", () => {
    expect(quasiNormals(16, 3, key)).toEqual(quasiNormals(16, 3, key));
    expect(quasiNormals(16, 3, key)).not.toEqual(quasiNormals(16, 3, derive(key, 1)));
  });
});

describe("joint draws", () => {
  it("are mean + L z, computed over z", () => {
    const draws = Float64Array.of(1, -1, 0.5, 2, 0, 1);
    drawInPlace(draws, Float64Array.of(10, 20, 30), Float64Array.of(2, NaN, NaN, 1, 3, NaN, -1, 4, 5));
    expect([...draws]).toEqual([12, 18, 27.5, 14, 22, 33]);
  });

  it("read a factor whose rows are further apart", () => {
    const draws = Float64Array.of(1, 1);
    drawInPlace(draws, Float64Array.of(0, 0), Float64Array.of(2, 0, 9, 9, 1, 3, 9, 9), 4);
    expect([...draws]).toEqual([2, 4]);
  });

  it("have the mean and the covariance they are drawn from", () => {
    const count = 4096;
    const draws = quasiNormals(count, 2, key);
    drawInPlace(draws, Float64Array.of(1, -1), Float64Array.of(2, 0, -1, 0.5));
    let first = 0;
    let product = 0;
    for (let draw = 0; draw < count; draw++) {
      first += draws[2 * draw]! / count;
      product += ((draws[2 * draw]! - 1) * (draws[2 * draw + 1]! + 1)) / count;
    }
    expect(first).toBeCloseTo(1, 2);
    expect(product).toBeCloseTo(-2, 2);
  });
});
