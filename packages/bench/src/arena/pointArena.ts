/** Points to evaluate: a test function, cropped or turned by the seed, with the noise that the plan asks for. */
import { derive } from "@caviar-hpo/core";
import { asProblem, instance, type Noise, noisy, type TestFunction, testFunction, toPoint } from "@caviar-hpo/objectives";
import type { PlanNoise } from "../plan/plan.ts";
import type { Arena, ArenaRun } from "./arena.ts";
import { arenaKey, initialDesign, type PointArenaSpec } from "./arenaSpec.ts";

/** Values are regrets where the instance follows the seed, so that every seed of a problem has one optimum. */
export type PointArena = Arena & {
  readonly fn: TestFunction;
  /** Noise-free; counted from the optimum where the instance follows the seed. */
  readonly evaluate: (x: Float64Array) => number;
  /** What the strategy is told: noisy where the plan says so; `replicate` counts earlier evaluations of the same point. */
  readonly observe: (x: Float64Array, replicate: number) => number;
};

/** @throws ConfigError for a problem that the catalogue does not have. */
export function pointArena(spec: PointArenaSpec): PointArena {
  const fn = instanceOf(spec);
  const offset = spec.followsSeed ? fn.optimum.value : 0;
  const evaluate = (x: Float64Array): number => fn.evaluate(x) - offset;
  const noise = spec.noise === null ? null : noisy(fn, scaled(spec.noise), derive(arenaKey(spec), "noise"));
  const observe = noise === null ? evaluate : (x: Float64Array, replicate: number): number => noise(x, replicate) - offset;
  const problem = asProblem(fn);
  return {
    facts: factsOf(fn, spec.followsSeed),
    fn,
    evaluate,
    observe,
    problem,
    initial: initialDesign(spec, problem.space),
    seconds: () => 1,
    begin: () => beginRun(fn, evaluate, observe),
    score: (config) => evaluate(toPoint(fn, config)),
  };
}

function instanceOf(spec: PointArenaSpec): TestFunction {
  const base = testFunction(spec.instanceId);
  if (spec.instances === "published") return base;
  const rotate = spec.instances === "rotated" && base.domain === "reals";
  return instance(base, derive(arenaKey(spec), "instance"), { rotate });
}

function factsOf(fn: TestFunction, followsSeed: boolean): Arena["facts"] {
  return {
    title: followsSeed ? fn.title.replace(/instance \d+$/, "instance = seed") : fn.title,
    dimensions: fn.bounds.length,
    optimum: followsSeed ? 0 : fn.optimum.value,
    tolerance: fn.optimum.tolerance,
    tags: fn.tags,
    source: fn.source,
  };
}

/** Counts the evaluations of each point, so that each replicate has a noise of its own. */
function beginRun(fn: TestFunction, evaluate: PointArena["evaluate"], observe: PointArena["observe"]): ArenaRun {
  const evaluations = new Map<string, number>();
  return {
    request: ({ config }) => {
      const x = [...toPoint(fn, config)];
      const name = x.join(" ");
      evaluations.set(name, (evaluations.get(name) ?? 0) + 1);
      return { x };
    },
    answer: ({ config }) => {
      const point = toPoint(fn, config);
      const value = evaluate(point);
      const told = observe(point, evaluations.get(point.join(" "))! - 1);
      return { value, ...(Object.is(told, value) ? {} : { told }) };
    },
  };
}

function scaled({ model, sd }: PlanNoise): Noise {
  return model === "multiplicative" ? { model, sd } : { model, sd: { spreads: sd } };
}
