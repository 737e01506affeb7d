/** Points to evaluate: a problem of which every configuration has a value at once. */
import type { Config, Space } from "@caviar-hpo/core";
import { isFeasible } from "@caviar-hpo/core/contract";
import type { Arena, ArenaRun } from "./arena.ts";
import { initialDesign, type PointArenaSpec } from "./arenaSpec.ts";
import { pointOf } from "./point.ts";
import { functionProblem, type PointProblem } from "./pointProblem.ts";
import { isTableId, tableProblem } from "./tableProblem.ts";

/** Values are regrets where the instance follows the seed, so that every seed of a problem has one optimum. */
export type PointArena = Arena & Pick<PointProblem, "evaluate" | "observe" | "constraintsAt">;

/** @throws ConfigError for a problem that the catalogue does not have. */
export function pointArena(spec: PointArenaSpec): PointArena {
  const { problem, facts, constraintsAt, seconds, noisy, population, ...values } = problemOf(spec);
  const offset = spec.followsSeed ? facts.optimum : 0;
  const evaluate = (config: Config): number => values.evaluate(config) - offset;
  const observe = (config: Config, replicate: number): number => values.observe(config, replicate) - offset;
  return {
    facts: { ...facts, optimum: facts.optimum - offset },
    problem,
    initial: initialDesign(spec, problem.space),
    seconds,
    noisy,
    population,
    evaluate,
    observe,
    constraintsAt,
    begin: () => beginRun(problem.space, { evaluate, observe, constraintsAt }),
    score: (config) => (isFeasible({ constraints: constraintsAt(config) }) ? evaluate(config) : NaN),
  };
}

function problemOf(spec: PointArenaSpec): PointProblem {
  return isTableId(spec.instanceId) ? tableProblem(spec) : functionProblem(spec);
}

/** Counts the evaluations of each point, so that each replicate has a noise of its own. */
function beginRun(
  space: Space,
  { evaluate, observe, constraintsAt }: Pick<PointProblem, "evaluate" | "observe" | "constraintsAt">,
): ArenaRun {
  const evaluations = new Map<string, number>();
  return {
    request: ({ config }) => {
      const x = pointOf(space, config);
      const name = JSON.stringify(x);
      evaluations.set(name, (evaluations.get(name) ?? 0) + 1);
      return { x };
    },
    answer: ({ config }) => {
      const value = evaluate(config);
      const told = observe(config, evaluations.get(JSON.stringify(pointOf(space, config)))! - 1);
      const constraints = constraintsAt(config);
      return {
        value,
        ...(Object.is(told, value) ? {} : { told }),
        ...(constraints.length === 0 ? {} : { constraints }),
      };
    },
  };
}
