/**
 * The maximin criterion in the smooth form of Morris & Mitchell (1995, J. Stat. Plan. Inference 43:381), whose minimum has the
 * largest least distance as p grows: φ = Σ (s / D)^(p/2) over pairs with squared distance D, here with p = 32, kept up to date
 * under exchanges in O(points). D stays an exact integer. The constant s keeps the terms in range and changes nothing else.
 */
import type { Levels } from "./levels.ts";
import type { SwapCriterion } from "./thresholdAccepting.ts";

export function separationSwaps({ at, points, dimensions }: Levels): SwapCriterion {
  const n = points;
  // Every Latin hypercube has the mean squared distance d n (n + 1) / 6, and the least one cannot be larger.
  const s = (dimensions * n * (n + 1)) / 6;
  const D = new Float64Array(n * n);
  const terms = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let column = 0; column < dimensions; column++) {
      const level = at[column * n + i]!;
      for (let j = 0; j < i; j++) {
        const gap = level - at[column * n + j]!;
        D[i * n + j]! += gap * gap;
      }
    }
    for (let j = 0; j < i; j++) {
      D[j * n + i] = D[i * n + j]!;
      terms[i * n + j] = terms[j * n + i] = term(s / D[i * n + j]!);
    }
  }
  let value = total(terms, n);
  let lastSummed = value;

  const criterion: SwapCriterion = {
    value: () => value,
    change: (column, first, second) => {
      const offset = column * n;
      const level1 = at[offset + first]!;
      const level2 = at[offset + second]!;
      const row1 = first * n;
      const row2 = second * n;
      let change = 0;
      for (let j = 0; j < n; j++) {
        if (j === first || j === second) continue;
        // (level2 - l)² - (level1 - l)²: the first point gains this squared distance, and the second one loses it.
        const gain = (level2 - level1) * (level1 + level2 - 2 * at[offset + j]!);
        change += term(s / (D[row1 + j]! + gain)) - terms[row1 + j]! + term(s / (D[row2 + j]! - gain)) - terms[row2 + j]!;
      }
      return change;
    },
    swap: (column, first, second) => {
      value += criterion.change(column, first, second);
      const offset = column * n;
      const level1 = at[offset + first]!;
      const level2 = at[offset + second]!;
      for (let j = 0; j < n; j++) {
        if (j === first || j === second) continue;
        const gain = (level2 - level1) * (level1 + level2 - 2 * at[offset + j]!);
        D[j * n + first] = D[first * n + j]! += gain;
        D[j * n + second] = D[second * n + j]! -= gain;
        terms[j * n + first] = terms[first * n + j] = term(s / D[first * n + j]!);
        terms[j * n + second] = terms[second * n + j] = term(s / D[second * n + j]!);
      }
      at[offset + first] = level2;
      at[offset + second] = level1;
      // The value of a random start can exceed that of a good design by many powers of ten, and its rounding errors would hide the latter.
      if (value < lastSummed / 2) lastSummed = value = total(terms, n);
    },
    scale: () => value,
  };
  return criterion;
}

/** The sixteenth power. */
function term(base: number): number {
  const second = base * base;
  const fourth = second * second;
  const eighth = fourth * fourth;
  return eighth * eighth;
}

function total(terms: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) sum += terms[i * n + j]!;
  }
  return sum;
}
