/**
 * The eras of a study. In each, the space is the same. A study begins its next era when it is extended to a larger space: the strategy
 * starts again under a key of its own, and sees the trials of the earlier eras as observed ones. Their ids stay the same.
 */
import {
  type Config,
  derive,
  type Event,
  limits,
  type Problem,
  readHistory,
  root,
  type Space,
  type Strategy,
  type Study,
  startStudy,
  type Trial,
  type TrialId,
  trialId,
} from "@caviar-hpo/core";
import type { LogEntry } from "./events.ts";
import { isOwn } from "./ownRecords.ts";

export type Era = {
  /** 0 for the first era. */
  readonly number: number;
  readonly problem: Problem;
  readonly seed: string | number;
  /** The events of the era. Those that carry the earlier trials over come first. They are not in the log, because they follow from it. */
  readonly events: Event[];
  /** The trials of the earlier eras, as they were at the end of their eras. */
  readonly earlier: readonly Trial[];
  /** The earlier trials that count towards no budget: observed ones, and those whose configurations are tried again. */
  readonly uncounted: ReadonlySet<TrialId>;
};

export function firstEra({ problem, seed }: { readonly problem: Problem; readonly seed: string | number }): Era {
  return { number: 0, problem, seed, events: [], earlier: [], uncounted: new Set() };
}

/** The era after the next entry of a log. @param seed the seed of the study. */
export function withEntry(era: Era, entry: LogEntry, seed: string | number): Era {
  if (entry.kind === "extended") return nextEra(era, entry.space, seed);
  if (!isOwn(entry)) era.events.push(entry);
  return era;
}

/**
 * The era of a larger space. A job of the study that still runs ends with its era. If its trial has measured nothing, the configuration is
 * tried again, before those in the queue, and only the new trial counts towards a budget. An observed trial that still runs elsewhere
 * continues under a new job.
 *
 * @param seed the seed of the study.
 */
export function nextEra(era: Era, space: Space, seed: string | number): Era {
  const number = era.number + 1;
  const problem = { ...era.problem, space };
  const history = readHistory(era.problem, era.events);
  const { trials, running } = history;
  const elsewhere = new Map(running.filter((job) => job.observed).map((job) => [job.trial, job.until]));
  const lost = running.map((job) => trials[job.trial]!).filter(({ id, curve }) => !elsewhere.has(id) && curve.length === 0);
  return {
    number,
    problem,
    seed: derive(root(seed), "era", number).join(" "),
    events: carriedOver(problem, trials, elsewhere, [...lost.map(({ config }) => config), ...queueOf(era.events)]),
    earlier: allTrials(era.earlier, trials).map((trial) => (trial.status === "running" && !elsewhere.has(trial.id) ? ended(trial) : trial)),
    uncounted: new Set([...era.uncounted, ...observedIn(era), ...lost.map(({ id }) => id)]),
  };
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
 * @param elsewhere the trials that run elsewhere, and how far they will go.
 */
function carriedOver(
  problem: Problem,
  trials: readonly Trial[],
  elsewhere: ReadonlyMap<TrialId, number>,
  queue: readonly Config[],
): Event[] {
  const events: Event[] = [];
  const study = startStudy({ problem, strategy: recorder, seed: 0 }, (event) => events.push(event));
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

/** The study of an era, whose budget counts the trials of all eras. @param seed the seed of the study. */
export function acrossEras(study: Study, { earlier, uncounted }: Era, seed: string | number): Study {
  const { length } = earlier;
  const started = length - uncounted.size;
  const whole: Partial<Study> = {
    seed,
    get started() {
      return started + study.started;
    },
    observed: (trial) => (trial < length ? uncounted.has(trial) : study.observed(trial)),
    ask: (options = {}) => {
      const trials = options?.trials;
      return study.ask(trials !== undefined && trials >= 0 ? { ...options, trials: Math.max(0, trials - started) } : options);
    },
  };
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(study), ...Object.getOwnPropertyDescriptors(whole) }) as Study;
}
