/**
 * Problems with constraints between parameters whose optimum is known. Each has a shape, `where`, a function to minimise, and its least
 * feasible value with the source. Constraints are given to the optimisers: they are known, and not measured.
 */
import { int, real } from "@caviar-hpo/core";

/**
 * Scheffé's quadratic blending of three components on the simplex: 4 a + 2 b + 3 c - 8 a b + a c + 2 b c. On the edge c = 0 it is
 * 4 a + 2 (1 - a) - 8 a (1 - a) = 8 a^2 - 6 a + 2, least at a = 3/8 with 7/8. There the derivative towards c, 3 + a + 2 b, is 37/8, above
 * those towards a and b, both -1: the point is optimal. Peers without equalities get c = 1 - a - b and a + b <= 1.
 */
const mixture = {
  id: "mixture",
  shape: { a: real(0, 1), b: real(0, 1), c: real(0, 1) },
  where: [{ sum: ["a", "b", "c"], equals: 1 }],
  evaluate: ({ a, b, c }) => 4 * a + 2 * b + 3 * c - 8 * a * b + a * c + 2 * b * c,
  optimum: 7 / 8,
  forPeers: {
    shape: { a: real(0, 1), b: real(0, 1) },
    where: [{ linear: { a: 1, b: 1 }, max: 1 }],
    // A peer may break its inequality by rounding.
    complete: ({ a, b }) =>
      a + b > 1 && a + b < 1 + 1e-6 ? { a: a / (a + b), b: b / (a + b), c: 0 } : { a, b, c: Math.max(0, 1 - a - b) },
  },
};

/** G4 of J. J. Liang et al., Problem definitions for the CEC 2006 special session on constrained real-parameter optimization. */
const g4u = "85.334407 + 0.0056858 * x2 * x5 + 0.0006262 * x1 * x4 - 0.0022053 * x3 * x5";
const g4v = "80.51249 + 0.0071317 * x2 * x5 + 0.0029955 * x1 * x2 + 0.0021813 * x3 ^ 2";
const g4w = "9.300961 + 0.0047026 * x3 * x5 + 0.0012547 * x1 * x3 + 0.0019085 * x3 * x4";
const g4 = {
  id: "G4",
  shape: { x1: real(78, 102), x2: real(33, 45), x3: real(27, 45), x4: real(27, 45), x5: real(27, 45) },
  where: [`0 <= ${g4u} <= 92`, `90 <= ${g4v} <= 110`, `20 <= ${g4w} <= 25`],
  evaluate: ({ x1, x3, x5 }) => 5.3578547 * x3 * x3 + 0.8356891 * x1 * x5 + 37.293239 * x1 - 40792.141,
  optimum: -30665.53867178332,
};

/** G6 of the same set: two circles leave a crescent of 7e-5 of the box. */
const g6 = {
  id: "G6",
  shape: { x1: real(13, 100), x2: real(0, 100) },
  where: ["(x1 - 5) ^ 2 + (x2 - 5) ^ 2 >= 100", "(x1 - 6) ^ 2 + (x2 - 5) ^ 2 <= 82.81"],
  evaluate: ({ x1, x2 }) => (x1 - 10) ** 3 + (x2 - 20) ** 3,
  optimum: -6961.81387558015,
};

/** The widths and depth of a network with at most 600 units in all: the best one is found by trying them all. */
const product = {
  id: "product",
  shape: { layers: int(1, 12), units: int(16, 512), heads: int(1, 16) },
  where: [
    { product: ["layers", "units"], max: 600 },
    { linear: { heads: 8, units: -1 }, max: 0 },
  ],
  evaluate: networkLoss,
  optimum: leastNetworkLoss(),
};

function networkLoss({ layers, units, heads }) {
  return (Math.log2(units) - 7.3) ** 2 + 0.15 * (layers - 7) ** 2 + 0.05 * (heads - 11) ** 2 + 0.02 * ((layers * units) % 7);
}

function leastNetworkLoss() {
  let least = Infinity;
  for (let layers = 1; layers <= 12; layers++)
    for (let units = 16; units <= Math.min(512, 600 / layers); units++)
      for (let heads = 1; heads <= Math.min(16, units / 8); heads++) least = Math.min(least, networkLoss({ layers, units, heads }));
  return least;
}

/**
 * The welded beam of C. A. Coello Coello, Computers in Industry 41 (2000), whose box and inequalities many papers use; the best known
 * value is 1.724852309 (six digits are common to all sources).
 */
const load = 6000;
const span = 14;
const moment = `${load} * (${span} + l / 2)`;
const radius2 = "(l ^ 2 / 4 + ((h + t) / 2) ^ 2)";
const polar = `(2 * sqrt(2) * h * l * (l ^ 2 / 12 + ((h + t) / 2) ^ 2))`;
const tau1 = `(${load} / (sqrt(2) * h * l))`;
const tau2 = `(${moment} * sqrt(${radius2}) / ${polar})`;
const weldedBeam = {
  id: "welded-beam",
  shape: { h: real(0.1, 2), l: real(0.1, 10), t: real(0.1, 10), b: real(0.1, 2) },
  where: [
    `sqrt(${tau1} ^ 2 + 2 * ${tau1} * ${tau2} * l / (2 * sqrt(${radius2})) + ${tau2} ^ 2) <= 13600`,
    `6 * ${load} * ${span} / (b * t ^ 2) <= 30000`,
    { linear: { h: 1, b: -1 }, max: 0 },
    "0.10471 * h ^ 2 + 0.04811 * t * b * (14 + l) <= 5",
    "h >= 0.125",
    `4 * ${load} * ${span} ^ 3 / (30000000 * t ^ 3 * b) <= 0.25`,
    `4.013 * 30000000 * sqrt(t ^ 2 * b ^ 6 / 36) / ${span} ^ 2 * (1 - t / (2 * ${span}) * sqrt(30000000 / (4 * 12000000))) >= ${load}`,
  ],
  evaluate: ({ h, l, t, b }) => 1.10471 * h * h * l + 0.04811 * t * b * (14 + l),
  optimum: 1.724852309,
};

export const constrainedProblems = [mixture, g4, g6, product, weldedBeam];
