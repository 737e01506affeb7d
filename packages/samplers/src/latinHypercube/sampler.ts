/** Latin hypercube designs as a sampler: `points` trials make one design. If the study continues, it gets further, independent designs. */
import { ConfigError, choice, derive, int, type Sampler, type SamplerCard } from "@caviar-hpo/core";
import { type OptionSpec, type OptionSpecs, readOptions, samplerCard } from "@caviar-hpo/core/contract";
import { type PointState, pointSampler } from "../pointSampler.ts";
import { checkSize, type LatinHypercubeCriterion, latinHypercube, mostOptimisedPoints } from "./latinHypercube.ts";

export type LatinHypercubeSamplerOptions = {
  /**
   * How many points a design has. Set it to the number of trials that you plan. A whole number from 1 to 1000000, both included; 32 by
   * default.
   */
  readonly points?: number;
  /** The criterion that the design optimises. plain: no criterion. One of "plain", "centredDiscrepancy", "maximin"; "plain" by default. */
  readonly criterion?: LatinHypercubeCriterion;
};

export const latinHypercubeOptions: OptionSpecs & Record<keyof LatinHypercubeSamplerOptions, OptionSpec> = {
  points: { param: int(1, 1_000_000), default: 32, doc: "How many points a design has. Set it to the number of trials that you plan." },
  criterion: {
    param: choice(["plain", "centredDiscrepancy", "maximin"]),
    default: "plain",
    doc: "The criterion that the design optimises. plain: no criterion.",
  },
};

/**
 * Makes a sampler of Latin hypercube designs.
 *
 * @throws ConfigError for an unknown option, a value out of range, or an optimised design of more than 2,048 points.
 */
export function latinHypercubeSampler(options: LatinHypercubeSamplerOptions = {}): Sampler<PointState> {
  const { points, criterion } = readOptions("latinHypercube", latinHypercubeOptions, options);
  if (criterion !== "plain" && points > mostOptimisedPoints) {
    throw new ConfigError({
      code: "badOption",
      what: "option points of latinHypercube",
      expected: `at most ${mostOptimisedPoints} points with criterion ${criterion}`,
      got: String(points),
      remedy: 'Use criterion "plain", smaller designs (another one follows each), or sobol.',
    });
  }
  return pointSampler("latinHypercube", (dimensions, key) => {
    checkSize(points, dimensions, criterion);
    let number = -1;
    let design: Float64Array = new Float64Array();
    return (index) => {
      const wanted = Math.floor(index / points);
      if (wanted !== number) {
        design = latinHypercube(points, dimensions, derive(key, "design", wanted), { criterion });
        number = wanted;
      }
      const start = (index % points) * dimensions;
      return design.subarray(start, start + dimensions);
    };
  });
}

export const latinHypercubeCard: SamplerCard = samplerCard({
  name: "latinHypercube",
  doc: "Stratified designs: each parameter's range has one slice per point, and each slice holds one point.",
  options: latinHypercubeOptions,
  adaptive: false,
  dependsOn: "nothing",
  sampler: latinHypercubeSampler,
});
