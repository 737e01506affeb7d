/** A function of several fidelities as what `drive` evaluates: a job passes its milestones and ends where it should. */
import type { Evaluate, Key, Told } from "@caviar-hpo/core";
import { jobSeconds, type MultiFidelityFunction } from "./multiFidelityFunction.ts";

/**
 * The evaluation of jobs of `asProblem(fn)`. `run` names the repetition: a configuration trained twice in it takes the same course, so
 * that nothing depends on the order of evaluations or the number of workers. Costs are those of the function, from the job's start.
 * What has diverged is told as NaN, which fails the job; an infeasible configuration is said to be one.
 */
export function training(fn: MultiFidelityFunction, run: Key): Evaluate {
  return ({ config, from, milestones, until }, { measure }) => {
    if (!fn.feasible(config)) return { infeasible: true };
    const toldAt = (fidelity: number): Told & { readonly fidelity: number } => ({
      fidelity,
      values: [fn.evaluate(config, fidelity, run)],
      costSeconds: jobSeconds(fn, config, from?.fidelity ?? 0, fidelity),
    });
    for (const milestone of milestones) {
      if (milestone < until && !measure(toldAt(milestone))) break;
    }
    return toldAt(until);
  };
}
