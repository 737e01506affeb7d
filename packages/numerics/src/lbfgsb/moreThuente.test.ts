import { describe, expect, it } from "vitest";
import golden from "./moreThuente.golden.json" with { type: "json" };
import { advance, begin, lineSearch, retreat } from "./moreThuente.ts";

type Phi = (a: number) => readonly [value: number, slope: number];

// The functions of Moré and Thuente 1994, eqs. 5.1 to 5.4, with the parameters of tables I to VI.
const concave =
  (beta: number): Phi =>
  (a) => [-a / (a * a + beta), (a * a - beta) / (a * a + beta) ** 2];

const quintic =
  (beta: number): Phi =>
  (a) => [(a + beta) ** 5 - 2 * (a + beta) ** 4, 5 * (a + beta) ** 4 - 8 * (a + beta) ** 3];

const wavy =
  (beta: number, l: number): Phi =>
  (a) => {
    const [base, slope] = a <= 1 - beta ? [1 - a, -1] : a >= 1 + beta ? [a - 1, 1] : [(a - 1) ** 2 / (2 * beta) + beta / 2, (a - 1) / beta];
    const angle = (l * Math.PI * a) / 2;
    return [base + ((2 * (1 - beta)) / (l * Math.PI)) * Math.sin(angle), slope + (1 - beta) * Math.cos(angle)];
  };

const yanai =
  (beta1: number, beta2: number): Phi =>
  (a) => {
    const gamma = (beta: number) => Math.sqrt(1 + beta ** 2) - beta;
    const left = Math.sqrt((1 - a) ** 2 + beta2 ** 2);
    const right = Math.sqrt(a ** 2 + beta1 ** 2);
    return [gamma(beta1) * left + gamma(beta2) * right, (-gamma(beta1) * (1 - a)) / left + (gamma(beta2) * a) / right];
  };

const tables: Record<string, Phi> = {
  1: concave(2),
  2: quintic(0.004),
  3: wavy(0.01, 39),
  4: yanai(0.001, 0.001),
  5: yanai(0.01, 0.001),
  6: yanai(0.001, 0.01),
};

/** Evaluations m and step alpha_m of tables I to VI, first steps 10^-3, 10^-1, 10, 10^3. */
const published: Record<string, readonly (readonly [m: number, alpha: number])[]> = {
  1: [[6, 1.4], [3, 1.4], [1, 10], [4, 37]], // biome-ignore format: one table a line
  2: [[12, 1.6], [8, 1.6], [8, 1.6], [11, 1.6]], // biome-ignore format: one table a line
  3: [[12, 1], [12, 1], [10, 1], [13, 1]], // biome-ignore format: one table a line
  4: [[4, 0.085], [1, 0.1], [3, 0.35], [4, 0.83]], // biome-ignore format: one table a line
  5: [[6, 0.075], [3, 0.078], [7, 0.073], [8, 0.076]], // biome-ignore format: one table a line
  6: [[13, 0.93], [11, 0.93], [8, 0.92], [11, 0.92]], // biome-ignore format: one table a line
};

function steps(phi: Phi, mu: number, eta: number, first: number): number[] {
  const search = lineSearch(mu, eta, 1e-10);
  const [value, slope] = phi(0);
  begin(search, value, slope, first, 1e10);
  const taken: number[] = [];
  for (;;) {
    taken.push(search.step);
    const progress = advance(search, ...phi(search.step));
    if (progress === "evaluate") continue;
    expect(progress).toBe("found");
    return taken;
  }
}

describe("the line search of Moré and Thuente", () => {
  it.each(golden)(
    "takes on function $table from $first the steps of MINPACK-2, and as many as published",
    ({ table, mu, eta, first, steps: expected }) => {
      const taken = steps(tables[table]!, mu, eta, first);
      expect(taken.length).toBe(expected.length);
      taken.forEach((step, i) => expect(Math.abs(step - expected[i]!)).toBeLessThan(1e-6 * expected[i]!));
      const [m, alpha] = published[table]![Math.round((Math.log10(first) + 3) / 2)]!;
      expect(taken.length).toBe(m);
      expect(taken.at(-1)! / alpha).toBeCloseTo(1, 1);
    },
  );

  it("ends with the strong Wolfe conditions", () => {
    for (const { table, mu, eta, first } of golden) {
      const phi = tables[table]!;
      const [value, slope] = phi(0);
      const step = steps(phi, mu, eta, first).at(-1)!;
      expect(phi(step)[0]).toBeLessThanOrEqual(value + mu * step * slope);
      expect(Math.abs(phi(step)[1])).toBeLessThanOrEqual(eta * Math.abs(slope));
    }
  });

  it("takes the longest step where the function still falls there", () => {
    const search = lineSearch(1e-3, 0.9, 0.1);
    begin(search, 0, -1, 1, 3);
    expect(advance(search, -1, -1)).toBe("evaluate");
    expect(search.step).toBe(3);
    expect(advance(search, -3, -1)).toBe("found");
  });

  it("steps back from what is not finite by halves, then by tens, and stays below it", () => {
    const search = lineSearch(1e-3, 0.9, 0.1);
    begin(search, 0, -1, 8, 1e10);
    const tried = [];
    for (let i = 0; i < 4; i++) {
      expect(retreat(search)).toBe("evaluate");
      tried.push(search.step);
    }
    expect(tried).toEqual([4, 2, 0.2, 0.020000000000000004]);
    expect(advance(search, -search.step, -1)).toBe("found");
  });

  it("keeps the best step when the way on is not finite, and is cornered by a gap before it", () => {
    const search = lineSearch(1e-3, 0.5, 0.1);
    begin(search, 0, -1, 1, 1e10);
    expect(advance(search, -1, -1)).toBe("evaluate");
    expect(search.step).toBe(5);
    expect(retreat(search)).toBe("evaluate");
    expect(search.step).toBe(3);
    expect(search.stx).toBe(1);
    search.stx = 4;
    expect(retreat(search)).toBe("cornered");
  });

  it("bisects if the arithmetic of interpolation overflows, and is cornered if there is nothing to bisect", () => {
    const search = lineSearch(1e-3, 0.9, 0.1);
    begin(search, 0, -1, 1, 1e10);
    expect(advance(search, 1.7e308, 1.7e308)).toBe("evaluate");
    expect(search.step).toBeGreaterThan(0);
    expect(search.step).toBeLessThan(1);
  });
});
