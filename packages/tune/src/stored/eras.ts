/**
 * The eras of a study. In each, the space is the same. A study begins its next era when it is extended to a larger space: the strategy
 * starts again under a key of its own, and sees the trials of the earlier eras as observed ones. Their ids stay the same. Jobs are numbered
 * on, so no two jobs of a study have one id. In logs that earlier versions wrote, the jobs of each era are numbered from 0.
 */
import {
  type Config,
  derive,
  type Event,
  type History,
  type JobId,
  jobId,
  limits,
  type Problem,
  readHistory,
  replay,
  root,
  type Space,
  type Strategy,
  type Study,
  startStudy,
  type Trial,
  type TrialId,
  trialId,
} from "@caviar-hpo/core";
import { restore, type SavedState } from "@caviar-hpo/core/contract";
import { corrupt } from "./journalFault.ts";
import { isOwn, type LogEntry } from "./ownRecords.ts";

export type Era = {
  /** 0 for the first era. */
  readonly number: number;
  readonly problem: Problem;
  readonly seed: string | number;
  /** The id of the first job of the era. */
  readonly firstJob: number;
  /** How many ids the jobs of the earlier eras have. It is `firstJob`, except after an extension that an earlier version logged. */
  readonly earlierJobs: number;
  /** The jobs of trials that ran elsewhere when an era ended, each with the job under which its trial continues. */
  readonly renumbered: ReadonlyMap<JobId, JobId>;
  /** The events of the era. The first `carried` ones carry earlier trials over. They are not in the log, because they follow from it. */
  readonly events: Event[];
  readonly carried: number;
  /** The trials of the earlier eras, as they were at the end of their eras. */
  readonly earlier: readonly Trial[];
  /** The earlier trials that count towards no budget: observed ones, and those whose configurations are tried again. */
  readonly uncounted: ReadonlySet<TrialId>;
};

export function firstEra({ problem, seed }: { readonly problem: Problem; readonly seed: string | number }): Era {
  return {
    number: 0,
    problem,
    seed,
    firstJob: 0,
    earlierJobs: 0,
    renumbered: new Map(),
    events: [],
    carried: 0,
    earlier: [],
    uncounted: new Set(),
  };
}

/**
 * The era after the next entry of a log.
 *
 * @param seed the seed of the study.
 * @throws JournalError "corrupt" for an era whose jobs are not numbered on.
 */
export function withEntry(era: Era, entry: LogEntry, seed: string | number): Era {
  if (entry.kind === "extended") {
    const { space, firstJob = 0 } = entry;
    const next = jobsSoFar(era);
    if (firstJob !== 0 && firstJob !== next) corrupt("an extension in the log", `the first job ${next}`, `${firstJob}`, useAnotherCopy);
    return eraFrom(era, space, seed, firstJob);
  }
  if (!isOwn(entry)) era.events.push(entry);
  return era;
}

const useAnotherCopy = "The log is not whole, or was changed. Use another copy.";

/** The era that begins now, in a larger space. @param seed the seed of the study. */
export function nextEra(era: Era, space: Space, seed: string | number): Era {
  return eraFrom(era, space, seed, jobsSoFar(era));
}

/** The number after the highest id of a job so far. */
function jobsSoFar({ firstJob, earlierJobs, events }: Era): number {
  let jobs = firstJob;
  for (const event of events)
    jobs += event.kind === "asked" ? event.jobs.length : event.kind === "observed" && event.job !== undefined ? 1 : 0;
  return Math.max(jobs, earlierJobs);
}

/**
 * The era of a larger space. A job of the study that still runs ends with its era. If its trial has measured nothing, the configuration is
 * tried again, before those in the queue, and only the new trial counts towards a budget. An observed trial that still runs elsewhere
 * continues under a new job.
 *
 * @param seed the seed of the study.
 */
function eraFrom(era: Era, space: Space, seed: string | number, firstJob: number): Era {
  const number = era.number + 1;
  const problem = { ...era.problem, space };
  const { trials, running } = historyOf(era);
  const outside = running.filter((job) => job.observed).sort((one, other) => one.trial - other.trial);
  const elsewhere = new Map(outside.map((job) => [job.trial, job.until]));
  const lost = running.map((job) => trials[job.trial]!).filter(({ id, curve }) => !elsewhere.has(id) && curve.length === 0);
  const queue = [...lost.map(({ config }) => config), ...queueOf(era.events)];
  const events = carriedOver({ problem, firstJob }, trials, elsewhere, queue);
  return {
    number,
    problem,
    seed: derive(root(seed), "era", number).join(" "),
    firstJob,
    earlierJobs: jobsSoFar(era),
    renumbered: firstJob === 0 ? new Map() : renumbered(era, new Map(outside.map(({ id }, index) => [id, jobId(firstJob + index)]))),
    events,
    carried: events.length,
    earlier: allTrials(era.earlier, trials).map((trial) => (trial.status === "running" && !elsewhere.has(trial.id) ? ended(trial) : trial)),
    uncounted: new Set([...era.uncounted, ...observedIn(era), ...lost.map(({ id }) => id)]),
  };
}

/** What happened in an era, and what it has from earlier ones. */
export function historyOf({ problem, events, firstJob }: Era): History {
  return readHistory(problem, events, firstJob);
}

/** The job itself, or the one under which its trial continues: that of a trial that ran elsewhere when an era ended. */
export function jobNow({ renumbered }: Era, job: JobId): JobId {
  return renumbered.get(job) ?? job;
}

/** The failures of the jobs that end with an era. */
export function lostWith(era: Era): readonly Event[] {
  return historyOf(era)
    .running.filter((job) => !job.observed)
    .map(({ id }) => ({ kind: "failed", job: id, ...wasLost, fidelity: 0, costSeconds: 0, directives: [], atMs: 0 }));
}

function renumbered({ renumbered: before }: Era, now: ReadonlyMap<JobId, JobId>): ReadonlyMap<JobId, JobId> {
  return new Map([...[...before].map(([old, id]) => [old, now.get(id) ?? id] as const), ...now]);
}

/** The trials that were observed in an era, not those that it has from earlier ones. */
function observedIn({ events, earlier }: Era): readonly TrialId[] {
  const found: TrialId[] = [];
  let trials = 0;
  for (const event of events) {
    if (event.kind === "observed") found.push(trialId(trials++));
    else if (event.kind === "asked") for (const { trial } of event.jobs) trials = Math.max(trials, trial + 1);
  }
  return found.slice(earlier.length);
}

/** Trials as they are known from all eras. @param trials as the last era has them. */
export function allTrials(earlier: readonly Trial[], trials: readonly Trial[]): readonly Trial[] {
  return trials.map((trial) => (trial.id < earlier.length && !hasChanged(earlier[trial.id]!, trial) ? earlier[trial.id]! : trial));
}

/** Whether an earlier trial ran on, or was continued by the strategy. */
function hasChanged(earlier: Trial, now: Trial): boolean {
  return earlier.status === "running" || now.curve.length > earlier.curve.length;
}

function ended(trial: Trial): Trial {
  return trial.curve.length > 0 ? { ...trial, status: "stopped" } : { ...trial, status: "failed", failure: wasLost };
}

const wasLost = { reason: "lost" } as const;

/**
 * The events that bring earlier trials, and configurations to try, into a new era.
 *
 * @param era the problem of the new era, and its first job. @param elsewhere the trials that run elsewhere, and how far they will go.
 */
function carriedOver(
  era: Pick<Era, "problem" | "firstJob">,
  trials: readonly Trial[],
  elsewhere: ReadonlyMap<TrialId, number>,
  queue: readonly Config[],
): Event[] {
  const events: Event[] = [];
  const study = startStudy({ ...era, strategy: recorder, seed: 0 }, (event) => events.push(event));
  for (const { id, config, curve, failure } of trials) {
    const until = elsewhere.get(id);
    if (until !== undefined) study.observe(config, { status: "running", measurements: curve, until });
    else if (failure !== undefined || curve.length === 0)
      study.observe(config, { status: "failed", measurements: curve, ...(failure ?? wasLost) });
    else study.observe(config, curve.length === 1 ? curve[0]! : { measurements: curve });
  }
  for (const config of queue) study.enqueue(config);
  return events;
}

/** A strategy that only takes what it is given. */
const recorder: Strategy<null> = {
  name: "recorder",
  version: 1,
  can: { batch: true, fidelity: true, conditional: true, objectives: limits.objectives, constraints: true, external: true },
  init: () => null,
  ask: () => ({ proposals: [], directives: [], then: "done" }),
  tell: () => [],
};

/** What was enqueued and has not begun. */
function queueOf(events: readonly Event[]): readonly Config[] {
  const queue: Config[] = [];
  let trials = 0;
  let begun = 0;
  for (const event of events) {
    if (event.kind === "enqueued") queue.push(event.config);
    else if (event.kind === "observed") trials++;
    else if (event.kind === "asked")
      for (const { trial, from } of event.jobs) {
        if (trial < trials) continue;
        trials++;
        if (from === null && begun < queue.length) begun++;
      }
  }
  return queue.slice(begun);
}

/**
 * The study of an era. Its events in the log are verified, but those before the snapshot. Its budget counts the trials of all eras.
 *
 * @param strategy that of the era. @param seed that of the study.
 */
export function studyOf(
  era: Era,
  { strategy, seed }: { readonly strategy: Strategy; readonly seed: string | number },
  snapshot: SavedState | null,
  onEvent: (event: Event) => void,
): Study {
  const definition = { problem: era.problem, strategy, seed: era.seed, firstJob: era.firstJob };
  const study = snapshot === null ? replay(definition, era.events, onEvent) : restore(definition, era.events, snapshot, onEvent);
  return era.number === 0 ? study : acrossEras(study, era, seed);
}

/**
 * The study of an era, whose budget counts the trials of all eras. A report under the earlier job of a trial that runs elsewhere is one of
 * its job now.
 *
 * @param seed the seed of the study.
 */
function acrossEras(study: Study, era: Era, seed: string | number): Study {
  const { earlier, uncounted } = era;
  const { length } = earlier;
  const started = length - uncounted.size;
  const whole: Partial<Study> = {
    seed,
    get started() {
      return started + study.started;
    },
    tell: (job, told, atMs) => study.tell(jobNow(era, job), told, atMs),
    fail: (job, reason, details, atMs) => study.fail(jobNow(era, job), reason, details, atMs),
    observed: (trial) => (trial < length ? uncounted.has(trial) : study.observed(trial)),
    ask: (options = {}) => {
      const trials = options?.trials;
      return study.ask(trials !== undefined && trials >= 0 ? { ...options, trials: Math.max(0, trials - started) } : options);
    },
  };
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(study), ...Object.getOwnPropertyDescriptors(whole) }) as Study;
}
