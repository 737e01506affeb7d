/**
 * Latin hypercube designs as a sampler: `points` trials make one design. By default a design has as many points as trials are left of the
 * study's budget. If the study continues, it gets further, independent designs. The points that it has do not change.
 */
import { ConfigError, choice, derive, int, type Key, type Sampler, type SamplerCard } from "@caviar-hpo/core";
import { type LeastTrials, type OptionSpec, type OptionSpecs, readOptions, samplerCard } from "@caviar-hpo/core/contract";
import { counted } from "@caviar-hpo/core/text";
import { nextConfig, type PointAt, type PointState } from "../pointSampler.ts";
import { checkSize, type LatinHypercubeCriterion, latinHypercube, mostOptimisedPoints, mostPointsOf } from "./latinHypercube.ts";

/** Design `number` of a study; its points are those from `first` on. */
type Design = { readonly number: number; readonly first: number; readonly points: number };

/** `design` is the one that a budget has sized last. Without it, all designs have the same number of points. */
export type LatinHypercubeState = PointState & { design?: Design };

export type LatinHypercubeSamplerOptions = {
  /**
   * How many points a design has. auto: as many as trials are left of the budget when the design begins; 32 without a budget. A whole
   * number from 1 to 1000000, both included, or "auto"; "auto" by default.
   */
  readonly points?: number | "auto";
  /** The criterion that the design optimises. plain: no criterion. One of "plain", "centredDiscrepancy", "maximin"; "plain" by default. */
  readonly criterion?: LatinHypercubeCriterion;
};

export const latinHypercubeOptions: OptionSpecs & Record<keyof LatinHypercubeSamplerOptions, OptionSpec> = {
  points: {
    param: int(1, 1_000_000),
    special: "auto",
    default: "auto",
    doc: "How many points a design has. auto: as many as trials are left of the budget when the design begins; 32 without a budget.",
  },
  criterion: {
    param: choice(["plain", "centredDiscrepancy", "maximin"]),
    default: "plain",
    doc: "The criterion that the design optimises. plain: no criterion.",
  },
};

/**
 * Makes a sampler of Latin hypercube designs.
 *
 * @throws ConfigError for an unknown option, a value out of range, or an optimised design of more than 2,048 points.
 */
export function latinHypercubeSampler(options: LatinHypercubeSamplerOptions = {}): Sampler<LatinHypercubeState> {
  const { points, criterion } = readOptions("latinHypercube", latinHypercubeOptions, options);
  const usual = points === "auto" ? 32 : points;
  if (criterion !== "plain" && usual > mostOptimisedPoints) refusePoints(usual, criterion);
  const coordinates = new WeakMap<LatinHypercubeState, { readonly design: Design; readonly values: Float64Array }>();

  const pointAt = (state: LatinHypercubeState, dimensions: number, left: number | undefined): PointAt => {
    const planned = points === "auto" && left !== undefined ? Math.min(Math.max(1, left), mostPointsOf(dimensions, criterion)) : null;
    return (index) => {
      const design = designAt(state, index, { usual, planned });
      let known = coordinates.get(state);
      if (known?.design.first !== design.first || known.design.points !== design.points) {
        known = { design, values: designOf(state.key, design, dimensions, criterion) };
        coordinates.set(state, known);
      }
      const start = (index - design.first) * dimensions;
      return known.values.subarray(start, start + dimensions);
    };
  };

  return {
    name: "latinHypercube",
    version: 1,
    can: { conditional: true, objectives: Number.MAX_SAFE_INTEGER, constraints: true, external: true, plans: points === "auto" },
    ...(points !== "auto" && { leastTrials: () => leastFor(points) }),
    init: ({ space }, key) => {
      checkSize(usual, Math.max(1, space.dims), criterion);
      return { key, index: 0 };
    },
    suggest: (state, { problem: { space }, trials }, { trial }) => {
      const left = trials === undefined ? undefined : trials - trial;
      return { config: nextConfig(state, space, pointAt(state, Math.max(1, space.dims), left)) };
    },
    tell: () => {},
  };
}

/** The design that holds point `index`. A design that begins has `planned` points if a budget says so, else the usual number. */
function designAt(state: LatinHypercubeState, index: number, { usual, planned }: { usual: number; planned: number | null }): Design {
  const { design } = state;
  if (design !== undefined) {
    if (index < design.first + design.points) return design;
    state.design = { number: design.number + 1, first: index, points: planned ?? usual };
    return state.design;
  }
  const number = Math.floor(index / usual);
  const first = number * usual;
  if (planned === null || index > first) return { number, first, points: usual };
  state.design = { number, first, points: planned };
  return state.design;
}

function designOf(key: Key, { number, points }: Design, dimensions: number, criterion: LatinHypercubeCriterion): Float64Array {
  checkSize(points, dimensions, criterion);
  return latinHypercube(points, dimensions, derive(key, "design", number), { criterion });
}

function leastFor(points: number): LeastTrials {
  return {
    trials: points,
    observed: false,
    because: `a design has ${counted(points, "point")}, and a part of it is not stratified`,
    remedy: `Allow at least ${points} trials, or omit the option points.`,
  };
}

function refusePoints(points: number, criterion: LatinHypercubeCriterion): never {
  throw new ConfigError({
    code: "badOption",
    what: "option points of latinHypercube",
    expected: `at most ${mostOptimisedPoints} points with criterion ${criterion}`,
    got: String(points),
    remedy: 'Use criterion "plain", smaller designs (another one follows each), or sobol.',
  });
}

export const latinHypercubeCard: SamplerCard = samplerCard({
  name: "latinHypercube",
  doc: "Stratified designs: each parameter's range has one slice per point, and each slice holds one point.",
  options: latinHypercubeOptions,
  adaptive: false,
  dependsOn: "nothing",
  sampler: latinHypercubeSampler,
});
