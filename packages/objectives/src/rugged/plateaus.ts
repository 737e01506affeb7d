/**
 * A small model of tuning a regression: flat basins next to a deep one. Polynomials of degree 1 are nearly as good as can be whatever the
 * penalty, so a strategy that polishes their plateau stops at 0.5104. The minimum, 0.502, needs degree 2, quantile scaling and a penalty in
 * a narrow range: a strategy that has seen degree 2 with other penalties has seen values that look worse. `power` does nothing.
 */
import { type Config, checkConfig, choice, createSpace, int, real } from "@caviar-hpo/core";
import { log, pow } from "@caviar-hpo/numerics";
import type { MixedFunction } from "../mixed/mixedFunction.ts";

/** The minimum is 0.502: degree 2, quantile scaling, and log10(alpha) = l1 / 2 - 1 / 2. */
export function plateaus(): MixedFunction {
  const minimiser = { degree: 2, alpha: pow(10, -0.5), l1: 0, scale: "quantile", power: true };
  const value = 0.502;
  return {
    id: "plateaus",
    title: "Flat basins next to a deep one",
    space,
    evaluate,
    // Logarithms are rounded, and their distance from the best one is squared.
    optimum: { value, tolerance: 1e-16 },
    minimisers: [minimiser, { ...minimiser, power: false }],
    minimisersComplete: false,
    source: "@caviar-hpo/objectives",
  };
}

const space = createSpace([
  ["degree", int(1, 3)],
  ["alpha", real(1e-4, 10, { scale: "log" })],
  ["l1", real(0, 1)],
  ["scale", choice(["standard", "robust", "quantile", "none"])],
  ["power", choice([true, false])],
]);

function evaluate(given: Config): number {
  const { degree, alpha, l1, scale } = checkConfig(space, given);
  const strength = log(alpha as number) / Math.LN10 - 0.5 * (l1 as number);
  const quantile = scale === "quantile";
  if (degree === 1) {
    return (quantile ? 0.514 : 0.5104) + 0.00006 * square(strength + 2.4) + 0.12 * square(Math.max(0, strength + 0.5));
  }
  if (degree === 2) return (quantile ? 0.502 : 0.524) + 0.012 * square(strength + 0.5) * (strength > -0.5 ? 4 : 0.5);
  return (quantile ? 0.508 : 0.548) + (quantile ? 0.02 : 0.07) * square(strength);
}

function square(x: number): number {
  return x * x;
}
