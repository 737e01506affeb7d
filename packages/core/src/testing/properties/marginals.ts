/** Marginals: each parameter has the distribution of its scale. */
import type { ParamValue } from "../../space/param.ts";
import { type Config, type Plain, plainOf, type Space } from "../../space/param.ts";
import { show } from "../../text/show.ts";
import { chiSquareTest } from "../statistics/chiSquare.ts";
import { kolmogorovSmirnovTest } from "../statistics/kolmogorovSmirnov.ts";
import { type Continuous, type Discrete, distributionOf } from "./distribution.ts";
import type { Draw } from "./draw.ts";
import { pointsOfOneSeed, pointsOverSeeds, type SampleOptions, sampleOf } from "./sample.ts";
import { percent, type TestResult, type Verdict, verdictOf } from "./verdict.ts";

/**
 * Tests the marginals over the points of one seed. Reals are tested by Kolmogorov-Smirnov in the coordinate of their scale. Choices,
 * integers and stepped reals are tested by chi-square. A conditional parameter is tested where it is active.
 *
 * The false-alarm rate is that of independent points. Points that are spread more evenly raise fewer alarms.
 */
export function marginals(draw: Draw, options: SampleOptions = {}): Verdict {
  const sample = sampleOf(options);
  return verdictOf("draws each parameter by its scale", testsOf(sample.space, pointsOfOneSeed(draw, sample)), sample.falseAlarmRate);
}

/**
 * Tests the marginals over one point of each of many seeds. These points are independent even if the points of one seed are not. So this
 * tests the scramble of a sequence.
 */
export function marginalsOverSeeds(draw: Draw, options: SampleOptions = {}): Verdict {
  const sample = sampleOf(options);
  return verdictOf(
    "draws each parameter by its scale over seeds",
    testsOf(sample.space, pointsOverSeeds(draw, sample)),
    sample.falseAlarmRate,
  );
}

function testsOf(space: Space, configs: readonly Config[]): readonly TestResult[] {
  return space.params.flatMap(([name, param]) => {
    const values = configs.flatMap((config) => (Object.hasOwn(config, name) ? [config[name]!] : []));
    return testOf(name, plainOf(param), values);
  });
}

function testOf(name: string, param: Plain, values: readonly ParamValue[]): readonly TestResult[] {
  const distribution = distributionOf(param);
  if (distribution === null || values.length === 0) return [];
  return distribution.kind === "continuous" ? [testReals(name, distribution, values)] : testCells(name, distribution, values);
}

function testReals(name: string, { below, valueAt }: Continuous, values: readonly ParamValue[]): TestResult {
  const { statistic, at, share, p } = kolmogorovSmirnovTest(values.map(below));
  const where = `${share > at ? "at most" : "below"} ${shown(valueAt(at))}`;
  const finding = `${percent(share)} of ${values.length} values are ${where}, where its scale has ${percent(at)}`;
  return { of: name, name: "Kolmogorov-Smirnov", statistic, p, finding };
}

/** No test where the values are too few for two cells. */
function testCells(name: string, distribution: Discrete, values: readonly ParamValue[]): readonly TestResult[] {
  const edges = edgesOf(distribution, leastExpected / values.length);
  if (edges.length < 3) return [];
  const probabilities = edges.slice(1).map((edge, index) => distribution.below(edge) - distribution.below(edges[index]!));
  const counts = probabilities.map(() => 0);
  for (const value of values) counts[groupOf(edges, distribution.cellOf(value))]!++;
  const { statistic, p } = chiSquareTest(counts, probabilities);
  const excess = counts.map((count, group) => Math.abs(count - values.length * probabilities[group]!) / Math.sqrt(probabilities[group]!));
  // What is never drawn says most.
  const worst = counts.includes(0) ? counts.indexOf(0) : excess.indexOf(Math.max(...excess));
  const [first, last] = [distribution.valueAt(edges[worst]!), distribution.valueAt(edges[worst + 1]! - 1)];
  const group = edges[worst + 1]! - edges[worst]! === 1 ? shown(first) : `${shown(first)} to ${shown(last)}`;
  const expected = Math.round(values.length * probabilities[worst]!);
  const finding = `${counts[worst]} of ${values.length} values are ${group}, where its scale has ${expected}`;
  return [{ of: name, name: "chi-square", statistic, p, finding }];
}

/** So many are expected in each group that chi-square's p-value is right within a factor of three down to 1 in 100,000. */
const leastExpected = 50;

/**
 * The cells at which groups of neighbouring cells begin, and the end: each group has at least the probability `least`, as far as there is
 * so much.
 */
function edgesOf({ cells, below }: Discrete, least: number): readonly number[] {
  const edges = [0];
  while (edges.at(-1)! < cells) {
    const start = edges.at(-1)!;
    const wanted = below(start) + least;
    const end = firstWhere(start + 1, cells, (cell) => below(cell) >= wanted - 1e-12);
    edges.push(1 - below(end) < least - 1e-12 ? cells : end);
  }
  return edges;
}

/** The first whole number from `low` to `high` that has a property which all later ones have, too; `high` where none before it has. */
function firstWhere(low: number, high: number, has: (value: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = from + Math.floor((to - from) / 2);
    if (has(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function groupOf(edges: readonly number[], cell: number): number {
  return firstWhere(0, edges.length - 2, (group) => edges[group + 1]! > cell);
}

function shown(value: ParamValue): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : show(value);
}
