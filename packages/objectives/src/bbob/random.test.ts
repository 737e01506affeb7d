import { describe, expect, it } from "vitest";
import { normals, uniforms } from "./random.ts";

describe("the generators of BBOB", () => {
  it("give COCO's first three uniforms of seed 1", () => {
    expect(Array.from(uniforms(3, 1))).toEqual([0.41599935685098144, 0.09196489075755929, 0.7564104859514211]);
  });

  it("give COCO's first three uniforms of seed 10001", () => {
    expect(Array.from(uniforms(3, 10001))).toEqual([0.5316335449608199, 0.3554052111485066, 0.4095678666651099]);
  });

  it("give COCO's first two normals of seed 1", () => {
    const [first, second] = normals(2, 1);
    expect(Math.abs(first! / 0.05333175794725647 - 1)).toBeLessThan(1e-15);
    expect(Math.abs(second! / -2.1467214308886646 - 1)).toBeLessThan(1e-15);
  });

  it("draw uniforms whose longer streams begin with the shorter ones", () => {
    expect(uniforms(100, 1010001).subarray(0, 40)).toEqual(uniforms(40, 1010001));
  });

  it("agree with 16807 s mod 2^31 - 1 computed in big integers", () => {
    expect(uniforms(500, 987654321)).toEqual(uniformsInBigIntegers(500, 987654321n));
  });
});

/** Park and Miller's recurrence without Schrage's factorisation. */
function uniformsInBigIntegers(count: number, seed: bigint): Float64Array {
  const modulus = 2147483647n;
  let state = seed;
  const next = (): bigint => {
    state = (16807n * state) % modulus;
    return state;
  };
  const warm = Array.from({ length: 40 }, next);
  const table = warm.slice(8).reverse();
  let last = table[0]!;
  return Float64Array.from({ length: count }, () => {
    const fresh = next();
    const slot = Number(last / 67108865n);
    last = table[slot]!;
    table[slot] = fresh;
    return Number(last) / Number(modulus);
  });
}
