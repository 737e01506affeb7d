/**
 * BBOB functions 6 to 9: low or moderate conditioning.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, section 2; COCO (BSD-3).
 */
import { pow } from "@caviar-hpo/numerics";
import { optimalPoint, rotationQ, rotationR } from "./instance.ts";
import type { Landscape, LandscapeDefinition } from "./landscape.ts";
import { rotatedOntoOnes } from "./rotatedOntoOnes.ts";
import { apply, compose, scaleRows } from "./rotation.ts";
import { rosenbrock, weightedSquares } from "./shapes.ts";
import { ladder, oscillate, penalty, shift } from "./transforms.ts";

/** Only one quadrant-like cone leads to x*: elsewhere each coordinate weighs a hundred times as much. */
export const attractiveSector: LandscapeDefinition = {
  title: "Attractive sector",
  tags: ["unimodal"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const map = compose(rotationR(dimension, seed), ladder(Math.sqrt(10), dimension), rotationQ(dimension, seed));
    const y = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, y);
      apply(map, y, z);
      let sum = 0;
      for (let k = 0; k < dimension; k++) {
        const weighted = z[k]! * minimiser[k]! > 0 ? 100 * z[k]! : z[k]!;
        sum += weighted * weighted;
      }
      return pow(oscillate(sum), 0.9);
    };
    return { minimiser, excess };
  },
};

/** Plateaus of many sizes; x* lies inside one, tilted along ẑ₁ only: every point near x* with ẑ₁ = 0 is a minimiser too. */
export const stepEllipsoid: LandscapeDefinition = {
  title: "Step ellipsoid",
  tags: ["unimodal", "non-smooth", "plateau"],
  unique: false,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const inner = scaleRows(ladder(Math.sqrt(10), dimension), rotationQ(dimension, seed));
    const outer = rotationR(dimension, seed);
    const weights = ladder(100, dimension);
    const y = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, y);
      apply(inner, y, z);
      const slope = Math.abs(z[0]!) / 10000;
      for (let k = 0; k < dimension; k++) y[k] = step(z[k]!);
      apply(outer, y, z);
      return 0.1 * Math.max(slope, weightedSquares(weights, z)) + penalty(x);
    };
    return { minimiser, excess };
  },
};

/**
 * A second, local minimum exists from dimension 4 on (Shang, Qiu 2006), so the two Rosenbrock functions are tagged neither unimodal
 * nor multimodal.
 */
export const originalRosenbrock: LandscapeDefinition = {
  title: "Rosenbrock",
  tags: ["valley"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed).map((coordinate) => 0.75 * coordinate);
    const c = Math.max(1, Math.sqrt(dimension) / 8);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      for (let k = 0; k < dimension; k++) z[k] = c * (x[k]! - minimiser[k]!) + 1;
      return rosenbrock(z);
    };
    return { minimiser, excess };
  },
};

export const rotatedRosenbrock: LandscapeDefinition = {
  title: "Rotated Rosenbrock",
  tags: ["valley"],
  unique: true,
  // Q x* is 1/2 only up to rounding.
  tolerance: 1e-25,
  landscape: (dimension, seed): Landscape => rotatedOntoOnes(rosenbrock, dimension, seed),
};

/** Rounds to integers far from zero, to tenths near it. */
function step(z: number): number {
  return Math.abs(z) > 0.5 ? Math.floor(z + 0.5) : Math.floor(10 * z + 0.5) / 10;
}
