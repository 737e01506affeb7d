/**
 * A discrete-event simulation of many workers on a study: time jumps from report to report, so that years of training take seconds, and
 * no real time enters. What happens is a function of the study's seed, its strategy and the world alone: durations, stragglers and lost workers
 * are drawn by keys of trials and jobs, and what happens at the same moment happens in the order of job ids. Stragglers and lost
 * workers are those of Li et al. (ASHA, MLSys 2020), appendix A.1, with a log-normal factor.
 */
import { exp, log1p } from "@caviar-hpo/numerics";
import { ConfigError } from "../contract/errors.ts";
import type { JobId } from "../contract/ids.ts";
import { limits } from "../contract/limits.ts";
import type { Told } from "../contract/measurement.ts";
import type { FailureReason, Job } from "../contract/trial.ts";
import { derive, type Key, root } from "../random/key.ts";
import { stream } from "../random/stream.ts";
import type { Config } from "../space/param.ts";
import type { Heard, Study } from "../study/study.ts";
import { show } from "../text/show.ts";
import type { Evaluated } from "./drive.ts";
import { createIncumbents, type Leader } from "./simulation/incumbents.ts";
import { createQueue } from "./simulation/queue.ts";
import { createResourceAccount, type Resource } from "./simulation/resource.ts";

/** What is simulated. `key` is the trial's, the same for all its jobs: derive others from it. */
export type World = {
  /** How long training takes from one fidelity to a higher one, in seconds, on a worker that nothing disturbs. */
  seconds(config: Config, from: number, to: number, key: Key): number;
  /**
   * What a job measures at a fidelity: asked at each of its milestones, the last of which is its end. `resource` is all that is accounted for
   * once it has reported. What it throws, `simulate` throws.
   */
  evaluate(job: Job, fidelity: number, key: Key, resource: number): Evaluated;
};

export type SimulateOptions = {
  /** Jobs at once; 1 by default. */
  readonly workers?: number;
  /** Trials of the whole study, as for `drive`: it bounds how many start. */
  readonly trials?: number;
  /** No job begins once this much resource is spent, or will be by the jobs at work. */
  readonly resource?: number;
  /** When the simulation ends: jobs still at work stay with the study, and what they did counts as wasted. */
  readonly seconds?: number;
  /** A job's duration is multiplied by exp(sigma z), z standard normal; 0 by default. */
  readonly stragglerSigma?: number;
  /** Mean seconds of work until a worker is lost with its job, exponentially distributed; another one takes its place at once. Never by default. */
  readonly lossSeconds?: number;
  /** Seconds after which a job has failed with `timeout`. */
  readonly timeoutSeconds?: number;
};

/** A moment at which another trial took the lead, or the leader measured anew; `resource` is all that was accounted for by then. */
export type Incumbent = Leader & { readonly seconds: number; readonly resource: number };

export type Simulation = {
  /** done: the strategy has nothing left; else which of the bounds ended it. */
  readonly end: "done" | "trials" | "resource" | "seconds";
  /** How long it took. */
  readonly seconds: number;
  readonly jobs: number;
  readonly resource: Resource;
  /** Summed over workers; with the idle ones, workers x seconds. */
  readonly busySeconds: number;
  readonly idleSeconds: number;
  /** In the course of time; with several objectives by the first. At the end the last one is the first of `bestTrials`. */
  readonly incumbents: readonly Incumbent[];
};

/**
 * Jobs that the study has running already run first, from where they started.
 *
 * @throws ConfigError for options or durations that make no sense; ProtocolError for a measurement that the study refuses.
 */
export function simulate(study: Study, world: World, options: SimulateOptions = {}): Simulation {
  checkOptions(options);
  const { workers = 1, trials = infinity, resource: most = infinity, seconds: horizon = infinity } = options;
  const { stragglerSigma = 0, lossSeconds = infinity, timeoutSeconds = infinity } = options;
  const { problem } = study;
  const whole = problem.fidelity?.whole === true;
  const keys = (of: "trial" | "straggler" | "loss"): Key => derive(root(study.seed), "simulation", of);
  const [trialKeys, stragglerKeys, lossKeys] = [keys("trial"), keys("straggler"), keys("loss")];

  // Whoever looks at the list of running jobs makes the study keep one from then on, which costs something at every report.
  const interrupted = study.history.trials.some(({ status }) => status === "running") ? [...study.history.running] : [];
  const active = new Map<JobId, Run>();
  const agenda = createQueue();
  const account = createResourceAccount();
  const leaders = createIncumbents(problem);
  const incumbents: Incumbent[] = [];
  let now = 0;
  let jobs = 0;
  let busySeconds = 0;
  let idleSeconds = 0;
  /** The resource that the jobs at work have still to spend. */
  let promised = 0;

  const known = (job: Job): number => study.history.trials[job.trial]!.curve.at(-1)?.fidelity ?? 0;

  const begin = (job: Job, next: number): void => {
    const origin = job.from?.fidelity ?? 0;
    const factor = stragglerSigma === 0 ? 1 : exp(stragglerSigma * stream(derive(stragglerKeys, job.id)).normal());
    const lost = lossSeconds === infinity ? infinity : -lossSeconds * log1p(-stream(derive(lossKeys, job.id)).uniform());
    const run: Run = {
      job,
      key: derive(trialKeys, job.trial),
      factor,
      startedAt: now,
      breaksAt: now + Math.min(lost, timeoutSeconds),
      breaksBy: lost < timeoutSeconds ? "lost" : "timeout",
      next,
      fidelity: origin,
      reportedAt: now,
      reportsAt: now,
    };
    jobs += 1;
    promised += job.until - origin;
    active.set(job.id, run);
    schedule(run);
  };

  const schedule = (run: Run): void => {
    const seconds = world.seconds(run.job.config, run.fidelity, run.job.milestones[run.next]!, run.key) * run.factor;
    checkDuration(run.job, seconds);
    run.reportsAt = run.reportedAt + seconds;
    agenda.push(Math.min(run.reportsAt, run.breaksAt), run.job.id);
  };

  /** Where training has come by now, since the last report; an epoch that was not finished counts for nothing. */
  const reached = (run: Run): number => {
    const target = run.job.milestones[run.next]!;
    if (now >= run.reportsAt) return target;
    const share = (now - run.reportedAt) / (run.reportsAt - run.reportedAt);
    const fidelity = Math.min(run.fidelity + share * (target - run.fidelity), target);
    return whole ? Math.floor(fidelity) : fidelity;
  };

  const leave = (run: Run): void => {
    active.delete(run.job.id);
    busySeconds += now - run.startedAt;
    promised -= run.job.until - run.fidelity;
  };

  const breakOff = (run: Run): void => {
    const fidelity = reached(run);
    account.waste(run.fidelity, fidelity);
    promised -= fidelity - run.fidelity;
    run.fidelity = fidelity;
    leave(run);
  };

  const heed = (directives: Heard["directives"]): void => {
    for (const directive of directives) {
      const run = directive.kind === "discard" ? undefined : active.get(directive.job);
      if (run !== undefined) breakOff(run);
    }
  };

  const fail = (run: Run, reason: FailureReason, fidelity: number): Heard =>
    study.fail(run.job.id, reason, { fidelity, costSeconds: now - run.startedAt }, now * 1000);

  /** A job reports at its next milestone. */
  const report = (run: Run): void => {
    const { job, key } = run;
    const fidelity = job.milestones[run.next]!;
    const before = known(job);
    const result = world.evaluate(job, fidelity, key, account.total + (fidelity - run.fidelity));
    const heard =
      "infeasible" in result && result.infeasible
        ? fail(run, "infeasible", fidelity)
        : study.tell(job.id, toldAt(fidelity, now - run.startedAt, result as Told), now * 1000);
    account.report(run.fidelity, fidelity, before);
    promised -= fidelity - run.fidelity;
    run.fidelity = fidelity;
    run.reportedAt = now;
    run.next += 1;
    const { status, curve } = study.history.trials[job.trial]!;
    if (heard.effect === "accepted" && fidelity > before) leaders.note(job.trial, curve.at(-1)!);
    if (status === "running") schedule(run);
    else leave(run);
    heed(heard.directives);
  };

  /** The worker is gone, or its patience. */
  const snap = (run: Run): void => {
    const fidelity = reached(run);
    breakOff(run);
    heed(fail(run, run.breaksBy, fidelity).directives);
  };

  const crown = (): void => {
    const leader = leaders.leader(study.history.trials);
    const last = incumbents.at(-1);
    if (leader === null || (last?.trial === leader.trial && last.fidelity === leader.fidelity)) return;
    incumbents.push({ seconds: now, resource: account.total, ...leader });
  };

  const fill = (): void => {
    while (active.size < workers) {
      if (now >= horizon) return;
      const again = interrupted.shift();
      if (again !== undefined) {
        const { milestones, until } = again;
        const last = known(again);
        const next = milestones.findIndex((milestone) => milestone > last || milestone === until);
        if (study.history.running.includes(again)) begin(again, next);
        continue;
      }
      if (study.done || account.total + promised >= most) return;
      const want = most === infinity ? Math.min(workers - active.size, limits.want) : 1;
      const asked = study.ask({ want, atMs: now * 1000, starts: Math.max(0, trials - study.history.trials.length) });
      heed(asked.directives);
      for (const job of asked.jobs) begin(job, 0);
      if (asked.jobs.length === 0) return;
    }
  };

  const passTo = (moment: number): void => {
    idleSeconds += (workers - active.size) * (moment - now);
    now = moment;
  };

  const endOf = (): Simulation["end"] => {
    if (study.done && active.size === 0) return "done";
    if (active.size > 0 || now >= horizon) return "seconds";
    return account.total + promised >= most ? "resource" : "trials";
  };

  for (const { id, curve } of study.history.trials) {
    const measurement = curve.at(-1);
    if (measurement !== undefined) leaders.note(id, measurement);
  }
  crown();
  fill();
  for (let id = agenda.first(); id !== undefined; id = agenda.first()) {
    const moment = agenda.priority();
    if (moment > horizon) break;
    agenda.pop();
    const run = active.get(id as JobId);
    if (run === undefined) continue;
    passTo(moment);
    const before = active.size;
    if (run.breaksAt <= run.reportsAt) snap(run);
    else report(run);
    crown();
    if (active.size < before) fill();
  }
  const end = endOf();
  if (end === "seconds") passTo(horizon);
  for (const run of [...active.values()]) breakOff(run);
  return { end, seconds: now, jobs, resource: account.resource(), busySeconds, idleSeconds, incumbents };
}

/** A job at work: from `fidelity`, where it was at `reportedAt`, it is on the way to its milestone `next`, if it does not break before. */
type Run = {
  readonly job: Job;
  readonly key: Key;
  readonly factor: number;
  readonly startedAt: number;
  readonly breaksAt: number;
  readonly breaksBy: "lost" | "timeout";
  next: number;
  fidelity: number;
  reportedAt: number;
  reportsAt: number;
};

const infinity = Number.POSITIVE_INFINITY;

/** Without what is rarely there a measurement is passed on in a literal of its own: to copy it with a spread takes several times as long. */
function toldAt(fidelity: number, costSeconds: number, told: Told): Told {
  if (told.constraints !== undefined || told.variance !== undefined) return { costSeconds, ...told, fidelity };
  return { fidelity, values: told.values, costSeconds: told.costSeconds ?? costSeconds };
}

function checkDuration(job: Job, seconds: number): void {
  if (seconds >= 0 && seconds < infinity) return;
  throw new ConfigError({
    code: "badDuration",
    what: `duration of job ${job.id}`,
    expected: "a finite number of seconds that is not negative",
    got: show(seconds),
    remedy: "Correct `seconds` of the world.",
  });
}

function checkOptions(options: SimulateOptions): void {
  const { workers = 1, trials = infinity, resource = infinity, seconds = infinity } = options;
  const { stragglerSigma = 0, lossSeconds = infinity, timeoutSeconds = infinity } = options;
  const demand = (legal: boolean, what: keyof SimulateOptions, expected: string): void => {
    if (legal) return;
    throw new ConfigError({
      code: "badOption",
      what: `option ${what}`,
      expected,
      got: show(options[what]),
      remedy: "Correct it, or leave it out.",
    });
  };
  demand(Number.isInteger(workers) && workers >= 1, "workers", "a whole number from 1");
  demand(trials === infinity || (Number.isInteger(trials) && trials >= 0), "trials", "a whole number that is not negative");
  demand(resource >= 0, "resource", "a number that is not negative");
  demand(seconds >= 0, "seconds", "a number that is not negative");
  demand(stragglerSigma >= 0 && stragglerSigma < infinity, "stragglerSigma", "a finite number that is not negative");
  demand(lossSeconds > 0, "lossSeconds", "a positive number");
  demand(timeoutSeconds > 0, "timeoutSeconds", "a positive number");
}
