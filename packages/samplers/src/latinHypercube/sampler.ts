/**
 * Latin hypercube designs as a sampler: `points` trials make one design; a study that goes on after it gets another, independent one.
 */
import { choice, derive, int, type OptionSpec, type OptionSpecs, readOptions, type Sampler } from "@caviar/core";
import { type PointState, pointSampler } from "../pointSampler.ts";
import { type LatinHypercubeCriterion, latinHypercube } from "./latinHypercube.ts";

export type LatinHypercubeSamplerOptions = { readonly points?: number; readonly criterion?: LatinHypercubeCriterion };

export const latinHypercubeOptions: OptionSpecs & Record<keyof LatinHypercubeSamplerOptions, OptionSpec> = {
  points: { param: int(1, 1_000_000), default: 32, doc: "Points of one design; give the number of trials you plan." },
  criterion: {
    param: choice(["plain", "centredDiscrepancy", "maximin"]),
    default: "plain",
    doc: "What the design is optimised for, if anything.",
  },
};

export function latinHypercubeSampler(options: LatinHypercubeSamplerOptions = {}): Sampler<PointState> {
  const { points, criterion } = readOptions("latinHypercube", latinHypercubeOptions, options);
  return pointSampler("latinHypercube", (dimensions, key) => {
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
