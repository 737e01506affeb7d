import { describe, expect, it } from "vitest";
import { boxProblems } from "../../golden/boxProblems.mjs";
import { minimise } from "../../testing/minimise.ts";
import { projectedGradientNorm } from "./box.ts";
import golden from "./lbfgsb.golden.json" with { type: "json" };
import { lbfgsb } from "./lbfgsb.ts";

const cases = boxProblems.map((problem, index) => ({ ...problem, peer: golden[index]! }));

describe.each(cases)("on $name", ({ name, f, start, lower, upper, minimum, peer }) => {
  const bounds = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };

  it("takes about as many evaluations as SciPy to as low a value", () => {
    expect(name).toBe(peer.name);
    const { minimiser, values } = minimise(f, start, bounds);
    expect(Math.abs(values[0]! - peer.valueAtStart)).toBeLessThan(1e-12 * (1 + Math.abs(peer.valueAtStart)));
    expect(minimiser.status).toBe("converged");
    // Ill-conditioned quadratics take hundreds of evaluations, whose number rounding decides.
    expect(minimiser.evaluations).toBeLessThanOrEqual(Math.max(1.1 * peer.evaluations, peer.evaluations + 1));
    expect(minimiser.value - peer.value).toBeLessThan(1e-5 * Math.max(1, Math.abs(peer.value)));
    if (minimum !== null) expect(Math.abs(minimiser.value - minimum)).toBeLessThan(1e-5 * Math.max(1, Math.abs(minimum)));
  });

  it("meets the first-order conditions if it may continue", () => {
    const { minimiser, gradient } = minimise(f, start, bounds, { valueTolerance: 0, gradientTolerance: 1e-6 });
    // Where rounding ends the descent first, a gradient of the size that rounding makes of the value.
    const reached = projectedGradientNorm(minimiser.point, gradient(minimiser.point), bounds);
    if (minimiser.status === "converged") expect(reached).toBeLessThanOrEqual(1e-6);
    else expect(reached).toBeLessThan(1e-3);
    expect(minimiser.status).not.toBe("exhausted");
  });
});

describe("the gradients of the problems", () => {
  it.each(cases)("agree with SciPy's on $name", ({ f, start, peer }) => {
    const g = new Float64Array(start.length);
    f(Float64Array.from(start), g);
    g.forEach((one, i) => expect(Math.abs(one - peer.gradientAtStart[i]!)).toBeLessThan(1e-12 * (1 + Math.abs(one))));
  });
});

describe("the example distributed with L-BFGS-B", () => {
  it("ends after 28 evaluations with five pairs, as its published output does", () => {
    const { f, start, lower, upper } = boxProblems.find(({ name }) => name === "driver1")!;
    const bounds = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
    const { minimiser } = minimise(f, start, bounds, { memory: 5 });
    expect(minimiser.evaluations).toBe(28);
    expect(minimiser.value).toBeCloseTo(1.083490083518e-9, 12);
  });
});

describe("at the edges", () => {
  const square = (x: Float64Array, g: Float64Array) => {
    let f = 0;
    x.forEach((one, i) => {
      f += one * one;
      g[i] = 2 * one;
    });
    return f;
  };
  const everywhere = (n: number) => ({ lower: new Float64Array(n).fill(-Infinity), upper: new Float64Array(n).fill(Infinity) });
  const cube = (n: number, low: number, high: number) => ({ lower: new Float64Array(n).fill(low), upper: new Float64Array(n).fill(high) });

  it("has no coordinate to move: converged after its one evaluation", () => {
    const { minimiser } = minimise(square, [], everywhere(0));
    expect(minimiser).toMatchObject({ status: "converged", evaluations: 1, value: 0 });
  });

  it("has a box of no width: converged where it started", () => {
    const { minimiser } = minimise(square, [7, 7], cube(2, 3, 3));
    expect(minimiser).toMatchObject({ status: "converged", evaluations: 1, value: 18 });
    expect([...minimiser.point]).toEqual([3, 3]);
  });

  it("moves the start into the box before it asks", () => {
    expect([...lbfgsb(Float64Array.of(-9, 0.5, 9), cube(3, 0, 1)).point]).toEqual([0, 0.5, 1]);
  });

  it("is converged on a constant", () => {
    const { minimiser } = minimise((_, g) => g.fill(0) && 4, [0.3, 0.6], cube(2, 0, 1));
    expect(minimiser).toMatchObject({ status: "converged", evaluations: 1, value: 4 });
  });

  it.each([
    { value: NaN, gradient: 1, kept: Infinity },
    { value: Infinity, gradient: 1, kept: Infinity },
    { value: -Infinity, gradient: 1, kept: Infinity },
    { value: 2, gradient: NaN, kept: 2 },
  ])("is stalled at its start by value $value and gradient $gradient there", ({ value, gradient, kept }) => {
    const minimiser = lbfgsb(Float64Array.of(0.25), cube(1, 0, 1));
    minimiser.tell(value, Float64Array.of(gradient));
    expect(minimiser).toMatchObject({ status: "stalled", evaluations: 1, value: kept });
    expect([...minimiser.point]).toEqual([0.25]);
  });

  it("ends at the best point when no evaluations are left", () => {
    const { f, start } = boxProblems[0]!;
    const { minimiser, points, values } = minimise(f, start, everywhere(2), { maxEvaluations: 7 });
    expect(minimiser).toMatchObject({ status: "exhausted", evaluations: 7, value: Math.min(...values) });
    expect([...minimiser.point]).toEqual(points[values.indexOf(Math.min(...values))]);
  });

  it("leans on the edge of what is finite: log x + log (1 - x) - 9 x, NaN beyond 1, from 0.5", () => {
    // The minimum of -log(1 - x) - 9 x lies at x = 8/9; the first step leads beyond 1, where the value is NaN.
    const { minimiser, values } = minimise(
      (x, g) => {
        g[0] = 1 / (1 - x[0]!) - 9;
        return -Math.log(1 - x[0]!) - 9 * x[0]!;
      },
      [0.5],
      cube(1, 0, 50),
    );
    expect(values.some(Number.isNaN)).toBe(true);
    expect(minimiser.status).toBe("converged");
    expect(minimiser.point[0]).toBeCloseTo(8 / 9, 5);
  });

  it("creeps up to a cliff that ends the descent", () => {
    const { minimiser } = minimise(
      (x, g) => {
        g.fill(-1);
        return x[0]! <= 0.7 ? -x[0]! : 1e6;
      },
      [0.1],
      cube(1, 0, 1),
    );
    expect(minimiser.point[0]).toBeLessThanOrEqual(0.7);
    expect(minimiser.point[0]).toBeGreaterThan(0.69);
    expect(minimiser.evaluations).toBeLessThan(200);
  });

  it("is stalled, not astray, where the gradient points uphill", () => {
    const { minimiser } = minimise(
      (x, g) => {
        square(x, g);
        x.forEach((_, i) => (g[i]! *= -1));
        return x[0]! * x[0]! + x[1]! * x[1]!;
      },
      [0.5, 0.25],
      everywhere(2),
    );
    expect(minimiser.status).toBe("stalled");
    expect(minimiser.value).toBe(0.3125);
    expect(minimiser.evaluations).toBeLessThan(60);
  });

  it.each([
    ["lengths", () => lbfgsb(new Float64Array(2), cube(3, 0, 1)), /bounds: expected length 2/],
    ["crossed bounds", () => lbfgsb(new Float64Array(1), cube(1, 1, 0)), /bounds\[0\]: expected lower <= upper, got 1 and 0/],
    ["a bound that is NaN", () => lbfgsb(new Float64Array(1), cube(1, NaN, 0)), /bounds\[0\]/],
    ["a start that is NaN", () => lbfgsb(Float64Array.of(NaN), cube(1, 0, 1)), /start: expected finite coordinates, got NaN/],
    ["a start that is infinite", () => lbfgsb(Float64Array.of(Infinity), everywhere(1)), /start: .* got Infinity/],
    ["no memory", () => lbfgsb(new Float64Array(1), cube(1, 0, 1), { memory: 0 }), /memory: expected a whole number, at least 1, got 0/],
    ["half an evaluation", () => lbfgsb(new Float64Array(1), cube(1, 0, 1), { maxEvaluations: 0.5 }), /maxEvaluations/],
    ["a negative tolerance", () => lbfgsb(new Float64Array(1), cube(1, 0, 1), { valueTolerance: -1 }), /valueTolerance/],
    [
      "a gradient of another length",
      () => lbfgsb(new Float64Array(1), cube(1, 0, 1)).tell(0, new Float64Array(2)),
      /gradient: expected length 1, got 2/,
    ],
    [
      "more than it asked for",
      () => minimise(square, [1], cube(1, 0, 1)).minimiser.tell(0, new Float64Array(1)),
      /tell: expected .*"running", got converged/,
    ],
  ])("refuses %s", (_, run, message) => {
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });
});
