import { ConfigError } from "@caviar-hpo/core";
import { float64Operations } from "@caviar-hpo/numerics/network";
import { describe, expect, it } from "vitest";
import { completeOptimiser, descend, type OptimiserOptions, slotCount } from "./optimiser.ts";

/** The path of f(x) = x^2 from x = 1. */
function path(options: OptimiserOptions, rate: number, steps: number): readonly number[] {
  const optimiser = completeOptimiser(options);
  const w = Float64Array.of(1);
  const slots = Array.from({ length: slotCount(optimiser) }, () => new Float64Array(1));
  return Array.from({ length: steps }, (_, step) => {
    descend(float64Operations, optimiser, w, Float64Array.of(2 * w[0]!), slots, rate, step + 1);
    return w[0]!;
  });
}

describe("On f = x^2 from 1,", () => {
  it("Adam goes where Algorithm 1 goes", () => {
    const [first, second, third] = path({ name: "adam" }, 0.1, 3);
    expect(first).toBeCloseTo(0.9000000005, 14);
    expect(second).toBeCloseTo(0.8004122286917927, 15);
    expect(third).toBeCloseTo(0.70158627294603, 14);
  });

  it("Adam takes its epsilon outside the root", () => {
    expect(path({ name: "adam", epsilon: 1e-2 }, 0.1, 1)[0]).toBeCloseTo(1 - (0.1 * 2) / (2 + 1e-2), 15);
  });

  it("gradient descent halves x at rate 1/4", () => {
    expect(path({ name: "sgd" }, 0.25, 3)).toEqual([0.5, 0.25, 0.125]);
  });

  it("momentum averages gradients in the course's convention", () => {
    // v = .1 * 2 = .2, x = .9; v = .9 * .2 + .1 * 1.8 = .36, x = .72 at rate .5.
    const [first, second] = path({ name: "momentum" }, 0.5, 2);
    expect(first).toBeCloseTo(0.9, 15);
    expect(second).toBeCloseTo(0.72, 15);
  });

  it("momentum adds gradients up in PyTorch's, which is the course's at a tenth of the rate", () => {
    const summed = path({ name: "momentum", convention: "pytorch" }, 0.05, 20);
    path({ name: "momentum", convention: "course" }, 0.5, 20).forEach((value, index) => {
      expect(value).toBeCloseTo(summed[index]!, 13);
    });
  });

  it("RMSProp divides by the root of the averaged square, plus epsilon", () => {
    const [first, second] = path({ name: "rmsProp", epsilon: 0.5 }, 0.1, 2);
    const x1 = 1 - 0.2 / (Math.sqrt(0.1 * 4) + 0.5);
    expect(first).toBeCloseTo(x1, 15);
    const s = 0.9 * 0.4 + 0.1 * (2 * x1) ** 2;
    expect(second).toBeCloseTo(x1 - (0.1 * 2 * x1) / (Math.sqrt(s) + 0.5), 15);
  });
});

it("The defaults are the papers' and the course's", () => {
  expect(completeOptimiser({ name: "adam" })).toEqual({ name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
  expect(completeOptimiser({ name: "momentum" })).toEqual({ name: "momentum", beta: 0.9, convention: "course" });
  expect(completeOptimiser({ name: "rmsProp" })).toEqual({ name: "rmsProp", beta: 0.9, epsilon: 1e-8 });
});

it("What is no optimiser is refused, with the nearest name", () => {
  expect(() => completeOptimiser({ name: "adma" as "adam" })).toThrow(/Did you mean "adam"/);
  expect(() => completeOptimiser({ name: "adam", beta1: 1 })).toThrow(ConfigError);
  expect(() => completeOptimiser({ name: "sgd", beta: 0.9 } as OptimiserOptions)).toThrow(ConfigError);
  expect(() => completeOptimiser({ name: "rmsProp", epsilon: NaN })).toThrow(ConfigError);
});
