/** The guard of a study: proposals become jobs only if they keep the contract. A breach of it is a fault of the strategy. */
import { type CaviarError, LimitError, ProtocolError } from "../contract/errors.ts";
import { type JobId, jobId, type TrialId, trialId } from "../contract/ids.ts";
import { limits } from "../contract/limits.ts";
import { positiveZero } from "../contract/measurement.ts";
import type { Problem } from "../contract/problem.ts";
import type { Directive, Prediction, Proposal, Then } from "../contract/strategy.ts";
import type { Job, Remark, Trial } from "../contract/trial.ts";
import { checkProposal } from "../space/config.ts";
import type { Config } from "../space/param.ts";
import { completed } from "../space/partial.ts";
import { show } from "../text/show.ts";
import type { Ledger } from "./ledger.ts";

export function breach(name: string, expected: string, got: string): never {
  throw new ProtocolError({
    code: "brokenContract",
    what: `strategy ${show(name)}`,
    expected,
    got,
    remedy: "Test it with the laws (docs/laws.md).",
  });
}

/**
 * The proposals as jobs, in order. Starts take queued configurations first. There are at most `want` jobs, at most `starts` of new trials.
 */
export function acceptProposals(
  name: string,
  ledger: Ledger,
  proposals: readonly Proposal[],
  { want, starts }: { readonly want: number; readonly starts: number },
): readonly Job[] {
  if (proposals.length > want) breach(name, `at most ${want} proposals`, `${proposals.length}`);
  if (starts < proposals.length) {
    const fresh = proposals.filter((proposal) => proposal.kind !== "resume").length;
    if (fresh > starts) breach(name, `at most ${starts} new trials`, `${fresh}`);
  }
  const trials = ledger.history().trials;
  const resumed = proposals.length > 1 ? new Set<TrialId>() : null;
  const answer: Accepting = { name, ledger, trials, nextTrial: trials.length, taken: 0, resumed };
  return proposals.map((proposal, index) => accept(answer, proposal, jobId(ledger.jobs + index)));
}

/**
 * An answer during the acceptance of its proposals. `nextTrial` is the id of the next new trial. `taken` counts the configurations that
 * starts have taken from the queue. `resumed` holds the trials resumed so far; it is null if there is only one proposal.
 */
type Accepting = {
  readonly name: string;
  readonly ledger: Ledger;
  readonly trials: readonly Trial[];
  nextTrial: number;
  taken: number;
  readonly resumed: Set<TrialId> | null;
};

function accept(answer: Accepting, proposal: Proposal, id: JobId): Job {
  const { name, ledger } = answer;
  const { trial, config, from, start } = originOf(answer, proposal);
  if (answer.nextTrial > limits.trials)
    throw new LimitError({
      code: "tooManyTrials",
      what: "study",
      expected: `at most ${limits.trials} trials`,
      got: `trial ${limits.trials}`,
      remedy: "Open a new study.",
    });
  const { until } = proposal;
  checkUntil(name, ledger.problem, until, start);
  const milestones = proposal.milestones?.length ? [...proposal.milestones, until] : [until];
  checkMilestones(name, ledger.problem, milestones, start);
  return withRemark({ id, trial, config, from, until, milestones }, proposal);
}

/** The trial of a job and where it starts. `start` is the fidelity that the trial has reached; 0 if it starts from scratch. */
type Origin = Pick<Job, "trial" | "config" | "from"> & { readonly start: number };

function originOf(answer: Accepting, proposal: Proposal): Origin {
  switch (proposal.kind) {
    case "start":
      return originOfStart(answer, proposal.config);
    case "resume":
      return originOfResume(answer, proposal.trial);
    case "clone":
      return originOfClone(answer, proposal);
    default:
      return breach(answer.name, "to start, resume or clone", show((proposal as { readonly kind: unknown }).kind));
  }
}

function originOfStart(answer: Accepting, proposed: Config): Origin {
  const { name, ledger } = answer;
  const trial = trialId(answer.nextTrial++);
  const queued = ledger.queue[answer.taken];
  if (queued !== undefined) answer.taken++;
  const { problem } = ledger;
  const config = queued === undefined ? checkProposed(name, problem, proposed) : completed(problem.space, queued, proposed);
  return { trial, config, from: null, start: 0 };
}

function originOfResume({ name, ledger, trials, resumed }: Accepting, id: TrialId): Origin {
  const trial = trials[id];
  if (trial === undefined) return breach(name, "a known trial to resume", `trial ${id}`);
  if (trial.status !== "paused" || resumed?.has(trial.id))
    breach(name, "a paused trial to resume", `trial ${trial.id}, ${resumed?.has(trial.id) ? "resumed twice" : trial.status}`);
  resumed?.add(trial.id);
  const start = fidelityOf(trial);
  return { trial: trial.id, config: trial.config, from: ledger.problem.resumable ? { trial: trial.id, fidelity: start } : null, start };
}

function originOfClone(answer: Accepting, { parent: id, at, config }: Proposal & { readonly kind: "clone" }): Origin {
  const { name, ledger, trials } = answer;
  const parent = trials[id];
  if (parent === undefined || ledger.discarded(parent.id) || !parent.curve.some((m) => m.fidelity === at))
    return breach(name, "a parent with a checkpoint at that fidelity", `trial ${id} at ${at}`);
  if (!ledger.problem.resumable) breach(name, "no clones, because the problem is not resumable", "a clone");
  const trial = trialId(answer.nextTrial++);
  return { trial, config: checkProposed(name, ledger.problem, config), from: { trial: parent.id, fidelity: at }, start: at };
}

function withRemark(job: Job, { prediction, note }: Remark): Job {
  if (prediction === undefined && note === undefined) return job;
  return {
    ...job,
    ...(prediction === undefined ? {} : { prediction: withoutNegativeZeros(prediction) }),
    ...(note === undefined ? {} : { note }),
  };
}

export function withoutNegativeZeros({ mean, sd }: Prediction): Prediction {
  return { mean: mean.map(positiveZero), sd };
}

function checkProposed(name: string, problem: Problem, config: Config): Config {
  try {
    return checkProposal(problem.space, config);
  } catch (error) {
    const { what, expected, got } = error as CaviarError;
    return breach(name, "configurations inside the space", `${what}: expected ${expected}, got ${got}`);
  }
}

function checkUntil(name: string, problem: Problem, until: number, start: number): void {
  const { fidelity } = problem;
  if (fidelity === null) {
    if (until !== 1) breach(name, "until 1, because the problem has no fidelity", `${until}`);
    return;
  }
  const legal = until > start && until >= fidelity.min && until <= fidelity.max && (!fidelity.whole || Number.isInteger(until));
  if (!legal)
    breach(name, `until in (${start}, ${fidelity.max}]${fidelity.whole ? ", whole," : ""} and at least ${fidelity.min}`, `${until}`);
}

function checkMilestones(name: string, { fidelity }: Problem, milestones: readonly number[], start: number): void {
  const whole = fidelity?.whole === true;
  let last = start;
  for (let index = 0; index < milestones.length; index++) {
    const milestone = milestones[index]!;
    if (!(milestone > last) || (whole && !Number.isInteger(milestone)))
      breach(name, `ascending${whole ? " whole" : ""} milestones between ${start} and ${milestones.at(-1)}`, show(milestones.join(", ")));
    last = milestone;
  }
}

/** Directives take effect in order. So the same answer may stop a job and then discard its trial. */
export function checkDirectives(name: string, ledger: Ledger, directives: readonly Directive[], fresh: readonly Job[]): void {
  if (directives.length === 0) return;
  const trials = ledger.history().trials;
  const ended = new Set<JobId>();
  const idle = new Set<TrialId>();
  for (const directive of directives) {
    if (directive.kind === "discard") {
      const trial = trials[directive.trial];
      const runs = trial?.status === "running" ? !idle.has(trial.id) : fresh.some((job) => job.trial === directive.trial);
      if (trial === undefined || runs) breach(name, "to discard a trial that does not run", `trial ${directive.trial}`);
      continue;
    }
    if (directive.kind !== "stop" && directive.kind !== "pause")
      breach(name, "to stop, pause or discard", show((directive as { readonly kind: unknown }).kind));
    const job = ledger.running(directive.job);
    if (job === undefined || ended.has(job.id)) breach(name, `to ${directive.kind} a running job once`, `job ${directive.job}`);
    if (directive.kind === "pause" && trials[job.trial]!.curve.length === 0)
      breach(name, "to pause a job that has measured something", `job ${directive.job}`);
    ended.add(job.id);
    idle.add(job.trial);
  }
}

export function checkThen(name: string, then: Then): void {
  if (then !== "more" && then !== "wait" && then !== "done") breach(name, "more, wait or done", show(then));
}

function fidelityOf(trial: Trial): number {
  return trial.curve[trial.curve.length - 1]!.fidelity;
}
