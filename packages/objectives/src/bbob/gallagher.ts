/**
 * Gallagher's Gaussian peaks (BBOB functions 21 and 22): `count` peaks at random places, each with its own height and its own
 * elongated shape, in a rotated frame. The first peak is the highest and is pulled towards the centre, so that it lies in the box.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, functions 21 and 22; COCO (BSD-3).
 */
import { exp, pow } from "@caviar-hpo/numerics";
import { rotationQ } from "./instance.ts";
import type { Landscape } from "./landscape.ts";
import { uniforms } from "./random.ts";
import { apply } from "./rotation.ts";
import { oscillate, penalty } from "./transforms.ts";

export type Peaks = {
  readonly count: number;
  /** Peaks are drawn from a cube of this edge, centred at zero. */
  readonly width: number;
  /** α of the first peak. */
  readonly condition: number;
};

/** T_osz(10 - max_i w_i exp(-1/(2D) Σ_j s_ij (Qx - Qy_i)_j²))² + f_pen(x). */
export function gallagherPeaks(peaks: Peaks, dimension: number, seed: number): Landscape {
  const rotation = rotationQ(dimension, seed);
  const places = placesOf(peaks, dimension, seed);
  const centres = places.map((place) => {
    const centre = new Float64Array(dimension);
    apply(rotation, place, centre);
    return centre;
  });
  const scales = scalesOf(peaks, dimension, seed);
  const heights = places.map((_, i) => (i === 0 ? 10 : 1.1 + (8 * (i - 1)) / (peaks.count - 2)));
  const t = new Float64Array(dimension);
  const excess = (x: Float64Array): number => {
    apply(rotation, x, t);
    let highest = 0;
    for (let i = 0; i < peaks.count; i++) {
      const centre = centres[i]!;
      const scale = scales[i]!;
      let distance = 0;
      for (let j = 0; j < dimension; j++) {
        const difference = t[j]! - centre[j]!;
        distance += scale[j]! * difference * difference;
      }
      highest = Math.max(highest, heights[i]! * exp(-distance / (2 * dimension)));
    }
    const depth = oscillate(10 - highest);
    return depth * depth + penalty(x);
  };
  return { minimiser: places[0]!, excess };
}

function placesOf({ count, width }: Peaks, dimension: number, seed: number): Float64Array[] {
  const u = uniforms(dimension * count, seed);
  return Array.from({ length: count }, (_, i) =>
    u.slice(i * dimension, (i + 1) * dimension).map((draw) => (i === 0 ? 0.8 : 1) * (width * draw - width / 2)),
  );
}

/** s_ij = α_i^(π_i(j)/(D-1) - 1/2), with a random order π_i of the axes for each peak. */
function scalesOf({ count, condition }: Peaks, dimension: number, seed: number): Float64Array[] {
  const order = sortedOrder(uniforms(count - 1, seed));
  return Array.from({ length: count }, (_, i) => {
    const alpha = i === 0 ? condition : pow(1000, order[i - 1]! / (count - 2));
    const axes = sortedOrder(uniforms(dimension, seed + 1000 * i));
    return Float64Array.from(axes, (axis) => pow(alpha, axis / (dimension - 1) - 0.5));
  });
}

/** The indices of `values` from the least to the greatest. */
function sortedOrder(values: Float64Array): number[] {
  return Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
}
