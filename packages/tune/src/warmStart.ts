/** Warm start: a new study begins with the trials of an earlier one. */
import { adopt, checkConfig, type History, type Study } from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { below, optionsRoot, reject } from "@caviar-hpo/core/read";

/** The trials of an earlier study: its history, or what `readStudy` has read. */
export type EarlierTrials = Pick<History, "trials">;

/**
 * Adds the trials of an earlier study to one that has none, as observed trials. If a crash has cut this short, the log has the first ones,
 * and the others are added now. Any other study stays as it is: it was begun before.
 *
 * @throws ConfigError for what is no history, and for trials that do not fit the space; no trial is added then.
 */
export function warmStart(study: Study, earlier: EarlierTrials): void {
  if (study.started > 0) return;
  const observations = observationsOf(earlier);
  const configs = observations.map(([config]) => checkConfig(study.problem.space, config));
  const { trials } = study.history;
  if (trials.every(({ config }, index) => sameJson(config, configs[index])))
    for (const observation of observations.slice(trials.length)) study.observe(...observation);
}

/** What `adopt` observes. */
function observationsOf(earlier: EarlierTrials): readonly Parameters<Study["observe"]>[] {
  const observations: Parameters<Study["observe"]>[] = [];
  const observe: Study["observe"] = (...observation) => {
    observations.push(observation);
    return null as never;
  };
  try {
    adopt({ observe } as Study, earlier as History);
  } catch {
    reject(below(optionsRoot("createStudy"), "warmStart"), "the history of a study", earlier);
  }
  return observations;
}
