/**
 * Latin hypercube designs (McKay, Beckman & Conover 1979, Technometrics 21:239). In a design of n points, every axis has n equal cells, and
 * each cell holds exactly one point. Plain designs draw permutations and positions at random. Optimised designs search the permutations for
 * a low centred discrepancy or a large smallest distance.
 */
import { ConfigError, derive, type Key, LimitError, type Stream, stream } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { counted } from "@caviar-hpo/core/text";
import { centredDiscrepancySwaps } from "./centredDiscrepancySwaps.ts";
import { type Levels, leastSquaredDistance, randomLevels } from "./levels.ts";
import { planarMaximin } from "./planarMaximin.ts";
import { separationSwaps } from "./separationSwaps.ts";
import { thresholdAccepting } from "./thresholdAccepting.ts";

/**
 * - `plain`: random permutations, and a uniformly random position in each cell. Every point is uniform on the cube.
 * - `centredDiscrepancy`: points at the centres of their cells, with a small squared centred discrepancy.
 * - `maximin`: a large smallest distance. The levels are spread evenly from 0 to the largest number below 1, as in the literature on
 *   maximin designs. On this scale every distance is n/(n - 1) times that between cell centres. In two dimensions, designs of up to 25
 *   points are proved optimal.
 */
export type LatinHypercubeCriterion = "plain" | "centredDiscrepancy" | "maximin";

export type LatinHypercubeOptions = {
  /** "plain" by default. */
  readonly criterion?: LatinHypercubeCriterion;
};

/**
 * A design of `points` points in [0, 1)^dimensions, row-major points x dimensions. It depends only on the key. With every criterion,
 * floor(points * x) is a permutation of 0 … points - 1 in every column.
 *
 * @throws ConfigError for a count that is not a whole number of at least 1, an unknown option, or an unknown criterion.
 * @throws LimitError for more than 10^8 coordinates, or an optimised design of more than 2,048 points or 1,024 dimensions.
 */
export function latinHypercube(points: number, dimensions: number, key: Key, options: LatinHypercubeOptions = {}): Float64Array {
  const { criterion = "plain" } = readDesign(options);
  checkCount("points", points);
  checkCount("dimensions", dimensions);
  if (!Object.hasOwn(placements, criterion)) {
    throw new ConfigError({
      code: "unknownCriterion",
      what: "latinHypercube criterion",
      expected: Object.keys(placements).join(" or "),
      got: String(criterion),
      remedy: 'Leave it out for "plain".',
    });
  }
  checkSize(points, dimensions, criterion);
  const source = stream(derive(key, "levels"));
  const levels = criterion === "plain" ? randomLevels(points, dimensions, source) : optimisedLevels(points, dimensions, criterion, source);
  return rowMajor(levels, placements[criterion](points, stream(derive(key, "positions"))));
}

const readDesign = optionReader<LatinHypercubeOptions>("latinHypercube", { criterion: anything });

/** Where in [0, 1) a level lies. Each keeps floor(points * x) at the level itself. */
type Placement = (level: number) => number;

const placements: { readonly [Criterion in LatinHypercubeCriterion]: (points: number, source: Stream) => Placement } = {
  plain: (points, source) => (level) => withinCell(level, points, source.uniform()),
  centredDiscrepancy: (points) => (level) => (level + 0.5) / points,
  maximin: (points) => (level) => (points === 1 ? 0.5 : Math.min(level / (points - 1), largestBelowOne)),
};

const largestBelowOne = 1 - 1 / 0x20_0000_0000_0000;

/** At the ends of a cell, rounding can carry n x into another cell (1/49 * 49 < 1). In that case the point takes the centre. */
function withinCell(level: number, points: number, position: number): number {
  const x = (level + position) / points;
  return x < 1 && Math.floor(points * x) === level ? x : (level + 0.5) / points;
}

function optimisedLevels(points: number, dimensions: number, criterion: Exclude<LatinHypercubeCriterion, "plain">, source: Stream): Levels {
  // With one point or one column every Latin hypercube is the same set of points.
  if (points === 1 || dimensions === 1) return randomLevels(points, dimensions, source);
  if (criterion === "maximin" && dimensions === 2) return planarMaximin(points, source);
  const levels = randomLevels(points, dimensions, source);
  const exchanges = Math.min(exchangesPerPoint * points, Math.ceil(mostVisits / points));
  if (criterion === "centredDiscrepancy") {
    thresholdAccepting(levels, centredDiscrepancySwaps(levels), { exchanges, firstThreshold: 0.1 }, source);
    return levels;
  }
  const start: Levels = { ...levels, at: levels.at.slice() };
  thresholdAccepting(levels, separationSwaps(levels), { exchanges, firstThreshold: 0.03 }, source);
  // The smooth criterion ranks designs almost as the least distance does. Where the two disagree, the start may be the better design.
  return leastSquaredDistance(levels) >= leastSquaredDistance(start) ? levels : start;
}

const exchangesPerPoint = 1000;
/** An exchange visits every point. Beyond 259 points this bound limits the effort, and not the bound per point. */
const mostVisits = 0x400_0000;

function rowMajor({ at, points, dimensions }: Levels, place: Placement): Float64Array {
  const design = new Float64Array(points * dimensions);
  for (let point = 0; point < points; point++) {
    for (let column = 0; column < dimensions; column++) design[point * dimensions + column] = place(at[column * points + point]!);
  }
  return design;
}

function checkCount(name: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new ConfigError({
    code: "badCount",
    what: `latinHypercube ${name}`,
    expected: "a whole number from 1",
    got: String(count),
    remedy: `Ask for at least one of its ${name}.`,
  });
}

/** @throws LimitError for a design that would be too large to make. */
export function checkSize(points: number, dimensions: number, criterion: LatinHypercubeCriterion): void {
  if (points * dimensions > mostCoordinates) {
    throw new LimitError({
      code: "tooLarge",
      what: "latinHypercube",
      expected: `points x dimensions of at most ${mostCoordinates}`,
      got: String(points * dimensions),
      remedy: "Use a Sobol sequence, which makes one point at a time.",
    });
  }
  if (criterion !== "plain" && (points > mostOptimisedPoints || dimensions > mostOptimisedDimensions)) {
    throw new LimitError({
      code: "tooLarge",
      what: `latinHypercube with criterion ${criterion}`,
      expected: `at most ${mostOptimisedPoints} points in at most ${mostOptimisedDimensions} dimensions`,
      got: `${counted(points, "point")} in ${counted(dimensions, "dimension")}`,
      remedy: 'Use the criterion "plain", or a scrambled Sobol sequence, which is better than plain at this size.',
    });
  }
}

/** The most points that a design with this criterion may have, and at most a million. */
export function mostPointsOf(dimensions: number, criterion: LatinHypercubeCriterion): number {
  return criterion === "plain" ? Math.min(1_000_000, Math.floor(mostCoordinates / dimensions)) : mostOptimisedPoints;
}

const mostCoordinates = 100_000_000;
/** The optimiser keeps one or two numbers for every pair of points. */
export const mostOptimisedPoints = 2048;
/** The terms of the centred discrepancy grow like 1.25^dimensions. */
const mostOptimisedDimensions = 1024;
