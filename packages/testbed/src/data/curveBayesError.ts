/**
 * The Bayes error of classes that lie along curves in the plane under isotropic Gaussian noise: moons, spirals. Class c has the density
 * p_c(x) = integral over t in [0, 1] of N(x; curve_c(t), sigma^2 I); all classes are equally likely. The best rule errs with probability
 * 1 - (1/k) integral max_c p_c(x) dx, which has no closed form. It is integrated on a square grid of step sigma / 8 to 1e-5: the tests
 * halve the step, hold the sum of all densities to 1 and compare with closed forms.
 */
import { exp } from "@caviar-hpo/numerics";

/** The point of a curve at t in [0, 1]. */
export type Curve = (t: number) => readonly [x: number, y: number];

/** Probability that the best rule errs. `step` is the side of a grid cell in units of `sigma`; exported for the tests of its accuracy. */
export function curveBayesError(curves: readonly Curve[], sigma: number, step: number = 1 / 8): number {
  return 1 - integrateBest(curves, sigma, step).best / curves.length;
}

/** Integrals over the plane of the largest density and of the sum of all. */
export function integrateBest(curves: readonly Curve[], sigma: number, step: number): { readonly best: number; readonly sum: number } {
  const classes = curves.map((curve) => centresOf(curve, sigma));
  const everywhere = classes.flat();
  const h = step * sigma;
  const low = [0, 1].map((axis) => Math.floor((Math.min(...everywhere.map((centre) => centre[axis]!)) - reach * sigma) / h));
  const high = [0, 1].map((axis) => Math.ceil((Math.max(...everywhere.map((centre) => centre[axis]!)) + reach * sigma) / h));
  const width = high[0]! - low[0]! + 1;
  const columns = classes.map(() => new Float64Array(high[1]! - low[1]! + 1));
  let [best, sum] = [0, 0];
  for (let i = 0; i < width; i++) {
    const x = (low[0]! + i) * h;
    for (const [c, centres] of classes.entries()) addColumn(columns[c]!, centres, x, low[1]!, h, sigma);
    for (const column of columns) for (const density of column) sum += density;
    best += bestOf(columns);
  }
  const scale = (h * h) / (2 * Math.PI * sigma * sigma);
  return { best: best * scale, sum: sum * scale };
}

/** The sum of the largest density over a column of the grid. */
function bestOf(columns: readonly Float64Array[]): number {
  let best = 0;
  let before = 0;
  for (let j = 0; j < columns[0]!.length; j++) {
    let winner = 0;
    for (let c = 1; c < columns.length; c++) if (columns[c]![j]! > columns[winner]![j]!) winner = c;
    best += columns[winner]![j]!;
    if (j > 0 && winner !== before) best -= kink(columns[before]!, columns[winner]!, j);
    before = winner;
  }
  return best;
}

/**
 * What the trapezoidal rule puts over the largest of two densities that cross between rows j - 1 and j, in units of the step. Let their
 * difference be linear, from u to -v. The chord over the kink is too large by u v / (2 (u + v)); and the two smooth pieces on either side
 * fall short, by Euler and Maclaurin's formula, by a twelfth of the jump u + v of the slope.
 */
function kink(first: Float64Array, second: Float64Array, j: number): number {
  const u = first[j - 1]! - second[j - 1]!;
  const v = second[j]! - first[j]!;
  return u + v > 0 ? (u * v) / (2 * (u + v)) - (u + v) / 12 : 0;
}

/** Beyond 7 sigma a Gaussian holds less than 3e-12 of its mass. */
const reach = 7;

type Centre = readonly [x: number, y: number, weight: number];

/**
 * Nodes along a curve: Gauss-Legendre with three points on each of so many pieces that neighbours are about sigma / 4 apart, where the rule
 * is exact to far beyond single precision.
 */
function centresOf(curve: Curve, sigma: number): readonly Centre[] {
  const pieces = Math.max(8, Math.ceil((4 * lengthOf(curve)) / (3 * sigma)));
  return Array.from({ length: pieces }, (_, piece) =>
    legendre.map(([node, weight]): Centre => [...curve((piece + 0.5 + node / 2) / pieces), weight / (2 * pieces)]),
  ).flat();
}

/** Nodes and weights of three points on [-1, 1]: Abramowitz and Stegun, 25.4.30. */
const legendre: readonly (readonly [node: number, weight: number])[] = [
  [-Math.sqrt(0.6), 5 / 9],
  [0, 8 / 9],
  [Math.sqrt(0.6), 5 / 9],
];

function lengthOf(curve: Curve): number {
  let length = 0;
  for (let piece = 0; piece < 64; piece++) {
    const [ax, ay] = curve(piece / 64);
    const [bx, by] = curve((piece + 1) / 64);
    length += Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  }
  return length;
}

/** The density of one class, without its constant, down one column of the grid. */
function addColumn(column: Float64Array, centres: readonly Centre[], x: number, low: number, h: number, sigma: number): void {
  column.fill(0);
  const limit = reach * sigma;
  for (const [centreX, centreY, weight] of centres) {
    const dx = x - centreX;
    if (Math.abs(dx) > limit) continue;
    const first = Math.max(0, Math.ceil((centreY - limit) / h) - low);
    const last = Math.min(column.length - 1, Math.floor((centreY + limit) / h) - low);
    const z = ((low + first) * h - centreY) / sigma;
    const u = h / sigma;
    // Down the column the exponent is quadratic in the row, so each value follows from the last by two multiplications.
    let value = weight * exp(-(dx * dx) / (2 * sigma * sigma) - (z * z) / 2);
    let ratio = exp(-z * u - (u * u) / 2);
    const change = exp(-u * u);
    for (let j = first; j <= last; j++) {
      column[j]! += value;
      value *= ratio;
      ratio *= change;
    }
  }
}
