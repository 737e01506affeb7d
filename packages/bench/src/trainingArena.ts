/**
 * Configurations to train: a function of several fidelities, cropped by the seed. It brings its own noise; a configuration trained twice with
 * one seed takes the same course, whoever trains it.
 */
import { decode, derive } from "@caviar-hpo/core";
import { asProblem, type MultiFidelityFunction, multiFidelityFunction, multiFidelityInstance } from "@caviar-hpo/objectives";
import { type Arena, finiteOrNull } from "./arena.ts";
import { cellKey, followsSeed, initialDesign, problemIdAt } from "./cells.ts";
import type { Plan } from "./plan.ts";

/** @throws ConfigError for a problem the catalogue does not know. */
export function trainingArena(plan: Plan, problem: string, seed: number): Arena {
  const key = cellKey(problem, seed);
  const base = functionOf(problemIdAt(problem, seed));
  const fn = plan.instances === "published" ? base : multiFidelityInstance(base, derive(key, "instance"));
  const run = derive(key, "noise");
  const shifting = followsSeed(problem);
  const offset = shifting ? fn.optimum.value : 0;
  return {
    facts: {
      title: shifting ? fn.title.replace(/instance \d+$/, "instance = seed") : fn.title,
      dimensions: fn.space.params.length,
      optimum: fn.optimum.value - offset,
      tolerance: fn.optimum.tolerance,
      tags: [],
      source: fn.source,
    },
    problem: asProblem(fn),
    initial: initialDesign(plan.initialPoints, fn.space.dims, derive(key, "initial")).map((unit) => decode(fn.space, unit)),
    seconds: (config, from, to) => fn.costSeconds(config, to) - (from === 0 ? 0 : fn.costSeconds(config, from)),
    begin: () => ({
      asked: ({ trial, config }, fidelity, resource) => ({ trial, config, fidelity, resource }),
      // Where a configuration is infeasible, nothing is measured: that fails the trial as divergence does.
      answer: ({ config }, fidelity) => ({ told: finiteOrNull(fn.evaluate(config, fidelity, run) - offset) }),
    }),
    score: (config) => fn.truth(config) - offset,
  };
}

/** Functions are pure, and learning curves dear to make: every seed of a problem shares the one that is made first. */
const functions = new Map<string, MultiFidelityFunction>();

function functionOf(id: string): MultiFidelityFunction {
  const fn = functions.get(id) ?? multiFidelityFunction(id);
  functions.set(id, fn);
  return fn;
}
