/**
 * The Bayes error of Gaussian classes with one covariance, here already the identity. Class c is chosen at mu_c + z where for every other
 * class j  z . (mu_j - mu_c) <= |mu_j - mu_c|^2 / 2 + ln(w_c / w_j): a cell with flat walls, whose probability is wanted. Only the span of
 * the walls' normals matters, m <= classes - 1 directions. Along the normal of the nearest wall the integral is a difference of two normal
 * distribution functions; what is left has m - 1 dimensions:
 *
 *   m = 1: nothing is left, exact;
 *   m = 2: adaptive quadrature between the corners of the cell, to 1e-10;
 *   m > 2: one coordinate after the other, each drawn from the stretch that the walls leave it (A. Genz, *Numerical computation of
 *          multivariate normal probabilities*, JCGS 1, 1992), by a quasi-random rule of 16384 points, to about 1e-4.
 */
import { log, normalCdf, normalPdf, normalQuantile } from "@caviar-hpo/numerics";
import { integrate } from "./integrate.ts";

/** `means` whitened, one per class, at most 26; `shares` positive, with sum 1. */
export function mixtureBayesError(means: readonly Float64Array[], shares: readonly number[]): number {
  const right = means.map((_, c) => {
    const walls = wallsOf(means, shares, c);
    return walls === null ? 0 : shares[c]! * cellProbability(walls);
  });
  return Math.max(0, 1 - right.reduce((sum, probability) => sum + probability, 0));
}

/** The half-space normal . z <= offset; the normal has length 1. */
type Wall = { readonly normal: Float64Array; readonly offset: number };

/** The nearest wall first; null for a class that is never chosen. */
function wallsOf(means: readonly Float64Array[], shares: readonly number[], c: number): readonly Wall[] | null {
  const walls: Wall[] = [];
  for (const [j, mean] of means.entries()) {
    if (j === c) continue;
    const difference = mean.map((value, axis) => value - means[c]![axis]!);
    const distance = Math.sqrt(dot(difference, difference));
    if (distance > 0) {
      const offset = distance / 2 + log(shares[c]! / shares[j]!) / distance;
      walls.push({ normal: difference.map((value) => value / distance), offset });
    } else if (shares[j]! > shares[c]! || (shares[j] === shares[c] && j < c)) return null; // The same cloud: the likelier, of two alike the first.
  }
  return walls.sort((a, b) => a.offset - b.offset);
}

function cellProbability(walls: readonly Wall[]): number {
  const basis = orthonormal(walls.map(({ normal }) => normal));
  const rotated = walls.map(({ normal, offset }) => ({ normal: Float64Array.from(basis, (axis) => dot(axis, normal)), offset }));
  if (basis.length === 0) return 1;
  if (basis.length === 1) return chord(rotated, new Float64Array(0));
  if (basis.length === 2) return plane(rotated);
  return quasiRandom(rotated, basis.length);
}

/** Gram and Schmidt, twice for accuracy, leaving out what depends on the directions before. */
function orthonormal(vectors: readonly Float64Array[]): readonly Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (const axis of [...basis, ...basis]) {
      const along = dot(axis, rest);
      for (let i = 0; i < rest.length; i++) rest[i]! -= along * axis[i]!;
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9) basis.push(rest.map((value) => value / length));
  }
  return basis;
}

/** Probability that the first coordinate lies between the walls, given the others. */
function chord(walls: readonly Wall[], others: Float64Array): number {
  let [low, high] = [-Infinity, Infinity];
  for (const { normal, offset } of walls) {
    let room = offset;
    for (let i = 0; i < others.length; i++) room -= normal[i + 1]! * others[i]!;
    const slope = normal[0]!;
    if (slope > flat) high = Math.min(high, room / slope);
    else if (slope < -flat) low = Math.max(low, room / slope);
    else if (room < 0) return 0;
  }
  return high > low ? normalCdf(high) - normalCdf(low) : 0;
}

/** A wall is parallel to the first axis where rounding alone gives it a slope. */
const flat = 1e-12;

/** Two dimensions: the second coordinate is integrated between the places where another wall takes over. */
function plane(walls: readonly Wall[]): number {
  const corners = walls.flatMap(({ normal: [a = 0, b = 0], offset }, index) => [
    ...(Math.abs(a) <= flat && b !== 0 ? [offset / b] : []),
    ...walls.slice(index + 1).map(({ normal: [c = 0, d = 0], offset: other }) => (a * other - c * offset) / (a * d - c * b)),
  ]);
  const places = [-far, ...corners.filter((place) => Math.abs(place) < far).sort((x, y) => x - y), far];
  const density = (z: number): number => normalPdf(z) * chord(walls, Float64Array.of(z));
  return places.slice(1).reduce((sum, place, index) => sum + integrate(density, places[index]!, place, 1e-12), 0);
}

/** Beyond, the normal density holds less than 1e-18. */
const far = 9;

/**
 * Each wall bounds the last coordinate that its normal has, given those before; the mean of the product of what is left is the probability.
 */
function quasiRandom(walls: readonly Wall[], dimensions: number): number {
  const bounding = Array.from({ length: dimensions }, (_, axis) => walls.filter(({ normal }) => lastOf(normal) === axis));
  const point = new Float64Array(dimensions);
  let sum = 0;
  for (let index = 1; index <= points; index++) {
    let probability = 1;
    for (let axis = 0; axis < dimensions; axis++) {
      const [low, high] = stretch(bounding[axis]!, axis, point);
      probability *= high - low;
      if (probability === 0) break;
      // Richtmyer's sequence, folded so that what is integrated is periodic.
      const turn = index * Math.sqrt(primes[axis]!);
      const folded = Math.abs(2 * (turn - Math.floor(turn)) - 1);
      point[axis] = normalQuantile(Math.max(Number.MIN_VALUE, Math.min(belowOne, low + folded * (high - low))));
    }
    sum += probability;
  }
  return sum / points;
}

const points = 16384;
const belowOne = 1 - 2.220446049250313e-16;
const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];

function lastOf(normal: Float64Array): number {
  let axis = normal.length - 1;
  while (axis > 0 && Math.abs(normal[axis]!) <= flat) axis--;
  return axis;
}

/** Where the walls let a coordinate be, as values of the normal distribution function. */
function stretch(walls: readonly Wall[], axis: number, point: Float64Array): readonly [low: number, high: number] {
  let [low, high] = [0, 1];
  for (const { normal, offset } of walls) {
    let room = offset;
    for (let i = 0; i < axis; i++) room -= normal[i]! * point[i]!;
    const cut = normalCdf(room / normal[axis]!);
    if (normal[axis]! > 0) high = Math.min(high, cut);
    else low = Math.max(low, cut);
  }
  return [low, Math.max(low, high)];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
