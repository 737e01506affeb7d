/** Which hyperparameters matter in a study, by the trials that it has. */
import { ConfigError, type Problem, root, type Trial } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { type Importance, type ImportanceOptions, importance } from "./importance.ts";
import type { SampledTrial } from "./sample.ts";

/** A study, in memory or durable, or a problem and its trials, such as what `readStudy` has read. */
export type StudyToExplain =
  | { readonly core: { readonly problem: Problem }; trials(): readonly Trial[] }
  | { readonly problem: Problem; readonly trials: readonly Trial[] };

export type StudyImportanceOptions = Partial<ImportanceOptions> & {
  /** The name of the objective that is explained; the first one by default. */
  readonly objective?: string;
};

/**
 * Computes the importance of every parameter and every pair for one objective of a study. It takes the trials that did not fail and were
 * trained as far as any other. The forest is drawn from `root("importance")` by default, so the same trials give the same shares.
 *
 * @throws ConfigError for fewer than two such trials, and for an objective that the study does not have.
 */
export function importanceOf(study: StudyToExplain, options: StudyImportanceOptions = {}): Importance {
  const problem = "core" in study ? study.core.problem : study.problem;
  const { objective, key = root("importance"), ...forest } = readOptions(options);
  const at = objective === undefined ? 0 : indexOfObjective(problem, objective);
  const trials = typeof study.trials === "function" ? study.trials() : study.trials;
  return importance(problem.space, observationsOf(trials, at), { key, ...forest });
}

const readOptions = optionReader<StudyImportanceOptions>("importanceOf", {
  key: anything,
  trees: anything,
  leastRows: anything,
  objective: anything,
});

function indexOfObjective({ objectives }: Problem, objective: string): number {
  const index = objectives.findIndex(({ name }) => name === objective);
  if (index >= 0) return index;
  throw new ConfigError({
    code: "badOption",
    what: "option objective of importanceOf",
    expected: `one of ${objectives.map(({ name }) => name).join(", ")}`,
    got: show(objective),
    remedy: "Name an objective of the study.",
  });
}

function observationsOf(trials: readonly Trial[], objective: number): readonly SampledTrial[] {
  const measured = trials.flatMap(({ status, config, curve }) => {
    const last = curve.at(-1);
    return last === undefined || status === "failed" ? [] : [{ config, last }];
  });
  const highest = measured.reduce((top, { last }) => Math.max(top, last.fidelity), 0);
  return measured.filter(({ last }) => last.fidelity === highest).map(({ config, last }) => ({ config, value: last.values[objective]! }));
}
