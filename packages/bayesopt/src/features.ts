/**
 * From the unit cube, one coordinate a parameter, to the coordinates that kernels see. A number, and a choice whose order carries
 * meaning, is its own coordinate. A choice without order is a corner of a regular simplex, so that any two options are one apart
 * (Hamming distance). A conditional parameter that is not active sits in the middle: what its siblings share is then learned from all
 * trials, and the parent's own coordinates tell the branches apart.
 */
import { decode, encode, type FeasibleSet, feasibleSetOf, type Plain, plainOf, type Space } from "@caviar-hpo/core";
import { feasibleNear } from "./feasiblePoint.ts";
import type { Kernel } from "./kernels/kernel.ts";

/** A parameter as the kernel sees it. */
export type ParameterAxis = {
  readonly param: Plain;
  /** Coordinates first … first + count - 1 belong to this parameter. */
  readonly first: number;
  readonly count: number;
  /** Whether the objective may depend on it continuously: gradients are followed along it. */
  readonly smooth: boolean;
};

export type Features = {
  readonly space: Space;
  readonly axes: readonly ParameterAxis[];
  /** Coordinates in all. */
  readonly size: number;
  /** The kernel over all coordinates, from the kernel over those of the parameters; null if there are no others. */
  readonly overFidelities: ((configurations: Kernel) => Kernel) | null;
  /** Nothing is discrete, conditional or constrained: unit points are coordinates. */
  readonly plain: boolean;
  /** The configurations that fulfil the constraints between parameters; null where there are none. */
  readonly feasible: FeasibleSet | null;
  /** The nearest point that a configuration has, or a feasible one near it; `unit` itself where all is smooth. */
  canonical(unit: Float64Array): Float64Array;
  /** The axes along which the objective may change continuously at a point: those that are smooth, and whose parameter exists there. */
  free(unit: Float64Array): readonly number[];
  /** The coordinates of a canonical point, to `out` from `at` on. */
  write(unit: Float64Array, out: Float64Array, at: number): void;
};

export function featuresOf(space: Space): Features {
  let size = 0;
  const axes = space.params.map(([, param]): ParameterAxis => {
    const own = plainOf(param);
    const count = own.kind === "choice" && !own.ordered && own.options.length > 2 ? Math.min(own.options.length, codeLength) : 1;
    size += count;
    return { param: own, first: size - count, count, smooth: own.kind === "real" && own.step === undefined && own.low < own.high };
  });
  const feasible = feasibleSetOf(space);
  const plain = feasible === null && space.params.every(([, param], axis) => param.kind !== "given" && axes[axis]!.smooth);
  const smooth = axes.flatMap((axis, at) => (axis.smooth ? [at] : []));
  const conditional = smooth.some((axis) => space.params[axis]![1].kind === "given");
  return {
    space,
    axes,
    size,
    overFidelities: null,
    plain,
    feasible,
    canonical: (unit) => {
      if (feasible !== null) return feasibleNear(space, feasible, unit);
      return plain ? unit : encode(space, decode(space, unit));
    },
    free: (unit) => {
      if (!conditional) return smooth;
      const config = decode(space, unit);
      return smooth.filter((axis) => Object.hasOwn(config, space.params[axis]![0]));
    },
    write: (unit, out, at) => {
      axes.forEach(({ param, first, count }, axis) => {
        const p = unit[axis]!;
        if (param.kind !== "choice" || param.ordered) {
          out[at + first] = p;
          return;
        }
        const options = param.options.length;
        const option = Math.min(options - 1, Math.floor(p * options));
        if (count === 1) out[at + first] = options === 1 ? 0 : option;
        else for (let f = 0; f < count; f++) out[at + first + f] = code(option, f, options);
      });
    },
  };
}

/** The coordinates of points, a point a row: row-major units.length x features.size. */
export function coordinatesOf(features: Features, units: readonly Float64Array[]): Float64Array {
  const x = new Float64Array(units.length * features.size);
  units.forEach((unit, row) => {
    features.write(unit, x, row * features.size);
  });
  return x;
}

const codeLength = 64;

/** One-hot over sqrt 2; beyond 64 options random signs, whose distances are one give or take an eighth. */
function code(option: number, f: number, options: number): number {
  if (options <= codeLength) return option === f ? Math.SQRT1_2 : 0;
  let h = Math.imul(option + 1, 0x9e3779b1) ^ Math.imul(f + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) & 1 ? 1 : -1) * signCode;
}

/** Two random codes of 64 signs differ in 32: 32 (2 c)^2 = 1. */
const signCode = 0.08838834764831845;
