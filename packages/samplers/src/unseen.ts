import type { Config, Context } from "@caviar-hpo/core";

/** Pending configurations that are not in the history yet: those proposed earlier in the same ask, and those in the queue. */
export function unseenIn({ history, pending }: Context): readonly Config[] {
  const known = history.trials.length;
  return [...pending].filter(({ trial }) => trial === null || trial >= known).map(({ config }) => config);
}
