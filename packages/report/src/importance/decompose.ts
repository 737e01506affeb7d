/**
 * The functional analysis of variance of one tree, exactly: F. Hutter, H. Hoos and K. Leyton-Brown, *An Efficient Approach for Assessing
 * Hyperparameter Importance* (ICML 2014), algorithms 1 and 2. The marginal of a set U of axes is what is left of the tree when all other
 * axes are averaged out; it is constant on cells, and each leaf adds (value x volume / width in U) to the cells that it covers:
 *
 *   a_U(x_U) = sum over leaves of value . [x_U in the leaf] . (product of the widths of all axes outside U)        (equation 3)
 *   V_U = integral of (a_U - sum over proper subsets of their parts)^2                                              (equation 8)
 */
import type { FeatureAxis } from "./sample.ts";
import { type Leaf, type Region, widthOf } from "./tree.ts";

export type Decomposition = {
  /** The variance of the tree over the cube. */
  readonly variance: number;
  /** What each axis explains alone. */
  readonly main: readonly number[];
  /** What each pair of axes explains beyond its parts: (0, 1), (0, 2), ..., (1, 2), ... */
  readonly pairs: readonly number[];
};

export function decompose(leaves: readonly Leaf[], axes: readonly FeatureAxis[]): Decomposition {
  const volumes = leaves.map(({ regions }) => regions.reduce((volume, region) => volume * widthOf(region), 1));
  const mean = leaves.reduce((sum, { value }, index) => sum + value * volumes[index]!, 0);
  // Measured from the mean, every part has mean 0, and what is small is not the difference of what is large.
  const masses = leaves.map(({ value }, index) => (value - mean) * volumes[index]!);
  const variance = leaves.reduce((sum, { value }, index) => sum + masses[index]! * (value - mean), 0);
  const grids = axes.map((axis, index) => gridOf(axis, leaves, index));
  const main = grids.map((grid) => squaresAlong(grid, masses));
  const pairs = grids.flatMap((first, i) =>
    grids.slice(i + 1).map((second, later) => Math.max(0, squaresOver(first, second, masses) - main[i]! - main[i + 1 + later]!)),
  );
  return { variance, main, pairs };
}

/** An axis cut into cells wherever a leaf begins or ends. */
type CellGrid = {
  readonly widths: Float64Array;
  /** What each leaf covers, as stretches of cells: first, one past the last, first, one past the last, ... */
  readonly covers: readonly (readonly number[])[];
  /** The width of each leaf along the axis. */
  readonly spans: Float64Array;
};

function gridOf(axis: FeatureAxis, leaves: readonly Leaf[], index: number): CellGrid {
  const regions = leaves.map((leaf) => leaf.regions[index]!);
  const spans = Float64Array.from(regions, widthOf);
  if (axis.kind === "options") {
    return { widths: new Float64Array(axis.count).fill(1 / axis.count), covers: regions.map(stretches), spans };
  }
  const ends = new Set(regions.flatMap((region) => ("members" in region ? [] : [region.low, region.high])));
  const edges = Float64Array.from(ends).sort();
  const place = new Map(Array.from(edges, (edge, cell) => [edge, cell]));
  const covers = regions.map((region) => ("members" in region ? [] : [place.get(region.low)!, place.get(region.high)!]));
  return { widths: Float64Array.from({ length: edges.length - 1 }, (_, cell) => edges[cell + 1]! - edges[cell]!), covers, spans };
}

function stretches(region: Region): readonly number[] {
  const members = "members" in region ? region.members : [];
  const changes = [...members, false].map((member, option) => ({ option, changed: member !== (members[option - 1] ?? false) }));
  return changes.filter(({ changed }) => changed).map(({ option }) => option);
}

/** The integral of a_U^2 for one axis: what leaves add is noted where they begin and taken back where they end. */
function squaresAlong({ widths, covers, spans }: CellGrid, masses: readonly number[]): number {
  const cells = widths.length;
  const marginal = new Float64Array(cells + 1);
  for (const [leaf, cover] of covers.entries()) {
    for (const [index, cell] of cover.entries()) marginal[cell]! += ((index % 2 === 0 ? 1 : -1) * masses[leaf]!) / spans[leaf]!;
  }
  let [running, squares] = [0, 0];
  for (let cell = 0; cell < cells; cell++) {
    running += marginal[cell]!;
    squares += widths[cell]! * running * running;
  }
  return squares;
}

/** The same for two axes: the corners of each leaf's rectangles are noted, and sums run over rows and columns. */
function squaresOver(first: CellGrid, second: CellGrid, masses: readonly number[]): number {
  const [rows, columns] = [first.widths.length, second.widths.length];
  const marginal = new Float64Array((rows + 1) * (columns + 1));
  for (const [leaf, mass] of masses.entries()) {
    const share = mass / (first.spans[leaf]! * second.spans[leaf]!);
    for (const [i, row] of first.covers[leaf]!.entries()) {
      for (const [j, column] of second.covers[leaf]!.entries()) {
        marginal[row * (columns + 1) + column]! += (i + j) % 2 === 0 ? share : -share;
      }
    }
  }
  let squares = 0;
  const above = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    let [running, inRow] = [0, 0];
    for (let column = 0; column < columns; column++) {
      running += marginal[row * (columns + 1) + column]!;
      const value = running + above[column]!;
      above[column] = value;
      inRow += second.widths[column]! * value * value;
    }
    squares += first.widths[row]! * inRow;
  }
  return squares;
}
