import { describe, expect, it } from "vitest";
import { asymmetrise, ladder, oscillate, penalty } from "./transforms.ts";

describe("T_osz", () => {
  it("is the formula of RR-6829 section 0.2", () => {
    for (const x of [-80, -3.2, -1, -1e-7, 1e-7, 0.4, 1, 17, 1e6]) {
      const hat = Math.log(Math.abs(x));
      const [c1, c2] = x > 0 ? [10, 7.9] : [5.5, 3.1];
      const expected = Math.sign(x) * Math.exp(hat + 0.049 * (Math.sin(c1 * hat) + Math.sin(c2 * hat)));
      expect(Math.abs(oscillate(x) / expected - 1)).toBeLessThan(1e-13);
    }
  });

  it("keeps zero, one and the sign", () => {
    expect([oscillate(0), oscillate(1), oscillate(-1)]).toEqual([0, 1, -1]);
    expect(oscillate(-5e-324)).toBeLessThan(0);
  });

  it("never decreases", () => {
    let previous = -Infinity;
    for (let step = -2000; step <= 2000; step++) {
      const value = oscillate(step / 50);
      expect(value).toBeGreaterThan(previous);
      previous = value;
    }
  });
});

describe("T_asy", () => {
  it("leaves the first axis and the negative side alone and lifts the rest to 1 + β e √z", () => {
    const z = Float64Array.of(2, -3, 4);
    asymmetrise(0.5, z);
    expect(z).toEqual(Float64Array.of(2, -3, 16));
  });
});

describe("the ladder of scales", () => {
  it("runs geometrically from one to its base", () => {
    expect(ladder(1e6, 4).map((x) => Math.round(x * 1e9) / 1e9)).toEqual(Float64Array.of(1, 1e2, 1e4, 1e6));
  });
});

describe("the penalty", () => {
  it("is zero in the closed box and quadratic beyond each face", () => {
    expect(penalty(Float64Array.of(5, -5, 0))).toBe(0);
    expect(penalty(Float64Array.of(7, -6, 4))).toBe(5);
  });
});
