/**
 * Two of the problems of J. J. Liang et al., "Problem definitions and evaluation criteria for the CEC 2006 special session on constrained
 * real-parameter optimization" (2006): G6, whose feasible part is a thin crescent, and G8, whose minimum lies inside.
 */
import { real } from "@caviar-hpo/core";
import { sin } from "@caviar-hpo/numerics";
import { type ConstrainedFunction, fromFormula } from "./constrainedFunction.ts";

/** G6 on [13, 100] x [0, 100], of which 7e-5 are feasible. The minimum is -6961.8, where both constraints are active. */
export function g06(): ConstrainedFunction {
  return fromFormula({
    id: "g06",
    title: "G6 of CEC 2006",
    params: [real(13, 100), real(0, 100)],
    objective: ([x, y]) => (x! - 10) * (x! - 10) * (x! - 10) + (y! - 20) * (y! - 20) * (y! - 20),
    constraints: {
      outside: ([x, y]) => 100 - (x! - 5) * (x! - 5) - (y! - 5) * (y! - 5),
      inside: ([x, y]) => (x! - 6) * (x! - 6) + (y! - 5) * (y! - 5) - 82.81,
    },
    optimum: { value: -6961.813875580139, tolerance: 1e-6 },
    minimisers: [[14.095000000242294, 0.8429607897147425]],
    minimisersComplete: true,
    source: "Liang et al. 2006",
  });
}

/** G8 on [0, 10]^2. The minimum is -0.095825. No constraint is active there. */
export function g08(): ConstrainedFunction {
  return fromFormula({
    id: "g08",
    title: "G8 of CEC 2006",
    params: [real(0, 10), real(0, 10)],
    objective: ([x, y]) => {
      const ratio = x === 0 ? 2 * Math.PI : sin(2 * Math.PI * x!) / x!;
      const last = x === 0 && y === 0 ? 2 * Math.PI : sin(2 * Math.PI * y!) / (x! + y!);
      return -ratio * ratio * ratio * last;
    },
    constraints: { parabola: ([x, y]) => x! * x! - y! + 1, cup: ([x, y]) => 1 - x! + (y! - 4) * (y! - 4) },
    optimum: { value: -0.09582504141803581, tolerance: 1e-15 },
    minimisers: [[1.2279713527638443, 4.245373366458418]],
    minimisersComplete: true,
    source: "Liang et al. 2006",
  });
}
