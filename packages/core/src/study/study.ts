/**
 * The study: a fold of a log of events with one strategy. It hands out jobs, takes reports, keeps the promises of the contract (exactly
 * one effect a job, nothing non-finite inside, every proposal in its space) and emits one event for each thing that happened, so that
 * the same events give the same study again.
 */

import { ConfigError, ProtocolError, StateError } from "../contract/errors.ts";
import { type JobId, trialId } from "../contract/ids.ts";
import type { Json } from "../contract/json.ts";
import { limits } from "../contract/limits.ts";
import { checkAmount, measure, type Told } from "../contract/measurement.ts";
import { checkProblem, type Problem } from "../contract/problem.ts";
import { sameJson } from "../contract/sameJson.ts";
import type { Context, Directive, Prediction, Strategy, Then } from "../contract/strategy.ts";
import type { FailureReason, History, Job, Report } from "../contract/trial.ts";
import { derive, root } from "../random/key.ts";
import { checkConfig } from "../space/config.ts";
import type { Config } from "../space/param.ts";
import { show } from "../text/show.ts";
import { bestTrials } from "./best.ts";
import { createBooks } from "./books.ts";
import type { Event } from "./events.ts";
import { acceptProposals, breach, checkDirectives, checkThen, withoutNegativeZeros } from "./guard.ts";
import type { Ledger, Outcome } from "./ledger.ts";

/** Everything that decides a study's future, but for what its jobs will report. */
export type StudyDefinition = { readonly problem: Problem; readonly strategy: Strategy; readonly seed: string | number };

/** What is asked for. */
export type AskOptions = {
  /** At most this many jobs; 1 by default. */
  readonly want?: number;
  /**
   * At most this many of the jobs are new trials; no bound by default. A strategy that cannot continue trials that it has, or has none to
   * continue because the problem has no fidelity, is asked for at most `starts` jobs.
   */
  readonly starts?: number;
  /**
   * True allows no new trial and waits for none: the trials that exist are trained as far as they deserve, also those in a rung that is only
   * half full. The study may still be asked for new trials later. False by default.
   */
  readonly finish?: boolean;
  /** The time of the event, in milliseconds; 0 by default. It is recorded and decides nothing. */
  readonly atMs?: number;
};

export type Asked = { readonly jobs: readonly Job[]; readonly directives: readonly Directive[]; readonly then: Then };

/**
 * accepted: it counted; failed: it was not finite, and the job has failed for that reason; repeated: the same had been said, nothing
 * changed; late: the job had ended otherwise, the event is kept and changes nothing.
 */
export type Heard = { readonly effect: "accepted" | "failed" | "repeated" | "late"; readonly directives: readonly Directive[] };

/** A study. All values are the user's: those it is told, and those of its history, jobs, events and predictions. */
export type Study = {
  readonly problem: Problem;
  readonly strategy: { readonly name: string; readonly version: number };
  readonly seed: string | number;
  readonly history: History;
  /** The strategy's state, to be read and serialised, not to be changed. */
  readonly state: Json;
  readonly done: boolean;
  /** Whether its strategy or `onEvent` has thrown, or the strategy broke the contract: nothing is taken any more, the log so far is good. */
  readonly closed: boolean;
  /** New jobs to run, what is to happen to running ones, and what to do next. */
  ask(options?: AskOptions): Asked;
  tell(job: JobId, told: Told, atMs?: number): Heard;
  fail(job: JobId, reason: FailureReason, details?: { readonly fidelity?: number; readonly costSeconds?: number }, atMs?: number): Heard;
  enqueue(config: Config, atMs?: number): void;
  observe(config: Config, told: Told, atMs?: number): void;
  /** What the strategy recommends, or the best trial's configuration where it has no opinion of its own; null before anything finished. */
  recommend(): Config | null;
  /** The strategy's model of the first objective at some configurations; null where it has none. */
  predict(configs: readonly Config[]): Prediction | null;
};

/**
 * @param onEvent called with each event after it took effect; append it to a log.
 * @throws ConfigError for a problem that nobody can serve, or not this strategy.
 */
export function startStudy(definition: StudyDefinition, onEvent: (event: Event) => void = () => {}): Study {
  const { problem, strategy, seed } = definition;
  checkProblem(problem);
  checkServes(problem, strategy);
  const books = createBooks(problem);
  const { orientation, user: ledger, strategy: seen } = books;
  const state = strategy.init(seen.problem, derive(root(seed), "strategy"));
  let then: Then = "more";
  let closed = false;

  const context = (): Context => ({ problem: seen.problem, history: seen.history(), queue: seen.queue, pending: seen.pending });

  /** What throws half-way leaves a state behind that no log tells of: the study stays closed. */
  const guarded = <T>(body: () => T): T => {
    closed = true;
    const result = body();
    closed = false;
    return result;
  };

  const commit = (event: Event): void => {
    if (event.kind !== "enqueued") books.direct(event.directives);
    onEvent(event);
  };

  /** An event that the strategy does not hear of. */
  const keep = (event: Event): void =>
    guarded(() => {
      books.apply(event);
      commit(event);
    });

  const resumes = strategy.can.resumes === true && problem.fidelity !== null;

  const ask: Study["ask"] = (options = {}) => {
    const { finish = false, atMs = 0 } = options;
    const wanted = options.want ?? 1;
    checkOpen(closed);
    checkWant(wanted);
    checkStarts(options.starts ?? Number.POSITIVE_INFINITY);
    const starts = finish ? 0 : (options.starts ?? Number.POSITIVE_INFINITY);
    const want = resumes ? wanted : Math.min(wanted, starts);
    if (want === 0 || then === "done") return { jobs: [], directives: [], then };
    const bounded = starts < want;
    return guarded(() => {
      const bounds = { ...(bounded && { starts }), ...(finish && { finish }) };
      const given = bounded ? { ...context(), ...bounds } : context();
      const answer = strategy.ask(state, given, want, trialId(ledger.history().trials.length));
      const jobs = orientation.jobs(acceptProposals(strategy.name, seen, answer.proposals, want, starts));
      checkDirectives(strategy.name, ledger, answer.directives, jobs);
      checkThen(strategy.name, answer.then);
      then = answer.then;
      if (jobs.length === 0 && then !== "done") {
        const ended = answer.directives.filter((directive) => directive.kind !== "discard").length;
        if (!bounded && ledger.busy === ended) breach(strategy.name, "a proposal, or done, while no job runs", `${then} without one`);
        if (then === "more") breach(strategy.name, "wait or done from an answer without proposals", "more");
      }
      const { directives } = answer;
      const event: Event = bounded
        ? { kind: "asked", want, ...bounds, jobs, directives, then, atMs }
        : { kind: "asked", want, jobs, directives, then, atMs };
      books.apply(event);
      commit(event);
      return { jobs, directives, then };
    });
  };

  const hear = (
    event: Event & { readonly kind: "told" | "failed" },
    report: (job: Job) => Report,
    effect: "accepted" | "failed",
  ): Heard => {
    const job = ledger.running(event.job)!;
    return guarded(() => {
      books.apply(event);
      const directives = strategy.tell(state, context(), report(job));
      checkDirectives(strategy.name, ledger, directives, []);
      commit(directives.length === 0 ? event : { ...event, directives });
      return { effect, directives };
    });
  };

  const late = (event: Event): Heard => {
    keep(event);
    return { effect: "late", directives: [] };
  };

  const fail: Study["fail"] = (id, reason, details = {}, atMs = 0) => {
    checkOpen(closed);
    checkReason(reason);
    const outcome = checkKnown(ledger, id);
    const event = {
      kind: "failed",
      job: id,
      reason,
      fidelity: details.fidelity ?? ledger.progress(id),
      costSeconds: details.costSeconds ?? 0,
      directives: [],
      atMs,
    } as const;
    checkReached(problem, "fidelity of a failure", event.fidelity, outcome === undefined ? ledger.until(id) : undefined);
    checkAmount("costSeconds of a failure", event.costSeconds);
    if (outcome !== undefined) return outcome.kind === "failed" && outcome.reason === reason ? repeated : late(event);
    return hear(
      event,
      (job) => ({ kind: "failed", job: id, trial: job.trial, reason, fidelity: event.fidelity, costSeconds: event.costSeconds }),
      "failed",
    );
  };

  const tell: Study["tell"] = (id, told, atMs = 0) => {
    checkOpen(closed);
    const outcome = checkKnown(ledger, id);
    const job = ledger.running(id);
    const fidelity = told.fidelity ?? ledger.until(id);
    const measurement = measure(problem, told, fidelity, job?.milestones ?? null);
    checkReached(problem, "fidelity of a measurement", fidelity);
    if (job !== undefined) checkFidelity(ledger, job, fidelity);
    if (measurement === null) return fail(id, "nonfinite", { fidelity, costSeconds: told.costSeconds ?? 0 }, atMs);
    const last = job === undefined || fidelity >= job.until;
    const event = { kind: "told", job: id, measurement, last, directives: [], atMs } as const;
    if (job === undefined) {
      const finished = outcome?.kind === "finished" ? outcome.measurement : null;
      return finished !== null && sameJson(finished, { ...measurement, rung: finished.rung }) ? repeated : late(event);
    }
    if (ledger.knows(job.trial, fidelity)) {
      keep(event);
      return { effect: "accepted", directives: [] };
    }
    const report = {
      kind: last ? "finished" : "measured",
      job: id,
      trial: job.trial,
      measurement: orientation.measurement(measurement),
    } as const;
    return hear(event, () => report, "accepted");
  };

  const enqueue: Study["enqueue"] = (config, atMs = 0) => {
    checkOpen(closed);
    checkExternal(strategy);
    keep({ kind: "enqueued", config: checkConfig(problem.space, config), atMs });
  };

  const observe: Study["observe"] = (config, told, atMs = 0) => {
    checkOpen(closed);
    checkExternal(strategy);
    const checked = checkConfig(problem.space, config);
    const fidelity = told.fidelity ?? problem.fidelity?.max ?? 1;
    const measurement = measure(problem, told, fidelity, null);
    checkReached(problem, "fidelity of an observed measurement", fidelity);
    if (measurement === null) {
      throw new ConfigError({
        code: "badMeasurement",
        what: "observed measurement",
        expected: "finite values",
        got: show(told.values.join(", ")),
        remedy: "Leave failed results out.",
      });
    }
    keep({ kind: "observed", config: checked, measurement, directives: [], atMs });
  };

  return {
    problem,
    strategy: { name: strategy.name, version: strategy.version },
    seed,
    get history() {
      return ledger.history();
    },
    state,
    get done() {
      return then === "done";
    },
    get closed() {
      return closed;
    },
    ask,
    tell,
    fail,
    enqueue,
    observe,
    recommend: () => strategy.recommend?.(state, context()) ?? bestTrials(problem, ledger.history())[0]?.config ?? null,
    predict: (configs) => {
      const checked = configs.map((config) => checkConfig(problem.space, config));
      const prediction = strategy.predict?.(state, context(), checked);
      return prediction === undefined ? null : orientation.prediction(withoutNegativeZeros(prediction));
    },
  };
}

const repeated: Heard = Object.freeze({ effect: "repeated", directives: Object.freeze([]) });

function checkOpen(closed: boolean): void {
  if (!closed) return;
  throw new StateError({
    code: "brokenStudy",
    what: "study",
    expected: "an open study",
    got: "one that is closed, because its strategy or onEvent threw, or that is busy with another call",
    remedy: "Replay its log into a new study.",
  });
}

function checkServes(problem: Problem, strategy: Strategy): void {
  const lacks = (expected: string, got: string): never => {
    throw new ConfigError({
      code: "unsuitableStrategy",
      what: `strategy ${show(strategy.name)}`,
      expected,
      got,
      remedy: "Choose another strategy, or simplify the problem.",
    });
  };
  if (problem.objectives.length > strategy.can.objectives)
    lacks(`at most ${strategy.can.objectives} objective${strategy.can.objectives === 1 ? "" : "s"}`, `${problem.objectives.length}`);
  if (problem.constraints.length > 0 && !strategy.can.constraints)
    lacks("a problem without constraints", `${problem.constraints.length} of them`);
  if (!strategy.can.conditional && problem.space.params.some(([, param]) => param.kind === "given"))
    lacks("a space without conditional parameters", "some");
}

/** Queued and observed configurations are points that the strategy did not propose. */
function checkExternal(strategy: Strategy): void {
  if (strategy.can.external) return;
  throw new ConfigError({
    code: "unsuitableStrategy",
    what: `strategy ${show(strategy.name)}`,
    expected: "its own points only",
    got: "one from elsewhere",
    remedy: "Choose a strategy that accepts points it did not propose.",
  });
}

function checkWant(want: number): void {
  if (Number.isInteger(want) && want >= 0 && want <= limits.want) return;
  throw new ProtocolError({
    code: "badWant",
    what: "ask",
    expected: `a whole number of proposals up to ${limits.want}`,
    got: show(want),
    remedy: "Ask for 1 or more.",
  });
}

function checkStarts(starts: number): void {
  if (starts === Number.POSITIVE_INFINITY || (Number.isInteger(starts) && starts >= 0)) return;
  throw new ProtocolError({
    code: "badWant",
    what: "ask",
    expected: "a whole number of new trials that is not negative",
    got: show(starts),
    remedy: "Leave it out for no bound.",
  });
}

function checkKnown(ledger: Ledger, id: JobId): Outcome | undefined {
  if (Number.isInteger(id) && id >= 0 && id < ledger.jobs) return ledger.outcome(id);
  throw new ProtocolError({
    code: "unknownJob",
    what: "report",
    expected: ledger.jobs === 0 ? "a job; none was handed out yet" : `a job from 0 to ${ledger.jobs - 1}`,
    got: show(id),
    remedy: "Report with the id that ask gave.",
  });
}

function checkReason(reason: FailureReason): void {
  if (["threw", "timeout", "lost", "nonfinite", "infeasible"].includes(reason)) return;
  throw new ProtocolError({
    code: "unknownReason",
    what: "failure reason",
    expected: "threw, timeout, lost, nonfinite or infeasible",
    got: show(reason),
    remedy: "Name one of the five.",
  });
}

/** A job reports each fidelity once, ascending, from where it started to where it ends. */
function checkFidelity(ledger: Ledger, job: Job, fidelity: number): void {
  const reached = ledger.progress(job.id);
  if (fidelity <= reached || fidelity > job.until)
    refuseFidelity(`fidelity of job ${job.id}`, `a number in (${reached}, ${job.until}]`, fidelity);
}

/** Whatever is reported lies between nothing and `most`: where the job ends, or as far as the problem goes for what no running job reports. */
function checkReached({ fidelity: range }: Problem, what: string, fidelity: number, most: number = range?.max ?? 1): void {
  const whole = range?.whole === true;
  if (typeof fidelity === "number" && fidelity >= 0 && fidelity <= most && (!whole || Number.isInteger(fidelity))) return;
  refuseFidelity(what, `a ${whole ? "whole " : ""}number in [0, ${most}]`, fidelity);
}

function refuseFidelity(what: string, expected: string, fidelity: number): never {
  throw new ProtocolError({
    code: "badFidelity",
    what,
    expected,
    got: show(fidelity),
    remedy: "Report each fidelity once, in ascending order.",
  });
}
