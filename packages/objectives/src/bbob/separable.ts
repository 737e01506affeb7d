/**
 * BBOB functions 1 to 5: separable.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, section 1; COCO (BSD-3).
 */
import { optimalPoint } from "./instance.ts";
import type { Landscape, LandscapeDefinition } from "./landscape.ts";
import { rastrigin, sumOfSquares, weightedSquares } from "./shapes.ts";
import { asymmetrise, ladder, oscillateEach, penalty, scale, shift } from "./transforms.ts";

export const sphere: LandscapeDefinition = {
  title: "Sphere",
  tags: ["unimodal", "separable"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, z);
      return sumOfSquares(z);
    };
    return { minimiser, excess };
  },
};

export const ellipsoid: LandscapeDefinition = {
  title: "Separable ellipsoid",
  tags: ["unimodal", "separable", "ill-conditioned"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const weights = ladder(1e6, dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, z);
      oscillateEach(z);
      return weightedSquares(weights, z);
    };
    return { minimiser, excess };
  },
};

export const separableRastrigin: LandscapeDefinition = {
  title: "Separable Rastrigin",
  tags: ["multimodal", "separable"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const scales = ladder(Math.sqrt(10), dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, z);
      oscillateEach(z);
      asymmetrise(0.2, z);
      scale(scales, z);
      return rastrigin(z);
    };
    return { minimiser, excess };
  },
};

/** Every other axis is ten times steeper on the far side of x*, which is made positive there: the optimum hides behind local ones. */
export const buecheRastrigin: LandscapeDefinition = {
  title: "Büche-Rastrigin",
  tags: ["multimodal", "separable"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed).map((coordinate, k) => (k % 2 === 0 ? Math.abs(coordinate) : coordinate));
    const scales = ladder(Math.sqrt(10), dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, z);
      oscillateEach(z);
      scale(scales, z);
      for (let k = 0; k < dimension; k += 2) if (z[k]! > 0) z[k] = 10 * z[k]!;
      return rastrigin(z) + 100 * penalty(x);
    };
    return { minimiser, excess };
  },
};

/** x* is a corner of the box; beyond it the function is flat in that coordinate. */
export const linearSlope: LandscapeDefinition = {
  title: "Linear slope",
  tags: ["unimodal", "separable", "boundary optimum"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed).map((coordinate) => (coordinate < 0 ? -5 : 5));
    const slopes = ladder(10, dimension).map((steepness, k) => (minimiser[k]! < 0 ? -steepness : steepness));
    const excess = (x: Float64Array): number => {
      let sum = 0;
      for (let k = 0; k < dimension; k++) {
        const z = x[k]! * minimiser[k]! < 25 ? x[k]! : minimiser[k]!;
        sum += 5 * Math.abs(slopes[k]!) - slopes[k]! * z;
      }
      return sum;
    };
    return { minimiser, excess };
  },
};
