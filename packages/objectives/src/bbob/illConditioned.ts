/**
 * BBOB functions 10 to 14: unimodal with high conditioning.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, section 3; COCO (BSD-3).
 */
import { pow } from "@caviar-hpo/numerics";
import { optimalPoint, rotationQ, rotationR } from "./instance.ts";
import type { Landscape, LandscapeDefinition } from "./landscape.ts";
import { apply, compose } from "./rotation.ts";
import { sumOfSquares, weightedSquares } from "./shapes.ts";
import { asymmetrise, ladder, oscillateEach, shift } from "./transforms.ts";

export const rotatedEllipsoid: LandscapeDefinition = {
  title: "Rotated ellipsoid",
  tags: ["unimodal", "ill-conditioned"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const weights = ladder(1e6, dimension);
    return oscillatingQuadratic(weights, dimension, seed);
  },
};

export const discus: LandscapeDefinition = {
  title: "Discus",
  tags: ["unimodal", "ill-conditioned"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const weights = new Float64Array(dimension).fill(1);
    weights[0] = 1e6;
    return oscillatingQuadratic(weights, dimension, seed);
  },
};

/** COCO draws this x* from the seed of R. */
export const bentCigar: LandscapeDefinition = {
  title: "Bent cigar",
  tags: ["unimodal", "ill-conditioned", "ridge"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed + 1000000);
    const rotation = rotationR(dimension, seed);
    const y = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    const rest = z.subarray(1);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, z);
      apply(rotation, z, y);
      asymmetrise(0.5, y);
      apply(rotation, y, z);
      return z[0]! * z[0]! + 1e6 * sumOfSquares(rest);
    };
    return { minimiser, excess };
  },
};

export const sharpRidge: LandscapeDefinition = {
  title: "Sharp ridge",
  tags: ["unimodal", "ill-conditioned", "ridge", "non-smooth"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const map = compose(rotationR(dimension, seed), ladder(Math.sqrt(10), dimension), rotationQ(dimension, seed));
    const y = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    const rest = z.subarray(1);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, y);
      apply(map, y, z);
      return z[0]! * z[0]! + 100 * Math.sqrt(sumOfSquares(rest));
    };
    return { minimiser, excess };
  },
};

export const differentPowers: LandscapeDefinition = {
  title: "Different powers",
  tags: ["unimodal", "ill-conditioned"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const rotation = rotationR(dimension, seed);
    const exponents = Float64Array.from({ length: dimension }, (_, k) => 2 + (4 * k) / (dimension - 1));
    const y = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, y);
      apply(rotation, y, z);
      let sum = 0;
      for (let k = 0; k < dimension; k++) sum += pow(Math.abs(z[k]!), exponents[k]!);
      return Math.sqrt(sum);
    };
    return { minimiser, excess };
  },
};

/** Σ w_k z_k², z = T_osz(R (x - x*)). */
function oscillatingQuadratic(weights: Float64Array, dimension: number, seed: number): Landscape {
  const minimiser = optimalPoint(dimension, seed);
  const rotation = rotationR(dimension, seed);
  const y = new Float64Array(dimension);
  const z = new Float64Array(dimension);
  const excess = (x: Float64Array): number => {
    shift(x, minimiser, y);
    apply(rotation, y, z);
    oscillateEach(z);
    return weightedSquares(weights, z);
  };
  return { minimiser, excess };
}
