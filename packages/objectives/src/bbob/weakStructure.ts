/**
 * BBOB functions 20 to 24: multimodal with weak global structure.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, section 5; COCO (BSD-3).
 */
import { pow, sin } from "@caviar-hpo/numerics";
import { gallagherPeaks } from "./gallagher.ts";
import { optimalPoint, rotationQ, rotationR } from "./instance.ts";
import type { Landscape, LandscapeDefinition } from "./landscape.ts";
import { normals, uniforms } from "./random.ts";
import { apply, compose } from "./rotation.ts";
import { ripples } from "./shapes.ts";
import { ladder, penalty, shift } from "./transforms.ts";

/** The best minima lie near the corners of the box, far from the second best. */
export const schwefel: LandscapeDefinition = {
  title: "Schwefel",
  tags: ["multimodal", "deceptive", "weak structure"],
  unique: true,
  // The published constants carry 11 and 16 digits; D terms of 419 are summed before they cancel.
  tolerance: 1e-12,
  landscape(dimension, seed): Landscape {
    const signs = uniforms(dimension, seed).map((u) => (u < 0.5 ? -1 : 1));
    const distance = 4.2096874637;
    const minimiser = signs.map((sign) => (sign * distance) / 2);
    const scales = ladder(Math.sqrt(10), dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      let sum = 0;
      let outside = 0;
      for (let k = 0; k < dimension; k++) {
        const folded = 2 * signs[k]! * x[k]!;
        const coupled = k === 0 ? folded : folded + 0.25 * (2 * signs[k - 1]! * x[k - 1]! - distance);
        z[k] = 100 * (scales[k]! * (coupled - distance) + distance);
        const size = Math.abs(z[k]!);
        sum += z[k]! * sin(Math.sqrt(size));
        if (size > 500) outside += (size - 500) * (size - 500);
      }
      return 0.01 * (418.9828872724339 - sum / dimension + outside);
    };
    return { minimiser, excess };
  },
};

export const gallagher101: LandscapeDefinition = {
  title: "Gallagher's 101 peaks",
  tags: ["multimodal", "weak structure"],
  unique: true,
  tolerance: 0,
  landscape: (dimension, seed): Landscape => gallagherPeaks({ count: 101, width: 10, condition: Math.sqrt(1000) }, dimension, seed),
};

export const gallagher21: LandscapeDefinition = {
  title: "Gallagher's 21 peaks",
  tags: ["multimodal", "ill-conditioned", "weak structure"],
  unique: true,
  tolerance: 0,
  landscape: (dimension, seed): Landscape => gallagherPeaks({ count: 21, width: 9.8, condition: 1000 }, dimension, seed),
};

/** Every factor is one where z is a vector of integers: more than 10^D minimisers. */
export const katsuura: LandscapeDefinition = {
  title: "Katsuura",
  tags: ["multimodal", "non-smooth", "weak structure"],
  unique: false,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const minimiser = optimalPoint(dimension, seed);
    const map = compose(rotationR(dimension, seed), ladder(10, dimension), rotationQ(dimension, seed));
    const exponent = 10 / pow(dimension, 1.2);
    const factor = 10 / (dimension * dimension);
    const y = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      shift(x, minimiser, y);
      apply(map, y, z);
      let product = 1;
      for (let k = 0; k < dimension; k++) product *= 1 + (k + 1) * ruggedness(z[k]!);
      return factor * (pow(product, exponent) - 1) + penalty(x);
    };
    return { minimiser, excess };
  },
};

/** Two funnels, the wider one of them wrong. */
export const lunacekBiRastrigin: LandscapeDefinition = {
  title: "Lunacek bi-Rastrigin",
  tags: ["multimodal", "deceptive", "weak structure"],
  unique: true,
  tolerance: 0,
  landscape(dimension, seed): Landscape {
    const signs = normals(dimension, seed).map((normal) => (normal < 0 ? -1 : 1));
    const mu0 = 2.5;
    const s = 1 - 1 / (2 * Math.sqrt(dimension + 20) - 8.2);
    const mu1 = -Math.sqrt((mu0 * mu0 - 1) / s);
    const minimiser = signs.map((sign) => (sign * mu0) / 2);
    const map = compose(rotationR(dimension, seed), ladder(10, dimension), rotationQ(dimension, seed));
    const y = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    const excess = (x: Float64Array): number => {
      let right = 0;
      let wrong = 0;
      for (let k = 0; k < dimension; k++) {
        const folded = 2 * signs[k]! * x[k]!;
        right += (folded - mu0) * (folded - mu0);
        wrong += (folded - mu1) * (folded - mu1);
        y[k] = folded - mu0;
      }
      apply(map, y, z);
      return Math.min(right, dimension + s * wrong) + ripples(z) + 10000 * penalty(x);
    };
    return { minimiser, excess };
  },
};

/** Σ_{j=1}^{32} |2^j z - round(2^j z)| / 2^j. */
function ruggedness(z: number): number {
  let sum = 0;
  let power = 1;
  for (let j = 1; j <= 32; j++) {
    power *= 2;
    const scaled = power * z;
    sum += Math.abs(scaled - Math.floor(scaled + 0.5)) / power;
  }
  return sum;
}
