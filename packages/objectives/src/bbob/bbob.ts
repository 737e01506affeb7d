/**
 * The 24 noiseless functions of the black-box optimisation benchmark (BBOB), with the instances of COCO. The same function number,
 * dimension and instance give the values that COCO's C core gives, so results can be compared with its archive.
 *
 * Source: Hansen, Finck, Ros, Auger (2009), Real-parameter black-box optimization benchmarking 2009: noiseless functions definitions, INRIA
 * RR-6829; COCO, https://github.com/numbbo/coco (BSD-3). Written from the formulas.
 */
import { ConfigError } from "@caviar-hpo/core";
import type { TestFunction } from "../testFunction.ts";
import { bentCigar, differentPowers, discus, rotatedEllipsoid, sharpRidge } from "./illConditioned.ts";
import { optimalValue, seedOf } from "./instance.ts";
import type { LandscapeDefinition } from "./landscape.ts";
import { attractiveSector, originalRosenbrock, rotatedRosenbrock, stepEllipsoid } from "./moderate.ts";
import { compositeGriewankRosenbrock, illConditionedSchaffersF7, rotatedRastrigin, schaffersF7, weierstrass } from "./multimodal.ts";
import { buecheRastrigin, ellipsoid, linearSlope, separableRastrigin, sphere } from "./separable.ts";
import { gallagher21, gallagher101, katsuura, lunacekBiRastrigin, schwefel } from "./weakStructure.ts";

const definitions: readonly LandscapeDefinition[] = [
  ...[sphere, ellipsoid, separableRastrigin, buecheRastrigin, linearSlope],
  ...[attractiveSector, stepEllipsoid, originalRosenbrock, rotatedRosenbrock],
  ...[rotatedEllipsoid, discus, bentCigar, sharpRidge, differentPowers],
  ...[rotatedRastrigin, weierstrass, schaffersF7, illConditionedSchaffersF7, compositeGriewankRosenbrock],
  ...[schwefel, gallagher101, gallagher21, katsuura, lunacekBiRastrigin],
];

/** Every seed made from an instance must stay below 2^31 - 1, the modulus of the generator. */
const largestInstance = 200000;

/**
 * A BBOB function on [-5, 5]^dimension.
 *
 * @param functionNumber 1 to 24.
 * @param dimension 2 to 40.
 * @param instance from 1. The campaigns of COCO use 1 to 15 and a few larger ones.
 * @throws ConfigError for an argument out of range.
 */
export function bbob(functionNumber: number, dimension: number, instance: number): TestFunction {
  requireInteger("function", functionNumber, 1, definitions.length);
  requireInteger("dimension", dimension, 2, 40);
  requireInteger("instance", instance, 1, largestInstance);
  const { title, tags, unique, tolerance, landscape } = definitions[functionNumber - 1]!;
  const seed = seedOf(functionNumber, instance);
  const { minimiser, excess } = landscape(dimension, seed);
  const value = optimalValue(seed);
  return {
    id: `bbob-f${functionNumber}-d${dimension}-i${instance}`,
    title: `BBOB f${functionNumber}: ${title}, ${dimension} dimensions, instance ${instance}`,
    bounds: Array.from({ length: dimension }, () => [-5, 5] as const),
    evaluate: (x) => excess(x) + value,
    optimum: { value, tolerance },
    minimisers: [Array.from(minimiser)],
    minimisersComplete: unique,
    domain: "reals",
    isInstance: true,
    tags,
    source: `Hansen, Finck, Ros, Auger (2009), INRIA RR-6829, function ${functionNumber}; instances of COCO (BSD-3).`,
  };
}

function requireInteger(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new ConfigError({
    code: "outOfRange",
    what: `BBOB ${name}`,
    expected: `an integer from ${low} to ${high}`,
    got: String(value),
    remedy: `Choose a ${name} in that range.`,
  });
}
