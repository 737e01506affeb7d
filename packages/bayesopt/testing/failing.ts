/** Runs of the optimiser on problems whose trials fail outside a part of the unit cube. */
import { type Config, type FailureReason, real } from "@caviar-hpo/core";
import { type FailureProblem, type FailureShares, failureShares } from "../bench/failureProblems.mjs";
import { open, run } from "./studies.ts";

/** How a failure is told: the trial fails for a reason, or a constraint of two values says no. */
export type Failing = FailureReason | "constraint";

/** The shares of failures after the 20th of 50 trials. `gap`: of the best value to the optimum, as a part of the range. */
export type FailingRun = FailureShares & { readonly gap: number };

export function runFailing(problem: FailureProblem, failing: Failing, seed: number | string): FailingRun {
  const { d, succeeds, value, optimum, range } = problem;
  const names = Array.from({ length: d }, (_, axis) => `x${axis}`);
  const pointOf = (config: Config): readonly number[] => names.map((name) => config[name] as number);
  const shape = Object.fromEntries(names.map((name) => [name, real(0, 1)]));
  const study = run(open(shape, { seed, constraints: failing === "constraint" ? 1 : 0 }), 50, (config) => {
    const x = pointOf(config);
    if (failing === "constraint") return { values: [value(x)], constraints: [succeeds(x) ? 0 : 1] };
    return succeeds(x) ? value(x) : failing;
  });
  const points = study.history.trials.map(({ config }) => pointOf(config));
  const best = Math.min(...points.filter(succeeds).map(value));
  return { ...failureShares(points.map(succeeds), 20), gap: (best - optimum) / range };
}
