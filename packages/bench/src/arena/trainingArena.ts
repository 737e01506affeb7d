/**
 * Configurations to train: a function of several fidelities, cropped by the seed. The function brings its own noise. A configuration
 * trained twice with one seed takes the same course, whichever strategies train it.
 */
import { derive } from "@caviar-hpo/core";
import { asProblem, type MultiFidelityFunction, multiFidelityFunction, multiFidelityInstance } from "@caviar-hpo/objectives";
import { groupOf } from "@caviar-hpo/objectives/points";
import type { Arena } from "./arena.ts";
import { arenaKey, initialDesign, type TrainingArenaSpec } from "./arenaSpec.ts";
import { curveProblem, isCurveId } from "./curveProblem.ts";

/** @throws ConfigError for a problem that the catalogue does not have, and for a table that was not fetched. */
export function trainingArena(spec: TrainingArenaSpec): Arena {
  const { followsSeed } = spec;
  const key = arenaKey(spec);
  const base = functionOf(spec.instanceId);
  const fn = spec.instances === "published" ? base : multiFidelityInstance(base, derive(key, "instance"));
  const noise = derive(key, "noise");
  const offset = followsSeed ? fn.optimum.value : 0;
  return {
    facts: {
      title: followsSeed ? fn.title.replace(/instance \d+$/, "instance = seed") : fn.title,
      dimensions: fn.space.params.length,
      optimum: fn.optimum.value - offset,
      tolerance: fn.optimum.tolerance,
      tags: [],
      source: fn.source,
      group: groupOf(spec.instanceId),
      box: boxRule(spec),
    },
    problem: asProblem(fn),
    initial: initialDesign(spec, fn.space),
    seconds: (config, from, to) => fn.costSeconds(config, to) - (from === 0 ? 0 : fn.costSeconds(config, from)),
    noisy: false,
    population: null,
    begin: () => ({
      request: ({ trial, config }, fidelity, resource) => ({ trial, config, fidelity, resource }),
      // An infeasible configuration is not measured: it fails as one that diverges does.
      answer: ({ config }, fidelity) => ({ told: fn.evaluate(config, fidelity, noise) - offset }),
    }),
    score: (config) => fn.truth(config) - offset,
  };
}

/** Where the space comes from, for the report. */
function boxRule({ instanceId, instances }: TrainingArenaSpec): string {
  if (isCurveId(instanceId)) return `all learners of the table${instances === "published" ? "" : ", whose order the seed shuffles"}`;
  if (instances === "published") return "the published box";
  return "the seed crops the ranges of real parameters, by up to a quarter at each end, and shuffles unordered choices";
}

/** Functions are pure, and learning curves take long to make: all seeds of a problem share one. */
const functions = new Map<string, MultiFidelityFunction>();

function functionOf(id: string): MultiFidelityFunction {
  const fn = functions.get(id) ?? (isCurveId(id) ? curveProblem(id) : multiFidelityFunction(id));
  functions.set(id, fn);
  return fn;
}
