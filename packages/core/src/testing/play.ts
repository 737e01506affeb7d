/**
 * The player: it performs a script on a study, and records what happened. It skips a step that has no object, such as a report while no job
 * runs.
 */
import { ProtocolError } from "../contract/errors.ts";
import { type JobId, jobId } from "../contract/ids.ts";
import type { Told } from "../contract/measurement.ts";
import type { Problem } from "../contract/problem.ts";
import type { Directive, Strategy } from "../contract/strategy.ts";
import type { FailureReason, Job } from "../contract/trial.ts";
import { decode } from "../space/codec.ts";
import type { Config, Space } from "../space/param.ts";
import type { Asked } from "../study/ask.ts";
import type { Event } from "../study/events.ts";
import type { ObservedTrial } from "../study/observe.ts";
import { replay } from "../study/replay.ts";
import type { Heard } from "../study/report.ts";
import { restore } from "../study/restore.ts";
import { type Study, startStudy } from "../study/study.ts";
import { parseWire, stringifyWire } from "../wire/json.ts";
import type { Script, Step } from "./script.ts";

/** One step with its concrete job or configuration. */
export type Action =
  | { readonly kind: "ask"; readonly want: number; readonly starts: number; readonly finish: boolean }
  | { readonly kind: "tell"; readonly job: JobId; readonly told: Told & { readonly fidelity: number } }
  | { readonly kind: "fail"; readonly job: JobId; readonly reason: FailureReason }
  | { readonly kind: "enqueue"; readonly config: Config }
  | { readonly kind: "observe"; readonly config: Config; readonly trial: Told | ObservedTrial }
  | { readonly kind: "restart"; readonly by: "log" | "state" | "copy" }
  | { readonly kind: "none" };

/** The result of an action. "refused": the study threw an error at the caller, and nothing changed. */
export type Outcome =
  | { readonly kind: "asked"; readonly asked: Asked }
  | { readonly kind: "heard"; readonly effect: Heard["effect"] }
  /** `job` stands for a trial that runs elsewhere. */
  | { readonly kind: "observed"; readonly job: JobId | null }
  | { readonly kind: "refused" | "quiet" };

/** The study that the script is performed on. */
export type Cast = {
  readonly problem: Problem;
  readonly seed: string | number;
  readonly create: () => Strategy;
  /** Whether an ask for n jobs is performed as n asks for one job, with no reports in between. false by default. */
  readonly singly?: boolean;
};
/** The study after a script, with its log and the outcomes of all steps. */
export type Performance = { readonly study: Study; readonly events: readonly Event[]; readonly outcomes: readonly Outcome[] };
/** Called after each step, with the study and its log at that time. */
export type Witness = (action: Action, outcome: Outcome, study: Study, events: readonly Event[]) => void;

/** Performs a script on a new study. */
export function play(cast: Cast, script: Script, witness: Witness = () => {}): Performance {
  const events: Event[] = [];
  const outcomes: Outcome[] = [];
  const endings = new Map<JobId, Action>();
  const progress = new Map<JobId, number>();
  const record = (event: Event): void => {
    events.push(event);
  };
  const strategy = cast.create();
  const { problem, seed } = cast;
  let study = startStudy({ problem, seed, strategy }, record);

  for (const step of script) {
    const external = step.do === "enqueue" || step.do === "observe";
    const before = [...study.history.running];
    const action: Action = external && !strategy.can.external ? { kind: "none" } : resolve(step, study, endings, progress);
    if (action.kind === "restart") study = restart(cast, study, events, action.by, record);
    const outcome = act(study, action, cast.singly === true);
    outcomes.push(outcome);
    if (outcome.kind === "asked") for (const job of outcome.asked.jobs) progress.set(job.id, job.from?.fidelity ?? 0);
    if (outcome.kind === "observed" && outcome.job !== null) progress.set(outcome.job, reachedBy(study, outcome.job));
    if (outcome.kind === "heard" && action.kind === "tell" && outcome.effect === "accepted") progress.set(action.job, action.told.fidelity);
    const running = new Set(study.history.running.map((job) => job.id));
    for (const job of before) {
      if (running.has(job.id)) continue;
      const own = (action.kind === "tell" || action.kind === "fail") && action.job === job.id;
      endings.set(job.id, own ? action : { kind: "tell", job: job.id, told: { ...toldOf(study.problem, 1, 0), fidelity: job.until } });
    }
    witness(action, outcome, study, events);
  }
  return { study, events, outcomes };
}

function restart(
  { problem, seed, create }: Cast,
  study: Study,
  events: readonly Event[],
  by: "log" | "state" | "copy",
  record: (event: Event) => void,
): Study {
  const log = events.slice();
  const definition = { problem, seed, strategy: create() };
  if (by === "log") return replay(definition, log, record);
  if (by === "state") return restore(definition, log, { events: log.length, state: parseWire(stringifyWire(study.state)) }, record);
  const copy = replay(definition, log);
  const [job] = copy.ask({ want: 2 }).jobs;
  if (job !== undefined) copy.fail(job.id, "lost");
  return study;
}

/** A configuration from one number: coordinates a golden section apart. */
export function configAt(space: Space, at: number): Config {
  return decode(
    space,
    Float64Array.from({ length: space.dims }, (_, axis) => {
      const turned = at + axis * 0.6180339887498949;
      return axis === 0 ? at : turned - Math.floor(turned);
    }),
  );
}

/** The configuration without every parameter whose bit is 1. The bits repeat after eight parameters. */
export function leaveOut({ params }: Space, config: Config, bits: number): Config {
  const kept = params.filter(([name], index) => Object.hasOwn(config, name) && ((bits >> (index % 8)) & 1) === 0);
  return Object.fromEntries(kept.map(([name]) => [name, config[name]!]));
}

/** An even number of jobs is asked for within the budget that leaves `starts` new trials, so that strategies plan by it. */
function askOnce(study: Study, { want, starts, finish }: Action & { readonly kind: "ask" }): Asked {
  const bound = want % 2 === 0 && starts < Infinity ? { trials: study.started + starts } : { starts };
  return study.ask({ want, ...bound, finish });
}

function resolve(step: Step, study: Study, endings: ReadonlyMap<JobId, Action>, progress: ReadonlyMap<JobId, number>): Action {
  const { problem, history } = study;
  const running = "job" in step ? history.running[step.job % Math.max(1, history.running.length)] : undefined;
  const ended = "job" in step ? [...endings.values()][step.job % Math.max(1, endings.size)] : undefined;
  switch (step.do) {
    case "ask":
      return { kind: "ask", want: step.want, starts: step.starts ?? Infinity, finish: step.finish ?? false };
    case "report":
      if (running === undefined) return { kind: "none" };
      return {
        kind: "tell",
        job: running.id,
        told: { ...toldOf(problem, step.value, step.constraint), fidelity: reach(problem, running, progress.get(running.id)!, step.at) },
      };
    case "fail":
      return running === undefined ? { kind: "none" } : { kind: "fail", job: running.id, reason: step.reason };
    case "repeat":
      return ended ?? { kind: "none" };
    case "contradict":
      if (ended === undefined || (ended.kind !== "tell" && ended.kind !== "fail")) return { kind: "none" };
      return { kind: "tell", job: ended.job, told: { ...toldOf(problem, step.value, 0), fidelity: problem.fidelity?.max ?? 1 } };
    case "unknown":
      return { kind: "fail", job: jobId(progress.size + step.ahead), reason: "threw" };
    case "stray":
      if (running === undefined) return { kind: "none" };
      return {
        kind: "tell",
        job: running.id,
        told: { ...toldOf(problem, 1, 0), fidelity: step.beyond ? running.until * 2 : progress.get(running.id)! },
      };
    case "enqueue":
      return { kind: "enqueue", config: leaveOut(problem.space, configAt(problem.space, step.at), step.without) };
    case "observe":
      return Number.isFinite(step.value)
        ? { kind: "observe", config: configAt(problem.space, step.at), trial: observedOf(problem, step) }
        : { kind: "none" };
    case "restart":
      return { kind: "restart", by: step.by };
  }
}

/** A trial that reaches the lowest fidelity, if it can be trained further, and then whatever the step says. */
function observedOf(problem: Problem, { value, as, reason, at }: Step & { readonly do: "observe" }): Told | ObservedTrial {
  const told = toldOf(problem, value, 0);
  const { min, max } = problem.fidelity ?? { min: 1, max: 1 };
  const measurements = min < max && at > 0.25 ? [{ ...told, fidelity: min }] : [];
  switch (as) {
    case "finished":
      return told;
    case "curve":
      return { measurements: [...measurements, told] };
    case "failed":
      return { status: "failed", reason, measurements };
    case "running":
      return { status: "running", measurements, ...(measurements.length === 0 && at > 0.5 && { until: min }) };
  }
}

function reachedBy({ history }: Study, id: JobId): number {
  const { trial } = history.running.find((job) => job.id === id)!;
  return history.trials[trial]!.curve.at(-1)?.fidelity ?? 0;
}

/** The first objective is `value`, the others its double and so on with changing sign, as far as they stay finite. */
export function toldOf(problem: Problem, value: number, constraint: number): Told {
  const scaled = (factor: number): number => (Number.isFinite(value * factor) ? value * factor : value);
  return {
    values: problem.objectives.map((_, index) => (index % 2 === 0 ? scaled(index + 1) : -scaled(index + 1))),
    constraints: problem.constraints.map((_, index) => constraint - index),
    costSeconds: 1,
  };
}

function reach({ fidelity }: Problem, job: Job, reached: number, at: "end" | "milestone" | "between"): number {
  if (at === "end") return job.until;
  if (at === "milestone") return job.milestones.find((milestone) => milestone > reached)!;
  const between = fidelity?.whole === true ? reached + 1 : (reached + job.until) / 2;
  return between > reached && between < job.until ? between : job.until;
}

/** Until it has enough, or an ask gives none. */
function askSingly(study: Study, want: number): Asked {
  const jobs: Job[] = [];
  const directives: Directive[] = [];
  while (jobs.length < want) {
    const asked = study.ask();
    jobs.push(...asked.jobs);
    directives.push(...asked.directives);
    if (asked.jobs.length === 0) break;
  }
  return { jobs, directives, then: study.done ? "done" : "wait" };
}

function act(study: Study, action: Action, singly: boolean): Outcome {
  try {
    switch (action.kind) {
      case "ask":
        return { kind: "asked", asked: singly ? askSingly(study, action.want) : askOnce(study, action) };
      case "tell":
        return { kind: "heard", effect: study.tell(action.job, action.told).effect };
      case "fail":
        return { kind: "heard", effect: study.fail(action.job, action.reason).effect };
      case "enqueue":
        study.enqueue(action.config);
        return { kind: "quiet" };
      case "observe":
        return { kind: "observed", job: study.observe(action.config, action.trial) };
      case "restart":
      case "none":
        return { kind: "quiet" };
    }
  } catch (error) {
    if (error instanceof ProtocolError && (error.code === "unknownJob" || error.code === "badFidelity")) return { kind: "refused" };
    throw error;
  }
}
