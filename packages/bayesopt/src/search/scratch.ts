/** Memory for a batch of points, shared by all that is asked of them one after another. */
import { newUtility, type Utility } from "../acquisition/utility.ts";
import { queries } from "../model/ensemble.ts";

export type Scratch = {
  /** Coordinates of the points, row-major m x size. */
  readonly z: Float64Array;
  readonly size: number;
  /** One per point. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly byMean: Float64Array;
  readonly byVariance: Float64Array;
  readonly out: Utility;
};

/** @param size coordinates of a point. */
export function newScratch(size: number): Scratch {
  const perPoint = (): Float64Array => new Float64Array(queries);
  return {
    z: new Float64Array(queries * size),
    size,
    mean: perPoint(),
    variance: perPoint(),
    byMean: perPoint(),
    byVariance: perPoint(),
    out: newUtility(),
  };
}
