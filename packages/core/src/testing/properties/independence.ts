/**
 * Independence of parameters and of seeds. If two numbers are uniform and independent, they have no correlation, and their difference
 * modulo 1 is uniform. The correlation finds numbers that rise or fall together. The difference finds numbers that are equal or shifted.
 */
import { derive, root } from "../../random/key.ts";
import { type Stream, stream } from "../../random/stream.ts";
import { type Config, type Param, plainOf, type Space } from "../../space/param.ts";
import { correlationTest } from "../statistics/correlation.ts";
import { kolmogorovSmirnovTest } from "../statistics/kolmogorovSmirnov.ts";
import { distributionOf, type ScaleDistribution, uniformOf } from "./distribution.ts";
import type { Draw } from "./draw.ts";
import { pointsOverSeeds, type SampleOptions, sampleOf } from "./sample.ts";
import { percent, type TestResult, type Verdict, verdictOf } from "./verdict.ts";

/**
 * Tests that any two parameters are independent, over one point of each of many seeds. It takes the points in which both are active, and
 * pairs in which neither depends on the other. The false-alarm rate holds for samplers whose marginals are right.
 */
export function independentParameters(draw: Draw, options: SampleOptions = {}): Verdict {
  const sample = sampleOf(options);
  const configs = pointsOverSeeds(draw, sample);
  const axes = axesOf(sample.space);
  const source = sourceOf(sample.seed);
  const columns = axes.map((axis) => configs.map((config) => axis.uniform(config, source)));
  const tests = axes.flatMap((axis, a) =>
    axes.slice(0, a).flatMap((other, b) => {
      const related = axis.ancestors.includes(other.name);
      return related ? [] : testPairs(`${other.name} and ${axis.name}`, columns[b]!, columns[a]!);
    }),
  );
  return verdictOf("draws parameters independently of each other", tests, sample.falseAlarmRate);
}

/**
 * Tests pairs of neighbouring seeds, half as many as `points`. Points at the same place of their sequences must differ, and the values of
 * each parameter must be independent. The false-alarm rate holds for samplers whose marginals are right.
 */
export function independentSeeds(draw: Draw, options: SampleOptions = {}): Verdict {
  const sample = sampleOf(options);
  const configs = pointsOverSeeds(draw, sample);
  const pairs = Array.from(
    { length: Math.floor(configs.length / 2) },
    (_, index) => [configs[2 * index]!, configs[2 * index + 1]!] as const,
  );
  const source = sourceOf(sample.seed);
  const tests = axesOf(sample.space).flatMap(({ name, uniform }) =>
    testPairs(
      name,
      pairs.map(([config]) => uniform(config, source)),
      pairs.map(([, config]) => uniform(config, source)),
    ),
  );
  return verdictOf("gives unrelated points to different seeds", [...testEqual(sample.space, pairs), ...tests], sample.falseAlarmRate);
}

type Axis = {
  readonly name: string;
  /** The parameters that decide whether it is active. */
  readonly ancestors: readonly string[];
  /** A uniform number made of the parameter's value; null where it is inactive. */
  readonly uniform: (config: Config, source: Stream) => number | null;
};

/** The parameters that have a distribution. */
function axesOf(space: Space): readonly Axis[] {
  const params = new Map(space.params);
  return space.params.flatMap(([name, param]) => {
    const distribution = distributionOf(plainOf(param));
    return distribution === null ? [] : [{ name, ancestors: ancestorsOf(param, params), uniform: uniformIn(name, distribution) }];
  });
}

function ancestorsOf(param: Param, params: ReadonlyMap<string, Param>): readonly string[] {
  return param.kind === "given" ? [param.parent, ...ancestorsOf(params.get(param.parent)!, params)] : [];
}

function uniformIn(name: string, distribution: ScaleDistribution): Axis["uniform"] {
  return (config, source) => (Object.hasOwn(config, name) ? uniformOf(distribution, config[name]!, source) : null);
}

/** For what is random in `uniformOf`: unrelated to the streams of any study. */
function sourceOf(seed: number): Stream {
  return stream(derive(root("statistical properties"), seed));
}

/** Only where there are enough pairs for the p-value of a correlation. */
function testPairs(of: string, a: readonly (number | null)[], b: readonly (number | null)[]): readonly TestResult[] {
  const both = a.flatMap((value, index) => (value === null || b[index]! === null ? [] : [[value, b[index]!] as const]));
  if (both.length < fewestPairs) return [];
  const [x, y] = [both.map(([value]) => value), both.map(([, value]) => value)];
  const { statistic: r, p } = correlationTest(x, y);
  const differences = both.map(([value, other]) => (value >= other ? value - other : value - other + 1));
  return [
    { of, name: "correlation", statistic: r, p, finding: r > 0 ? "they rise together" : "one falls as the other rises" },
    testDifferences(of, differences),
  ];
}

function testDifferences(of: string, differences: readonly number[]): TestResult {
  const { statistic, at, share, p } = kolmogorovSmirnovTest(differences);
  const where = `${share > at ? "at most" : "below"} ${Number(at.toPrecision(3))}`;
  const finding = `in units of the scales, ${percent(share)} of their differences modulo 1 are ${where}`;
  return { of, name: "Kolmogorov-Smirnov", statistic, p, finding };
}

const fewestPairs = 50;

/** Points of a space with a real parameter are never equal by chance. */
function testEqual(space: Space, pairs: readonly (readonly [Config, Config])[]): readonly TestResult[] {
  const isReal = space.params.some(([, param]) => param.kind === "real" && distributionOf(param)?.kind === "continuous");
  if (!isReal) return [];
  const equal = pairs.filter(([a, b]) => Object.keys(a).every((name) => a[name] === b[name])).length;
  const finding = `${equal} of ${pairs.length} pairs of seeds give the same point`;
  return [{ of: "points", name: "count", statistic: equal, p: equal === 0 ? 1 : 0, finding }];
}
