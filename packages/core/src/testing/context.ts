/** A context made by hand, for tests that call a sampler or strategy without a study. */
import { pendingIn } from "../contract/pending.ts";
import type { Problem } from "../contract/problem.ts";
import type { Context } from "../contract/strategy.ts";
import type { History } from "../contract/trial.ts";
import type { Config } from "../space/param.ts";

/**
 * Makes a context.
 *
 * @param queue enqueued configurations, oldest first. None by default.
 */
export function contextOf(problem: Problem, history: History, queue: readonly Config[] = []): Context {
  const running = { size: history.running.length, values: () => history.running };
  return {
    problem,
    history,
    queue,
    pending: pendingIn({
      space: problem.space,
      running,
      queue,
      configOf: (trial) => history.trials[trial]!.config,
    }),
  };
}
