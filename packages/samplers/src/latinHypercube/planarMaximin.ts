/**
 * Maximin Latin hypercubes in the plane, where exact methods beat annealing. Two sources, after van Dam, Husslage, den Hertog &
 * Melissen (2007, Oper. Res. 55:158): periodic designs, here the lattices y = a x mod n and y = a x mod (n + 1) over all
 * multipliers a; and, up to 30 points, a search that places one column at a time and cuts a branch as soon as two points are too
 * close. The search raises the distance that it asks for until it fails. If it fails before its budget is spent, the last design is proved
 * optimal. That is so for up to 25 points.
 */
import { permutation, type Stream } from "@caviar-hpo/core";
import type { Levels } from "./levels.ts";

/** Row y of each column x: a permutation. */
type Rows = Int32Array;

/** At least two points. The key chooses among equally good designs, reflects and transposes them, and orders the points. */
export function planarMaximin(points: number, source: Stream): Levels {
  let rows = bestLattice(points, source);
  if (points <= searchedPoints) {
    let asked = leastPlanarDistance(rows);
    // The first round asks for the distance of the lattice only, and so draws one of the many designs of that distance.
    for (let found = search(points, asked, source); found !== null; found = search(points, asked, source)) {
      rows = found;
      asked = leastPlanarDistance(found) + 1;
    }
  }
  return turned(rows, source);
}

const searchedPoints = 30;
const placementsPerSearch = 4_000_000;

function bestLattice(points: number, source: Stream): Rows {
  let best: Rows[] = [];
  let bestDistance = 0;
  for (const modulus of [points, points + 1]) {
    const skipped = modulus - points;
    for (let multiplier = 1; multiplier < modulus; multiplier++) {
      if (greatestCommonDivisor(multiplier, modulus) !== 1) continue;
      const rows = Int32Array.from({ length: points }, (_, x) => ((multiplier * (x + skipped)) % modulus) - skipped);
      const distance = leastPlanarDistance(rows, bestDistance);
      if (distance > bestDistance) best = [];
      if (distance >= bestDistance) best.push(rows);
      bestDistance = Math.max(bestDistance, distance);
    }
  }
  return best[source.integer(best.length)]!;
}

/** The squared least distance if it is at least `enough`; else some number below `enough`. */
function leastPlanarDistance(rows: Rows, enough = 0): number {
  let least = Infinity;
  for (let gap = 1; gap < rows.length && gap * gap < least && least >= enough; gap++) {
    for (let x = gap; x < rows.length; x++) {
      const rise = rows[x]! - rows[x - gap]!;
      least = Math.min(least, gap * gap + rise * rise);
    }
  }
  return least;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A design whose squared distances are all at least `asked`; null if there is none or if the budget is spent. */
function search(points: number, asked: number, source: Stream): Rows | null {
  const candidates = Array.from({ length: points }, () => permutation(source, points));
  const rows = new Int32Array(points);
  const taken = new Uint8Array(points);
  let budget = placementsPerSearch;
  const clear = (x: number, y: number): boolean => {
    for (let gap = 1; gap <= x && gap * gap < asked; gap++) {
      const rise = y - rows[x - gap]!;
      if (gap * gap + rise * rise < asked) return false;
    }
    return true;
  };
  const place = (x: number): boolean => {
    if (x === points) return true;
    for (const y of candidates[x]!) {
      if (taken[y] === 1) continue;
      budget--;
      if (budget < 0) return false;
      if (!clear(x, y)) continue;
      taken[y] = 1;
      rows[x] = y;
      if (place(x + 1)) return true;
      taken[y] = 0;
    }
    return false;
  };
  return place(0) ? rows : null;
}

function turned(rows: Rows, source: Stream): Levels {
  const points = rows.length;
  const at = new Int32Array(2 * points);
  const order = permutation(source, points);
  const xColumn = source.integer(2);
  const mirrorX = source.integer(2) === 1;
  const mirrorY = source.integer(2) === 1;
  for (let x = 0; x < points; x++) {
    const y = rows[x]!;
    at[xColumn * points + order[x]!] = mirrorX ? points - 1 - x : x;
    at[(1 - xColumn) * points + order[x]!] = mirrorY ? points - 1 - y : y;
  }
  return { at, points, dimensions: 2 };
}
