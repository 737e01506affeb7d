/** A function of several fidelities as an evaluation for `drive`. A job measures at its milestones and stops early if it is told to. */
import type { Evaluate, Key, Told } from "@caviar-hpo/core";
import { jobSeconds, type MultiFidelityFunction } from "./multiFidelityFunction.ts";

/**
 * Makes the evaluation for jobs of `asProblem(fn)`. `run` names the repetition. A configuration that is trained twice in one repetition has
 * the same curve, so nothing depends on the order of evaluations or on the number of workers. The costs are those of the function, from the
 * start of the job. A diverged run reports NaN, which fails the job. An infeasible configuration reports that it is infeasible.
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
