/**
 * The Bayes error of Gaussian classes with one covariance, here already the identity. Class c is chosen at mu_c + z where for every other
 * class j  z . (mu_j - mu_c) <= |mu_j - mu_c|^2 / 2 + ln(w_c / w_j): a cell with flat walls, whose probability is wanted. Only the span of
 * the walls' normals matters, m <= classes - 1 directions. Along the normal of the nearest wall the integral is a difference of two normal
 * distribution functions; what is left has m - 1 dimensions:
 *
 *   m = 1: nothing is left, exact;
 *   m = 2: adaptive quadrature between the corners of the cell, to 1e-10;
 *   m > 2: a quasi-random rule of 16384 points (the additive recurrence of M. Roberts' R sequence), to about 1e-4.
 */
import { exp, log, normalCdf, normalPdf, normalQuantile } from "@caviar/numerics";
import { integrate } from "./integrate.ts";

/** `means` whitened, one a class; `shares` positive, with sum 1. */
export function mixtureBayesError(means: readonly Float64Array[], shares: readonly number[]): number {
  const right = means.map((_, c) => shares[c]! * cellProbability(wallsOf(means, shares, c)));
  return Math.max(0, 1 - right.reduce((sum, probability) => sum + probability, 0));
}

/** The half-space normal . z <= offset. */
type Wall = { readonly normal: Float64Array; readonly offset: number };

function wallsOf(means: readonly Float64Array[], shares: readonly number[], c: number): readonly Wall[] {
  const walls = means.flatMap((mean, j) => {
    if (j === c) return [];
    const normal = mean.map((value, axis) => value - means[c]![axis]!);
    const squared = dot(normal, normal);
    // Where two classes are the same cloud, the likelier is chosen, and of two alike the first.
    if (squared === 0) {
      const chosen = shares[c]! > shares[j]! || (shares[c] === shares[j] && c < j);
      return [{ normal, offset: chosen ? 1 : -1 }];
    }
    return [{ normal, offset: squared / 2 + log(shares[c]! / shares[j]!) }];
  });
  const distance = ({ normal, offset }: Wall): number => offset / Math.sqrt(Math.max(dot(normal, normal), Number.MIN_VALUE));
  return [...walls].sort((a, b) => distance(a) - distance(b));
}

function cellProbability(walls: readonly Wall[]): number {
  const basis = orthonormal(walls.map(({ normal }) => normal));
  const rotated = walls.map(({ normal, offset }) => ({ normal: Float64Array.from(basis, (axis) => dot(axis, normal)), offset }));
  if (basis.length === 0) return rotated.every(({ offset }) => offset > 0) ? 1 : 0;
  if (basis.length === 1) return chord(rotated, new Float64Array(0));
  if (basis.length === 2) return plane(rotated);
  return quasiRandom(rotated, basis.length - 1);
}

/** Gram and Schmidt, twice for accuracy, leaving out what depends on the directions before. */
function orthonormal(vectors: readonly Float64Array[]): readonly Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (const axis of [...basis, ...basis]) {
      const along = dot(axis, rest);
      for (let i = 0; i < rest.length; i += 1) rest[i]! -= along * axis[i]!;
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9 * Math.sqrt(dot(vector, vector))) basis.push(rest.map((value) => value / length));
  }
  return basis;
}

/** Probability that the first coordinate lies between the walls, given the others. */
function chord(walls: readonly Wall[], others: Float64Array): number {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { normal, offset } of walls) {
    let room = offset;
    for (let i = 0; i < others.length; i += 1) room -= normal[i + 1]! * others[i]!;
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

function quasiRandom(walls: readonly Wall[], dimensions: number): number {
  const steps = recurrence(dimensions);
  const point = new Float64Array(dimensions);
  let sum = 0;
  for (let index = 0; index < points; index += 1) {
    for (let j = 0; j < dimensions; j += 1) {
      const value = 0.5 + (index + 1) * steps[j]!;
      point[j] = normalQuantile(value - Math.floor(value));
    }
    sum += chord(walls, point);
  }
  return sum / points;
}

const points = 16384;

/** phi^-1, phi^-2, ... of the root phi > 1 of x^(d + 1) = x + 1: M. Roberts, *The unreasonable effectiveness of quasirandom sequences* (2018). */
function recurrence(dimensions: number): readonly number[] {
  let phi = 2;
  for (let round = 0; round < 64; round += 1) phi = exp(log(1 + phi) / (dimensions + 1));
  return Array.from({ length: dimensions }, (_, j) => exp(-(j + 1) * log(phi)));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}
