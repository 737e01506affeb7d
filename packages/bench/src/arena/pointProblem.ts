/**
 * What an arena of points evaluates: a function of the catalogue, as the seed makes it. Functions on boxes, on other spaces and with
 * constraints have one form here.
 */

import type { Problem } from "@caviar-hpo/core";
import { type Config, derive } from "@caviar-hpo/core";
import {
  asProblem,
  instance,
  type MixedFunction,
  mixedInstance,
  type Noise,
  noisy,
  placed,
  type TestFunction,
  toPoint,
} from "@caviar-hpo/objectives";
import { groupOf, noisyMixed, type PointFunction, placementOf, pointFunction } from "@caviar-hpo/objectives/points";
import type { PlanInstances } from "../plan/plan.ts";
import type { ArenaFacts } from "./arena.ts";
import { arenaKey, type PointArenaSpec } from "./arenaSpec.ts";
import { isTuned } from "./tuningSet.ts";

/** A problem of which every configuration has a value at once. */
export type PointProblem = {
  readonly problem: Problem;
  readonly facts: ArenaFacts;
  /** The value without noise. */
  readonly evaluate: (config: Config) => number;
  /** What the strategy is told: noisy if the plan says so. `replicate` counts the earlier evaluations of the configuration. */
  readonly observe: (config: Config, replicate: number) => number;
  /** The values of the constraints, in the order of `problem.constraints`. */
  readonly constraintsAt: (config: Config) => readonly number[];
  /** How long an evaluation takes; 1 if it is only counted. */
  readonly seconds: (config: Config) => number;
  /** Whether `observe` differs from `evaluate`. */
  readonly noisy: boolean;
  /** The values of all configurations, if they are known: those of a table. */
  readonly population: Float64Array | null;
};

/** @throws ConfigError for a problem that the catalogue does not have. */
export function functionProblem(spec: PointArenaSpec): PointProblem {
  const base = pointFunction(spec.instanceId);
  const fn = instanceOf(base, spec);
  const { value, tolerance } = fn.optimum;
  const noise = spec.noise === null ? null : scaled(spec.noise);
  const key = derive(arenaKey(spec), "noise");
  const [evaluate, observe] = "bounds" in fn ? onBox(fn, noise, key) : onSpace(fn, noise, key);
  const problem = asProblem(fn);
  return {
    problem,
    facts: {
      title: spec.followsSeed ? fn.title.replace(/instance \d+/, "instance = seed") : fn.title,
      dimensions: problem.space.params.length,
      optimum: value,
      tolerance,
      tags: "tags" in fn ? fn.tags : [],
      source: fn.source,
      group: groupOf(spec.instanceId),
      ...(isTuned(spec.instanceId) && { tuned: true }),
      box: boxRule(base, spec.instances),
      ...("constraints" in fn && { measuredConstraints: fn.constraints }),
    },
    evaluate,
    observe,
    constraintsAt: "constraintsAt" in fn ? fn.constraintsAt : () => [],
    seconds: () => 1,
    noisy: noise !== null,
    population: null,
  };
}

type Evaluators = readonly [PointProblem["evaluate"], PointProblem["observe"]];

function onBox(fn: TestFunction, noise: Noise | null, key: Parameters<typeof noisy>[2]): Evaluators {
  const evaluate = (config: Config): number => fn.evaluate(toPoint(fn, config));
  if (noise === null) return [evaluate, evaluate];
  const noisyAt = noisy(fn, noise, key);
  return [evaluate, (config, replicate) => noisyAt(toPoint(fn, config), replicate)];
}

function onSpace(fn: MixedFunction, noise: Noise | null, key: Parameters<typeof noisyMixed>[2]): Evaluators {
  return [fn.evaluate, noise === null ? fn.evaluate : noisyMixed(fn, noise, key)];
}

function instanceOf(base: PointFunction, spec: PointArenaSpec): PointFunction {
  const key = derive(arenaKey(spec), "instance");
  if (spec.instances === "published") return base;
  if (!("bounds" in base)) return mixedInstance(base, key);
  if (spec.instances === "placed") return placed(base, key);
  return instance(base, key, { rotate: spec.instances === "rotated" && base.domain === "reals" });
}

/** Where the box and the optimum come from, for the report. */
function boxRule(base: PointFunction, instances: PlanInstances): string {
  if (instances === "published") {
    return "isInstance" in base ? cocoBox : "the published box: the optimum is at the same place for every seed";
  }
  if (!("bounds" in base))
    return "the seed crops the ranges of real parameters, by up to a quarter at each end, and shuffles unordered choices";
  const crop = "the seed crops each side of the box by up to a quarter: an optimum at its centre stays in the middle third";
  if (instances === "rotated") return base.domain === "reals" ? `${crop}; the seed rotates the function about its minimiser` : crop;
  if (instances === "cropped") return crop;
  const rules = {
    moved: "the seed moves the function in its published box, so that the optimum is uniform in the box",
    instance: cocoBox,
    cropped: `${crop}; the function cannot be moved, because it is lower outside its box`,
  };
  return rules[placementOf(base)];
}

const cocoBox = "COCO's box [-5, 5] in every coordinate; the instance places the optimum";

function scaled(noise: NonNullable<PointArenaSpec["noise"]>): Noise {
  if ("severity" in noise) return noise;
  const { model, sd } = noise;
  return model === "multiplicative" ? { model, sd } : { model, sd: { spreads: sd } };
}
