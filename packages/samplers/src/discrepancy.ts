/**
 * Discrepancies: how far a set of points in the unit cube is from uniform. Zero is perfect. Centred and L2-star: F. J. Hickernell, *A
 * generalized discrepancy and quadrature error bound*, Math. Comp. 67 (1998) 299-322; wrap-around: F. J. Hickernell, *Lattice rules: how
 * well do they measure up?* (1998); mixture: Y. Zhou, K.-T. Fang, J. Ning, *Mixture discrepancy for quasi-random point sets*, J. Complexity
 * 29 (2013) 283-301. The centred, wrap-around and mixture discrepancies are squares, and L2-star is a root, as in SciPy's `discrepancy`.
 *
 * Points are row-major n x d in [0, 1], and every function costs O(n^2 d). In the formulas, a_i = |x_i - 1/2| and D = |x_i - x_j|; sums are
 * over points, and products are over coordinates.
 */
import { ConfigError, NumericalError } from "@caviar-hpo/core";
import { counted } from "@caviar-hpo/core/text";

/**
 * (13/12)^d - (2/n) sum prod (1 + a/2 - a^2/2) + n^-2 sum sum prod (1 + a_i/2 + a_j/2 - D/2)
 *
 * @throws ConfigError for shapes that do not fit, NumericalError for a coordinate outside [0, 1].
 */
export function centredDiscrepancy(points: Float64Array, dimensions: number): number {
  const n = countPoints("centredDiscrepancy", points, dimensions);
  const single = sumOverPoints(points, dimensions, centredFactor);
  const double = sumOverPairs(points, dimensions, centredPairFactor);
  return power(13 / 12, dimensions) - (2 / n) * single + double / (n * n);
}

/**
 * -(4/3)^d + n^-2 sum sum prod (3/2 - D (1 - D))
 *
 * @throws ConfigError for shapes that do not fit, NumericalError for a coordinate outside [0, 1].
 */
export function wrapAroundDiscrepancy(points: Float64Array, dimensions: number): number {
  const n = countPoints("wrapAroundDiscrepancy", points, dimensions);
  const double = sumOverPairs(points, dimensions, (x, y) => {
    const distance = Math.abs(x - y);
    return 1.5 - distance * (1 - distance);
  });
  return double / (n * n) - power(4 / 3, dimensions);
}

/**
 * (19/12)^d - (2/n) sum prod (5/3 - a/4 - a^2/4) + n^-2 sum sum prod (15/8 - a_i/4 - a_j/4 - 3 D/4 + D^2/2)
 *
 * @throws ConfigError for shapes that do not fit, NumericalError for a coordinate outside [0, 1].
 */
export function mixtureDiscrepancy(points: Float64Array, dimensions: number): number {
  const n = countPoints("mixtureDiscrepancy", points, dimensions);
  const single = sumOverPoints(points, dimensions, (x) => {
    const a = Math.abs(x - 0.5);
    return 5 / 3 - 0.25 * a - 0.25 * a * a;
  });
  const double = sumOverPairs(points, dimensions, (x, y) => {
    const distance = Math.abs(x - y);
    return 1.875 - 0.25 * Math.abs(x - 0.5) - 0.25 * Math.abs(y - 0.5) - 0.75 * distance + 0.5 * distance * distance;
  });
  return power(19 / 12, dimensions) - (2 / n) * single + double / (n * n);
}

/**
 * The root of 3^-d - (2^(1-d) / n) sum prod (1 - x^2) + n^-2 sum sum prod (1 - max(x_i, x_j))
 *
 * @throws ConfigError for shapes that do not fit, NumericalError for a coordinate outside [0, 1].
 */
export function starDiscrepancy(points: Float64Array, dimensions: number): number {
  const n = countPoints("starDiscrepancy", points, dimensions);
  const single = sumOverPoints(points, dimensions, (x) => 1 - x * x);
  const double = sumOverPairs(points, dimensions, (x, y) => 1 - Math.max(x, y));
  // Rounding can bring the square of a nearly perfect set below zero.
  return Math.sqrt(Math.max(0, power(1 / 3, dimensions) - (power(0.5, dimensions - 1) / n) * single + double / (n * n)));
}

/**
 * The centred discrepancy of `points` and `point` together, in O(n d). `discrepancy` is that of `points` alone. The sum over pairs follows
 * from it and from the sum over points.
 *
 * @throws ConfigError for shapes that do not fit, NumericalError for a coordinate outside [0, 1].
 */
export function updateCentredDiscrepancy(points: Float64Array, dimensions: number, discrepancy: number, point: Float64Array): number {
  const n = countPoints("updateCentredDiscrepancy", points, dimensions);
  if (countPoints("updateCentredDiscrepancy", point, dimensions) !== 1) throw malformed("updateCentredDiscrepancy", point, dimensions);
  const constant = power(13 / 12, dimensions);
  const single = sumOverPoints(points, dimensions, centredFactor);
  const double = n * n * (discrepancy - constant) + 2 * n * single;
  let joined = double + productOver(point, 0, point, 0, dimensions, centredPairFactor);
  for (let row = 0; row < points.length; row += dimensions) joined += 2 * productOver(points, row, point, 0, dimensions, centredPairFactor);
  const all = n + 1;
  return constant - (2 / all) * (single + sumOverPoints(point, dimensions, centredFactor)) + joined / (all * all);
}

function centredFactor(x: number): number {
  const a = Math.abs(x - 0.5);
  return 1 + 0.5 * a - 0.5 * a * a;
}

function centredPairFactor(x: number, y: number): number {
  return 1 + 0.5 * Math.abs(x - 0.5) + 0.5 * Math.abs(y - 0.5) - 0.5 * Math.abs(x - y);
}

function sumOverPoints(points: Float64Array, dimensions: number, factor: (x: number) => number): number {
  let sum = 0;
  for (let row = 0; row < points.length; row += dimensions) {
    let product = 1;
    for (let at = row; at < row + dimensions; at++) product *= factor(points[at]!);
    sum += product;
  }
  return sum;
}

/** The sum over ordered pairs, including each point with itself. The factors are symmetric. */
function sumOverPairs(points: Float64Array, dimensions: number, factor: (x: number, y: number) => number): number {
  let diagonal = 0;
  let below = 0;
  for (let row = 0; row < points.length; row += dimensions) {
    diagonal += productOver(points, row, points, row, dimensions, factor);
    for (let other = 0; other < row; other += dimensions) below += productOver(points, row, points, other, dimensions, factor);
  }
  return diagonal + 2 * below;
}

function productOver(
  a: Float64Array,
  rowA: number,
  b: Float64Array,
  rowB: number,
  dimensions: number,
  factor: (x: number, y: number) => number,
): number {
  let product = 1;
  for (let j = 0; j < dimensions; j++) product *= factor(a[rowA + j]!, b[rowB + j]!);
  return product;
}

function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}

function countPoints(what: string, points: Float64Array, dimensions: number): number {
  const n = points.length / dimensions;
  if (!(Number.isInteger(dimensions) && dimensions >= 1 && Number.isInteger(n) && n >= 1)) throw malformed(what, points, dimensions);
  const outside = points.find((x) => !(x >= 0 && x <= 1));
  if (outside !== undefined) {
    throw new NumericalError({
      code: "outsideCube",
      what,
      expected: "coordinates in [0, 1]",
      got: String(outside),
      remedy: "Encode configurations to the unit cube first.",
    });
  }
  return n;
}

function malformed(what: string, points: Float64Array, dimensions: number): ConfigError {
  return new ConfigError({
    code: "badPoints",
    what,
    expected: "a positive whole number of points, row-major n x d",
    got: `${counted(points.length, "number")} for ${counted(dimensions, "dimension")}`,
    remedy: "Pass n x d numbers, d a positive whole number.",
  });
}
