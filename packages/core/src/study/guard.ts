/** The study's guard: what a strategy proposes becomes jobs only if the contract allows it; a breach is a fault of the strategy. */
import { LimitError, ProtocolError } from "../contract/errors.ts";
import { type JobId, jobId, type TrialId, trialId } from "../contract/ids.ts";
import { limits } from "../contract/limits.ts";
import { positiveZero } from "../contract/measurement.ts";
import type { Problem } from "../contract/problem.ts";
import type { Directive, Prediction, Proposal, Then } from "../contract/strategy.ts";
import type { Job, Remark, Trial } from "../contract/trial.ts";
import { checkConfig } from "../space/config.ts";
import type { Config } from "../space/param.ts";
import { show } from "../text/show.ts";
import type { Ledger } from "./ledger.ts";

export function breach(name: string, expected: string, got: string): never {
  throw new ProtocolError({
    code: "brokenContract",
    what: `strategy ${show(name)}`,
    expected,
    got,
    remedy: "This is a fault of the strategy; run the laws on it.",
  });
}

/** The proposals as jobs, in order; starts take queued configurations first. At most `want`, and at most `starts` of them new trials. */
export function acceptProposals(
  name: string,
  ledger: Ledger,
  proposals: readonly Proposal[],
  want: number,
  starts: number,
): readonly Job[] {
  if (proposals.length > want) breach(name, `at most ${want} proposals`, `${proposals.length}`);
  if (starts < proposals.length) {
    const fresh = proposals.filter((proposal) => proposal.kind !== "resume").length;
    if (fresh > starts) breach(name, `at most ${starts} new trials`, `${fresh}`);
  }
  const trials = ledger.history().trials;
  const whole = ledger.problem.fidelity?.whole === true;
  let nextTrial = trials.length;
  let taken = 0;
  const busy = proposals.length > 1 ? new Set<TrialId>() : null;
  return proposals.map((proposal, index) => {
    const id = jobId(ledger.jobs + index);
    let trial: TrialId;
    let config: Config;
    let from: Job["from"] = null;
    switch (proposal.kind) {
      case "start": {
        trial = trialId(nextTrial++);
        const queued = ledger.queue[taken];
        if (queued !== undefined) taken += 1;
        config = queued ?? checkProposed(name, ledger.problem, proposal.config);
        break;
      }
      case "resume": {
        const resumed = trials[proposal.trial];
        if (resumed === undefined) return breach(name, "a known trial to resume", `trial ${proposal.trial}`);
        if (resumed.status !== "paused" || busy?.has(resumed.id))
          breach(name, "a paused trial to resume", `trial ${resumed.id}, ${busy?.has(resumed.id) ? "resumed twice" : resumed.status}`);
        busy?.add(resumed.id);
        trial = resumed.id;
        config = resumed.config;
        if (ledger.problem.resumable) from = { trial, fidelity: fidelityOf(resumed) };
        break;
      }
      case "clone": {
        const parent = trials[proposal.parent];
        if (parent === undefined || ledger.discarded(parent.id) || !parent.curve.some((m) => m.fidelity === proposal.at)) {
          return breach(name, "a parent with a checkpoint at that fidelity", `trial ${proposal.parent} at ${proposal.at}`);
        }
        if (!ledger.problem.resumable) breach(name, "no clones where the problem is not resumable", "a clone");
        trial = trialId(nextTrial++);
        config = checkProposed(name, ledger.problem, proposal.config);
        from = { trial: parent.id, fidelity: proposal.at };
        break;
      }
      default:
        return breach(name, "to start, resume or clone", show((proposal as { readonly kind: unknown }).kind));
    }
    if (nextTrial > limits.trials)
      throw new LimitError({
        code: "tooManyTrials",
        what: "study",
        expected: `at most ${limits.trials} trials`,
        got: "one more",
        remedy: "Open a new study.",
      });
    const start = proposal.kind === "resume" ? fidelityOf(trials[trial]!) : proposal.kind === "clone" ? proposal.at : 0;
    checkUntil(name, ledger.problem, proposal.until, start);
    const { until } = proposal;
    const milestones = proposal.milestones?.length ? [...proposal.milestones, until] : [until];
    if (milestones.some((m, i) => !(m > (milestones[i - 1] ?? start)) || (whole && !Number.isInteger(m))))
      breach(name, `ascending${whole ? " whole" : ""} milestones between ${start} and ${until}`, show(milestones.join(", ")));
    return withRemark({ id, trial, config, from, until, milestones }, proposal);
  });
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
    return checkConfig(problem.space, config);
  } catch (error) {
    return breach(name, "configurations inside the space", (error as Error).message);
  }
}

function checkUntil(name: string, problem: Problem, until: number, start: number): void {
  const { fidelity } = problem;
  if (fidelity === null) {
    if (until !== 1) breach(name, "until 1 where the problem has no fidelity", `${until}`);
    return;
  }
  const legal = until > start && until >= fidelity.min && until <= fidelity.max && (!fidelity.whole || Number.isInteger(until));
  if (!legal)
    breach(name, `until in (${start}, ${fidelity.max}]${fidelity.whole ? ", whole," : ""} and at least ${fidelity.min}`, `${until}`);
}

/** Directives take effect in order: a trial whose job is stopped may be discarded after it. */
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
