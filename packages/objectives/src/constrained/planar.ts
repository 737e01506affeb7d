/**
 * Constrained functions of two coordinates, as the literature on constrained Bayesian optimisation uses them. Curves in polar coordinates
 * are written with Chebyshev polynomials of the cosine, so no angle is computed.
 *
 * Sources: R. B. Gramacy et al., "Modeling an augmented Lagrangian for blackbox constrained optimization" (2016), section 1; J. R. Gardner
 * et al., "Bayesian optimization with inequality constraints" (2014), section 5.1; A. Townsend, "Constrained optimization in Chebfun"
 * (2014), as modified in many collections; P. A. Simionescu and D. G. Beale, "New concepts in graphic visualization of objective functions"
 * (2002); S. K. Mishra, "Some new test functions for global optimization" (2006), with the disc of several collections.
 */
import { real } from "@caviar-hpo/core";
import { cos, exp, sin } from "@caviar-hpo/numerics";
import { type ConstrainedFunction, fromFormula } from "./constrainedFunction.ts";

/** Gramacy's toy problem on [0, 1]^2. The minimum is 0.59979, on the first constraint. */
export function gramacy(): ConstrainedFunction {
  return fromFormula({
    id: "gramacy",
    title: "Gramacy's toy problem",
    params: [real(0, 1), real(0, 1)],
    objective: ([x, y]) => x! + y!,
    constraints: {
      wave: ([x, y]) => 1.5 - x! - 2 * y! - 0.5 * sin(2 * Math.PI * (x! * x! - 2 * y!)),
      disc: ([x, y]) => x! * x! + y! * y! - 1.5,
    },
    optimum: { value: 0.5997880520100676, tolerance: 1e-11 },
    minimisers: [[0.1951226834727965, 0.40466536853813073]],
    minimisersComplete: true,
    source: "Gramacy et al. 2016",
  });
}

/** The first simulation of Gardner et al. on [0, 6]^2. The minimum is -2. The constraint is not active there. */
export function gardner1(): ConstrainedFunction {
  return fromFormula({
    id: "gardner1",
    title: "Gardner's first simulation",
    params: [real(0, 6), real(0, 6)],
    objective: ([x, y]) => cos(2 * x!) * cos(y!) + sin(x!),
    constraints: { wave: ([x, y]) => cos(x!) * cos(y!) - sin(x!) * sin(y!) - 0.5 },
    optimum: { value: -2, tolerance: 1e-15 },
    minimisers: [[4.71238898038469, 0]],
    minimisersComplete: true,
    source: "Gardner et al. 2014",
  });
}

/** The second simulation of Gardner et al. on [0, 6]^2, of which 1.8 % are feasible. The minimum is arcsin(0.95) - 1 = 0.25324. */
export function gardner2(): ConstrainedFunction {
  return fromFormula({
    id: "gardner2",
    title: "Gardner's second simulation",
    params: [real(0, 6), real(0, 6)],
    objective: ([x, y]) => sin(x!) + y!,
    constraints: { wave: ([x, y]) => sin(x!) * sin(y!) + 0.95 },
    optimum: { value: 0.2532358975033753, tolerance: 1e-11 },
    minimisers: [[4.71238898038469, 1.2532358975065778]],
    minimisersComplete: true,
    source: "Gardner et al. 2014",
  });
}

/** Townsend's function, modified, inside a heart on [-2.25, 2.25] x [-2.5, 1.75]. The minimum is -2.0240, on the constraint. */
export function townsend(): ConstrainedFunction {
  return fromFormula({
    id: "townsend",
    title: "Townsend's function, modified",
    params: [real(-2.25, 2.25), real(-2.5, 1.75)],
    objective: ([x, y]) => {
      const c = cos((x! - 0.1) * y!);
      return -c * c - x! * sin(3 * x! + y!);
    },
    constraints: { heart: ([x, y]) => heart(x!, y!) },
    optimum: { value: -2.0239883623257624, tolerance: 1e-10 },
    minimisers: [[2.0052927155527986, 1.1944528838779638]],
    minimisersComplete: true,
    source: "Townsend 2014",
  });
}

/** The square of the radius, less that of the curve r(t) at the angle t from the second axis, where cos t = y / r and sin t = x / r. */
function heart(x: number, y: number): number {
  const square = x * x + y * y;
  const radius = Math.sqrt(square);
  const c = radius === 0 ? 1 : y / radius;
  const s = radius === 0 ? 0 : x / radius;
  const cos2 = 2 * c * c - 1;
  const edge = 2 * c - cos2 / 2 - (4 * c * c * c - 3 * c) / 4 - (2 * cos2 * cos2 - 1) / 8;
  return square - edge * edge - 4 * s * s;
}

/** Simionescu's function on [-1.25, 1.25]^2, inside a curve with eight bumps. The minimum is -0.072, at two points on the curve. */
export function simionescu(): ConstrainedFunction {
  return fromFormula({
    id: "simionescu",
    title: "Simionescu's function",
    params: [real(-1.25, 1.25), real(-1.25, 1.25)],
    objective: ([x, y]) => 0.1 * x! * y!,
    constraints: {
      bumps: ([x, y]) => {
        const square = x! * x! + y! * y!;
        const cosineSquared = square === 0 ? 1 : (y! * y!) / square;
        const cos2 = 2 * cosineSquared - 1;
        const cos4 = 2 * cos2 * cos2 - 1;
        const edge = 1 + 0.2 * (2 * cos4 * cos4 - 1);
        return square - edge * edge;
      },
    },
    optimum: { value: -0.072, tolerance: 1e-12 },
    minimisers: [
      [0.8485281374234328, -0.8485281374234328],
      [-0.8485281374234328, 0.8485281374234328],
    ],
    minimisersComplete: true,
    source: "Simionescu & Beale 2002",
  });
}

/** Mishra's bird on [-10, 0] x [-6.5, 0] inside a disc. The minimum is -106.76. The constraint is not active there. */
export function mishraBird(): ConstrainedFunction {
  return fromFormula({
    id: "mishra-bird",
    title: "Mishra's bird in a disc",
    params: [real(-10, 0), real(-6.5, 0)],
    objective: ([x, y]) => {
      const [sine, cosine] = [sin(y!), cos(x!)];
      const difference = x! - y!;
      return sine * exp((1 - cosine) * (1 - cosine)) + cosine * exp((1 - sine) * (1 - sine)) + difference * difference;
    },
    constraints: { disc: ([x, y]) => (x! + 5) * (x! + 5) + (y! + 5) * (y! + 5) - 25 },
    optimum: { value: -106.76453674926468, tolerance: 1e-12 },
    minimisers: [[-3.1302468034546562, -1.5821421769300335]],
    minimisersComplete: true,
    source: "Mishra 2006",
  });
}
