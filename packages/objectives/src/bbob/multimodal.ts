/**
 * BBOB functions 15 to 19: multimodal with adequate global structure.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, section 4; COCO (BSD-3).
 */
import { cos } from "@caviar-hpo/numerics";
import { optimalPoint, rotationQ, rotationR } from "./instance.ts";
import type { Landscape, LandscapeDefinition } from "./landscape.ts";
import { rotatedOntoOnes } from "./rotatedOntoOnes.ts";
import { apply, compose, scaleRows } from "./rotation.ts";
import { griewankRosenbrock, rastrigin, schaffers } from "./shapes.ts";
import { asymmetrise, ladder, oscillateEach, penalty, shift } from "./transforms.ts";

export const rotatedRastrigin: LandscapeDefinition = {
  title: "Rastrigin",
  tags: ["multimodal"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const inner = rotationR(dimension, seed);
    const outer = compose(inner, ladder(Math.sqrt(10), dimension), rotationQ(dimension, seed));
    const y = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, z);
      apply(inner, z, y);
      oscillateEach(y);
      asymmetrise(0.2, y);
      apply(outer, y, z);
      return rastrigin(z);
    };
    return { minimiser, excess };
  },
};

/** The sum is periodic in every z_k, so each integer vector z inside the box is a minimiser. */
export const weierstrass: LandscapeDefinition = {
  title: "Weierstrass",
  tags: ["multimodal"],
  unique: false,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const inner = rotationR(dimension, seed);
    const outer = compose(inner, ladder(0.1, dimension), rotationQ(dimension, seed));
    const lowest = waves(0);
    const y = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, z);
      apply(inner, z, y);
      oscillateEach(y);
      apply(outer, y, z);
      let sum = 0;
      for (let k = 0; k < dimension; k++) sum += waves(z[k]!);
      const above = sum / dimension - lowest;
      return 10 * above * above * above + (10 / dimension) * penalty(x);
    };
    return { minimiser, excess };
  },
};

export const schaffersF7: LandscapeDefinition = {
  title: "Schaffers F7",
  tags: ["multimodal"],
  unique: true,
  tolerance: 0,
  landscape: (dimension, seed): Landscape => schaffersWithCondition(10, dimension, seed),
};

export const illConditionedSchaffersF7: LandscapeDefinition = {
  title: "Ill-conditioned Schaffers F7",
  tags: ["multimodal", "ill-conditioned"],
  unique: true,
  tolerance: 0,
  landscape: (dimension, seed): Landscape => schaffersWithCondition(1000, dimension, seed),
};

export const compositeGriewankRosenbrock: LandscapeDefinition = {
  title: "Composite Griewank-Rosenbrock F8F2",
  tags: ["multimodal", "valley"],
  unique: true,
  tolerance: 0,
  landscape: (dimension, seed): Landscape => rotatedOntoOnes(griewankRosenbrock, dimension, seed),
};

/** Σ_{j<12} 2^(-j) cos 2π 3^j (z + 1/2). */
function waves(z: number): number {
  let sum = 0;
  let amplitude = 1;
  let frequency = 1;
  for (let j = 0; j < 12; j++) {
    sum += amplitude * cos(2 * Math.PI * frequency * (z + 0.5));
    amplitude /= 2;
    frequency *= 3;
  }
  return sum;
}

/** z = Λ^α Q T_asy^0.5(R (x - x*)). */
function schaffersWithCondition(condition: number, dimension: number, seed: number): Landscape {
  const minimiser = optimalPoint(dimension, seed);
  const inner = rotationR(dimension, seed);
  const outer = scaleRows(ladder(Math.sqrt(condition), dimension), rotationQ(dimension, seed));
  const y = new Float64Array(dimension);
  const z = new Float64Array(dimension);
  const excess = (x: Float64Array): number => {
    shift(x, minimiser, z);
    apply(inner, z, y);
    asymmetrise(0.5, y);
    apply(outer, y, z);
    return schaffers(z) + 10 * penalty(x);
  };
  return { minimiser, excess };
}
