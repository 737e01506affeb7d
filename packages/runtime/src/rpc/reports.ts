/**
 * Reports of jobs: `tell` and `fail`. A job ends once. The same report again gives the same answer again, so a client that lost an answer
 * may report again. A different report is refused, and the error shows both. One late report counts: the result of a job that was given
 * up as lost becomes a trial of its own.
 */
import { type Event, type Job, type JobId, type Json, type Measurement, ProtocolError, type Study } from "@caviar-hpo/core";
import { type Heard, sameFidelity, sameJson, settleFidelity } from "@caviar-hpo/core/contract";
import { below, reject } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { stringifyWire } from "@caviar-hpo/core/wire";
import type { Protocol } from "./conversation.ts";
import { isCaviarError } from "./fault.ts";
import { decodeFail, decodeTell, type FailParams, type TellParams } from "./params.ts";
import type { Served } from "./served.ts";

/** @throws ProtocolError "unknownJob"; "otherReport" if another report came first; "endedJob" for a job that the strategy has ended. */
export function tellJob(served: Served, params: Json, protocol: Protocol): Json {
  const { last, job: given, ...told } = decodeTell(params, "params");
  const { study } = served;
  const id = served.jobNow(given);
  const report = { ...told, job: id };
  const job = study.history.running.find((running) => running.id === id);
  if (job === undefined) return answerEnded(served, id, protocol, (past) => tellEnded(served, past, report));
  const fidelity = settleFidelity(study.problem, told.fidelity ?? job.until, [job.until]);
  checkLast(last, fidelity, job.until);
  try {
    return heardToWire(study.tell(id, told));
  } catch (error) {
    const past = protocol > 1 && isCaviarError(error) && error.code === "badFidelity" ? pastOf(served.log().all, id) : null;
    const first = past === null ? undefined : reportAt(study, past, fidelity);
    if (first === undefined) throw error;
    return sameReport(first, report) ? repeated(first) : otherReport(id, reportText(first), tellText(report, fidelity));
  }
}

/** As `tellJob`. */
export function failJob(served: Served, params: Json, protocol: Protocol): Json {
  const { job: given, reason, ...details } = decodeFail(params, "params");
  const id = served.jobNow(given);
  if (served.study.history.running.some((running) => running.id === id)) return heardToWire(served.study.fail(id, reason, details));
  return answerEnded(served, id, protocol, ({ reports, ending }) => {
    if (ending !== null) return endedByStrategy(id, ending);
    const end = reports.at(-1)!;
    return end.kind === "failed" && end.reason === reason ? repeated(end) : otherReport(id, reportText(end), failText({ reason }));
  });
}

function checkLast(last: boolean | undefined, fidelity: number, until: number): void {
  if (last === undefined || last === fidelity >= until) return;
  const expected = `${fidelity >= until} at fidelity ${fidelity} of a job until ${until}`;
  reject(below("params", "last"), expected, last, "Leave it out, or correct the fidelity.");
}

export function heardToWire({ effect, directives }: Heard): Json {
  return { effect, directives };
}

type ReportEvent = Extract<Event, { readonly kind: "told" | "failed" }>;

/** What the log says about a job. */
type Past = {
  readonly job: Pick<Job, "id" | "config" | "until">;
  /** The reports that counted, in order. The last one has ended the job, unless the strategy has. */
  readonly reports: readonly ReportEvent[];
  /** Whether the strategy has ended the job, and how. */
  readonly ending: "stopped" | "paused" | null;
  /** Results that were observed after the job had failed. */
  readonly observed: readonly Measurement[];
};

function answerEnded(served: Served, id: JobId, protocol: Protocol, answer: (past: Past) => Json): Json {
  const past = pastOf(served.log().all, id);
  if (past === null) {
    const remedy = "Report the id that ask returned.";
    return refuseJob("unknownJob", `job ${id}, which was never handed out`, remedy);
  }
  if (protocol === 1) return refuseJob("endedJob", `job ${id}, which has ended`, "The first report counts. Drop this one.");
  return answer(past);
}

function pastOf(events: readonly Event[], id: JobId): Past | null {
  let job: Past["job"] | undefined;
  let ending: Past["ending"] = null;
  let ended = false;
  const reports: ReportEvent[] = [];
  const observed: Measurement[] = [];
  for (const event of events) {
    job ??= jobIn(event, id);
    if (job === undefined || event.kind === "enqueued") continue;
    if (event.kind === "observed") {
      if (ended && event.measurement !== undefined && sameJson(event.config, job.config)) observed.push(event.measurement);
      continue;
    }
    if (event.kind !== "asked" && event.job === id && !ended) {
      reports.push(event);
      ended = event.kind === "failed" || event.last;
    }
    for (const directive of event.directives) {
      if (directive.kind === "discard" || directive.job !== id || ended) continue;
      ending = directive.kind === "stop" ? "stopped" : "paused";
      ended = true;
    }
  }
  return job === undefined ? null : { job, reports, ending, observed };
}

/** The job, if the event begins it. */
function jobIn(event: Event, id: JobId): Past["job"] | undefined {
  if (event.kind === "asked") return event.jobs.find((job) => job.id === id);
  if (event.kind !== "observed" || event.job !== id) return undefined;
  return { id, config: event.config, until: event.until! };
}

function tellEnded(served: Served, past: Past, report: TellParams): Json {
  const { study } = served;
  const { job, reports, ending } = past;
  const fidelity = settleFidelity(study.problem, report.fidelity ?? job.until, [job.until]);
  const found = reportAt(study, past, fidelity);
  if (found === undefined && ending !== null) return endedByStrategy(job.id, ending);
  const first = found ?? reports.at(-1)!;
  if (sameReport(first, report)) return repeated(first);
  if (first.kind === "failed" && first.reason === "lost") return tellLost(served, past, report, fidelity);
  return otherReport(job.id, reportText(first), tellText(report, fidelity));
}

/** The result of a job that was given up counts as one from elsewhere. What it measures on its way counts for nothing. */
function tellLost({ study, strategy }: Served, { job, observed }: Past, report: TellParams, fidelity: number): Json {
  const finite = [report.values, report.constraints ?? [], report.variance ?? []].flat().every(Number.isFinite);
  if (!strategy.can.external || !finite || fidelity < job.until) return { effect: "ignored", directives: [] };
  const earlier = observed[0];
  if (earlier !== undefined) {
    if (!sameMeasurement(earlier, report)) otherReport(job.id, measurementText(earlier), tellText(report, fidelity));
    return { effect: "observed", directives: [], repeated: true };
  }
  const { job: _job, last: _last, ...told } = report;
  study.observe(job.config, { ...told, fidelity });
  return { effect: "observed", directives: [] };
}

/** The report at this fidelity, which a number may miss by rounding. */
function reportAt({ problem }: Study, { reports }: Past, fidelity: number): ReportEvent | undefined {
  return reports.find((event) => {
    const at = event.kind === "told" ? event.measurement.fidelity : event.fidelity;
    return sameFidelity(settleFidelity(problem, fidelity, [at]), at) && (event.kind === "told" || event.reason === "nonfinite");
  });
}

function sameReport(first: ReportEvent, report: TellParams): boolean {
  if (first.kind === "told") return sameMeasurement(first.measurement, report);
  const numbers = [report.values, report.constraints ?? [], report.variance ?? []].flat();
  return first.reason === "nonfinite" && !numbers.every(Number.isFinite);
}

/** What was measured decides. Its cost does not: a second evaluation may take longer. */
function sameMeasurement({ values, constraints, variance }: Measurement, report: TellParams): boolean {
  return (
    sameNumbers(values, report.values) &&
    sameNumbers(constraints, report.constraints ?? []) &&
    sameNumbers(variance ?? [], report.variance ?? [])
  );
}

/** -0 equals 0, as everywhere in a study. */
function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function repeated(first: ReportEvent): Json {
  return { effect: first.kind === "told" ? "accepted" : "failed", directives: first.directives, repeated: true };
}

function reportText(event: ReportEvent): string {
  return event.kind === "told" ? measurementText(event.measurement) : failText(event);
}

function failText({ reason, error }: Pick<FailParams, "reason" | "error">): string {
  return error === undefined ? `the failure ${show(reason)}` : `the failure ${show(reason)} with the error ${show(error)}`;
}

function measurementText(measurement: Measurement): string {
  return tellText(measurement, measurement.fidelity);
}

function tellText({ values, constraints = [], variance }: Omit<TellParams, "job" | "last">, fidelity: number): string {
  const parts = [`values ${stringifyWire(values)} at fidelity ${fidelity}`];
  if (constraints.length > 0) parts.push(`constraints ${stringifyWire(constraints)}`);
  if (variance !== undefined) parts.push(`variance ${stringifyWire(variance)}`);
  return parts.join(", ");
}

function otherReport(id: JobId, first: string, got: string): never {
  throw new ProtocolError({
    code: "otherReport",
    what: `report of job ${id}`,
    expected: `the report that came first, ${first}`,
    got,
    remedy: "The first report counts. Drop this one.",
  });
}

function endedByStrategy(id: JobId, ending: "stopped" | "paused"): never {
  return refuseJob("endedJob", `job ${id}, which the strategy has ${ending}`, "Drop the report, and stop the work on the job.");
}

function refuseJob(code: string, got: string, remedy: string): never {
  throw new ProtocolError({ code, what: "params.job", expected: "a running job", got, remedy });
}
