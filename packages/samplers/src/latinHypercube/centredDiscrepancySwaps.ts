/**
 * The squared centred discrepancy of a Latin hypercube of cell centres, kept up to date under exchanges in O(points) as in Jin, Chen
 * & Sudjianto (2005). In Hickernell's formula (1998, Math. Comp. 67:299, eq. 5.1c)
 *
 *   CD² = (13/12)^d - (2/n) Σᵢ rᵢ + (1/n²) Σᵢ Σⱼ Pᵢⱼ,   rᵢ = Πₖ (1 + ½a - ½a²),   Pᵢⱼ = Πₖ (1 + ½aᵢ + ½aⱼ - ½|zᵢ - zⱼ|),
 *
 * with z the distance from the centre and a = |z|, an exchange in column k changes only factor k of the two points' own terms: each
 * is multiplied by the ratio of new factor to old, and Pᵢⱼ of the two points themselves stays.
 */
import type { Levels } from "./levels.ts";
import type { SwapCriterion } from "./thresholdAccepting.ts";

export function centredDiscrepancySwaps({ at, points, dimensions }: Levels): SwapCriterion {
  const n = points;
  const z = Float64Array.from(at, (level) => (2 * level + 1 - n) / (2 * n));
  const r = new Float64Array(n).fill(1);
  const P = new Float64Array(n * n).fill(1);
  for (let i = 0; i < n; i++) {
    for (let column = 0; column < dimensions; column++) {
      const zi = z[column * n + i]!;
      r[i]! *= single(zi);
      for (let j = 0; j <= i; j++) P[i * n + j]! *= pair(zi, z[column * n + j]!);
    }
    for (let j = 0; j < i; j++) P[j * n + i] = P[i * n + j]!;
  }
  let value = constant(dimensions) - (2 / n) * sum(r) + sum(P) / (n * n);

  const criterion: SwapCriterion = {
    value: () => value,
    change: (column, first, second) => {
      const offset = column * n;
      const z1 = z[offset + first]!;
      const z2 = z[offset + second]!;
      const row1 = first * n;
      const row2 = second * n;
      let pairs = 0;
      for (let j = 0; j < n; j++) {
        if (j === first || j === second) continue;
        const old1 = pair(z1, z[offset + j]!);
        const old2 = pair(z2, z[offset + j]!);
        // P₁(old2/old1 - 1) + P₂(old1/old2 - 1), with one division.
        pairs += ((old2 - old1) * (P[row1 + j]! * old2 - P[row2 + j]! * old1)) / (old1 * old2);
      }
      const own = pair(z2, z2) / pair(z1, z1);
      const lone = single(z2) / single(z1);
      const diagonal = P[row1 + first]! * (own - 1) + P[row2 + second]! * (1 / own - 1);
      const singles = r[first]! * (lone - 1) + r[second]! * (1 / lone - 1);
      return (2 * pairs + diagonal) / (n * n) - (2 / n) * singles;
    },
    swap: (column, first, second) => {
      value += criterion.change(column, first, second);
      const offset = column * n;
      const z1 = z[offset + first]!;
      const z2 = z[offset + second]!;
      for (let j = 0; j < n; j++) {
        if (j === first || j === second) continue;
        const ratio = pair(z2, z[offset + j]!) / pair(z1, z[offset + j]!);
        P[j * n + first] = P[first * n + j]! *= ratio;
        P[j * n + second] = P[second * n + j]! /= ratio;
      }
      const own = pair(z2, z2) / pair(z1, z1);
      P[first * n + first]! *= own;
      P[second * n + second]! /= own;
      const lone = single(z2) / single(z1);
      r[first]! *= lone;
      r[second]! /= lone;
      exchange(z, offset + first, offset + second);
      exchange(at, offset + first, offset + second);
    },
    scale: () => scale,
  };
  const scale = typicalChange(criterion, n, dimensions);
  return criterion;
}

function single(z: number): number {
  const a = Math.abs(z);
  return 1 + 0.5 * a - 0.5 * a * a;
}

function pair(z1: number, z2: number): number {
  return 1 + 0.5 * (Math.abs(z1) + Math.abs(z2) - Math.abs(z1 - z2));
}

function constant(dimensions: number): number {
  let product = 1;
  for (let column = 0; column < dimensions; column++) product *= 13 / 12;
  return product;
}

function sum(terms: Float64Array): number {
  let total = 0;
  for (const term of terms) total += term;
  return total;
}

function exchange(values: Float64Array | Int32Array, first: number, second: number): void {
  const value = values[first]!;
  values[first] = values[second]!;
  values[second] = value;
}

/**
 * The mean size of a change at the start, over exchanges of consecutive points. Their order is random, so these pairs are as good as any.
 */
function typicalChange(criterion: SwapCriterion, points: number, dimensions: number): number {
  let total = 0;
  for (let trial = 0; trial < 100; trial++) {
    total += Math.abs(criterion.change(trial % dimensions, trial % points, (trial + 1) % points));
  }
  return total / 100;
}
