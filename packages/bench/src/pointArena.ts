/** Points to evaluate: a test function, cropped or turned by the seed, with the noise that the plan asks for. */
import { decode, derive } from "@caviar-hpo/core";
import { asProblem, instance, type Noise, noisy, type TestFunction, testFunction, toPoint } from "@caviar-hpo/objectives";
import { type Arena, finiteOrNull } from "./arena.ts";
import { cellKey, followsSeed, initialDesign, problemIdAt } from "./cells.ts";
import type { Plan, PlanNoise } from "./plan.ts";

/** Values are regrets where the instance follows the seed, so that every seed of a problem has one optimum. */
export type PointArena = Arena & {
  readonly fn: TestFunction;
  /** Noise-free, from the optimum on where the instance follows the seed. */
  readonly evaluate: (x: Float64Array) => number;
  /** What the strategy is told: noisy where the plan says so; `replicate` counts earlier evaluations of the same point. */
  readonly observe: (x: Float64Array, replicate: number) => number;
};

/** @throws ConfigError for a problem the catalogue does not know. */
export function pointArena(plan: Plan, problem: string, seed: number): PointArena {
  const key = cellKey(problem, seed);
  const base = testFunction(problemIdAt(problem, seed));
  const fn =
    plan.instances === "published"
      ? base
      : instance(base, derive(key, "instance"), { rotate: plan.instances === "rotated" && base.domain === "reals" });
  const shifting = followsSeed(problem);
  const offset = shifting ? fn.optimum.value : 0;
  const evaluate = (x: Float64Array): number => fn.evaluate(x) - offset;
  const noise = plan.noise === null ? null : noisy(fn, scaled(plan.noise), derive(key, "noise"));
  const observe = noise === null ? evaluate : (x: Float64Array, replicate: number): number => noise(x, replicate) - offset;
  const contract = asProblem(fn);
  return {
    facts: {
      title: shifting ? fn.title.replace(/instance \d+$/, "instance = seed") : fn.title,
      dimensions: fn.bounds.length,
      optimum: shifting ? 0 : fn.optimum.value,
      tolerance: fn.optimum.tolerance,
      tags: fn.tags,
      source: fn.source,
    },
    fn,
    evaluate,
    observe,
    problem: contract,
    initial: initialDesign(plan.initialPoints, fn.bounds.length, derive(key, "initial")).map((unit) => decode(contract.space, unit)),
    seconds: () => 1,
    begin: () => {
      const evaluations = new Map<string, number>();
      return {
        asked: ({ config }) => {
          const x = [...toPoint(fn, config)];
          const name = x.join(" ");
          evaluations.set(name, (evaluations.get(name) ?? 0) + 1);
          return { x };
        },
        answer: ({ config }) => {
          const point = toPoint(fn, config);
          const value = evaluate(point);
          const told = observe(point, evaluations.get(point.join(" "))! - 1);
          return { value: finiteOrNull(value), ...(Object.is(told, value) ? {} : { told: finiteOrNull(told) }) };
        },
      };
    },
    score: null,
  };
}

function scaled({ model, sd }: PlanNoise): Noise {
  return model === "multiplicative" ? { model, sd } : { model, sd: { spreads: sd } };
}
