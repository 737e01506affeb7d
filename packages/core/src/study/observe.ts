/** Trials from outside: finished, failed or running ones. The strategy must accept points that it did not propose. */

import { ConfigError } from "../contract/errors.ts";
import { settleFidelity } from "../contract/fidelity.ts";
import { type JobId, jobId, trialId } from "../contract/ids.ts";
import { limits } from "../contract/limits.ts";
import { measure, readTold, type Told } from "../contract/measurement.ts";
import type { Problem } from "../contract/problem.ts";
import type { FailureReason, Measurement } from "../contract/trial.ts";
import { oneOf, reject } from "../read/decode.ts";
import { picker } from "../read/pick.ts";
import { elementsOf } from "../read/snapshot.ts";
import { checkConfig } from "../space/config.ts";
import type { Config } from "../space/param.ts";
import { show } from "../text/show.ts";
import { checkError, checkExternal, checkOpen, checkReached, checkReason, refuseFidelity } from "./checks.ts";
import type { Event } from "./events.ts";
import { type Fold, keep, noteObserved } from "./fold.ts";

/** A trial from elsewhere that has several measurements, or that has failed, or that still runs. */
export type ObservedTrial = {
  /** "finished" by default. A running trial is pending until its job is told or failed like any other. */
  readonly status?: "finished" | "failed" | "running";
  /** What it measured, at ascending fidelities; nothing by default. A finished trial has measured something. */
  readonly measurements?: readonly Told[];
  /** Why it failed; "threw" by default. */
  readonly reason?: FailureReason;
  /** What it threw when it failed; nothing by default. */
  readonly error?: string;
  /** The fidelity at which a running trial will finish; the highest one by default. */
  readonly until?: number;
};

/** The id of the job that stands for a running trial; null for any other trial. */
export function observe(fold: Fold, config: Config, given: Told | ObservedTrial, atMs: number): JobId | null {
  const { problem, strategy, books } = fold;
  checkOpen(fold.closed);
  checkExternal(strategy);
  const checked = checkConfig(problem.space, config);
  const job = jobId(books.user.jobs);
  const event: Event = { kind: "observed", config: checked, ...readOutcome(problem, given, job), directives: [], atMs };
  const trial = trialId(books.user.history().trials.length);
  keep(fold, event, () => noteObserved(fold, trial));
  return event.job ?? null;
}

const what = "observed trial";
type GivenTrial = ObservedTrial & Partial<Told> & { readonly atMilestone?: boolean };
const pick = picker(
  ({ fidelity, values, constraints, variance, costSeconds, atMilestone, status, measurements, reason, error, until }: GivenTrial) =>
    ({ fidelity, values, constraints, variance, costSeconds, atMilestone, status, measurements, reason, error, until }) as GivenTrial,
);
const statusOf = oneOf("finished", "failed", "running");

type ObservedOutcome = Pick<Event & { readonly kind: "observed" }, "measurement" | "curve" | "failure" | "job" | "until">;

/** @param job the id of the job that stands for the trial if it runs. */
function readOutcome(problem: Problem, trial: Told | ObservedTrial, job: JobId): ObservedOutcome {
  const one = pick(trial as GivenTrial, what);
  const { measurements, reason, error, until = problem.fidelity?.max ?? 1 } = one;
  const status = statusOf(one.status ?? "finished", `status of ${what}`);
  const single = measurements === undefined && (one.values !== undefined || status === "finished");
  if (!single && one.values !== undefined) reject(what, "values or measurements", "both");
  if (status !== "failed" && (reason ?? error) !== undefined) reject(what, "a reason or an error only if it failed", status);
  if (status !== "running" && one.until !== undefined) reject(what, "until only if it runs", status);
  const given = single ? [] : elementsOf(measurements ?? [], `measurements of ${what}`, limits.want, status === "finished" ? 1 : 0);
  const curve = curveOf(problem, single ? [one as Told] : (given as readonly Told[]).map(readTold));
  if (status === "running") {
    checkReached(problem, `until of ${what}`, until);
    if (until <= (curve.at(-1)?.fidelity ?? 0)) refuseFidelity(`until of ${what}`, "more than it has reached", until);
    return { curve, job, until };
  }
  if (status === "finished") return single ? { measurement: curve[0]! } : { curve };
  checkReason(reason ?? "threw");
  const said = checkError(error);
  return { curve, failure: { reason: reason ?? "threw", ...(said && { error: said }) } };
}

function curveOf(problem: Problem, list: readonly Told[]): readonly Measurement[] {
  const max = problem.fidelity?.max ?? 1;
  let reached = -Infinity;
  return list.map((told) => {
    const fidelity = settleFidelity(problem, told.fidelity ?? max, [max]);
    const measurement = measure(problem, told, fidelity, null);
    checkReached(problem, "fidelity of an observed measurement", fidelity);
    if (fidelity <= reached) refuseFidelity("fidelity of an observed measurement", `more than ${reached}`, fidelity);
    reached = fidelity;
    return measurement ?? refuseValues(told);
  });
}

function refuseValues({ values }: Told): never {
  throw new ConfigError({
    code: "badMeasurement",
    what: "observed measurement",
    expected: "finite numbers",
    got: show(values.join(", ")),
    remedy: 'Pass { status: "failed" } for a failed trial.',
  });
}
