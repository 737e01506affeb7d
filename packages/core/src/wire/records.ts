/**
 * The records in logs, snapshots and messages. They are plain data, so `stringifyWire` writes them as they are. This file reads them from
 * untrusted text. Most of them depend on the problem: on the values of its parameters, the number of objectives, and the fidelity. Make a
 * decoder once, and use it for every record.
 */
import { ConfigError } from "../contract/errors.ts";
import { type JobId, jobId, type TrialId, trialId } from "../contract/ids.ts";
import { limits } from "../contract/limits.ts";
import type { Problem } from "../contract/problem.ts";
import type { Directive, Then } from "../contract/strategy.ts";
import type { FailureReason, Job, Measurement } from "../contract/trial.ts";
import type { Key } from "../random/key.ts";
import {
  array,
  between,
  boolean,
  type Decoder,
  finite,
  hasKey,
  json,
  map,
  nullable,
  number,
  object,
  oneOf,
  reject,
  tagged,
  text,
  tuple,
  whole,
} from "../read/decode.ts";
import { below, type Path, showPath } from "../read/path.ts";
import { checkConfig, readValues } from "../space/config.ts";
import type { Config, Space } from "../space/param.ts";
import { isComplete } from "../space/partial.ts";
import type { Event } from "../study/events.ts";

const word: Decoder<number> = whole(0, 0xffff_ffff);
export const decodeKey: Decoder<Key> = tuple(word, word, word, word);

export const decodeTrialId: Decoder<TrialId> = map(whole(0, limits.trials), trialId);
/** Job ids. */
export const decodeJobId: Decoder<JobId> = map(whole(0, Number.MAX_SAFE_INTEGER), jobId);
export const decodeThen: Decoder<Then> = oneOf("more", "wait", "done");
/** The reasons for which a job can fail. */
export const decodeFailureReason: Decoder<FailureReason> = oneOf("threw", "timeout", "lost", "nonfinite", "infeasible");

export const decodeDirective: Decoder<Directive> = tagged({
  stop: object({ kind: oneOf("stop"), job: decodeJobId }),
  pause: object({ kind: oneOf("pause"), job: decodeJobId }),
  discard: object({ kind: oneOf("discard"), trial: decodeTrialId }),
});

/** Configurations in `space`. Throws ConfigError as `checkConfig` does, with the path before the name of the value. */
export function configDecoder(space: Space): Decoder<Config> {
  return decoderOf((value) => checkConfig(space, value));
}

/**
 * Configurations that may leave out parameters. Throws ConfigError as `configDecoder` does. Whether other values complete them is left to
 * `Study.enqueue`, because the search for these would make it slow to read a log.
 */
export function partialConfigDecoder(space: Space): Decoder<Config> {
  return decoderOf((value) => {
    const config = readValues(space, value);
    return isComplete(space, config) ? checkConfig(space, config) : config;
  });
}

function decoderOf(check: (value: unknown) => Config): Decoder<Config> {
  return (value, path) => {
    try {
      return check(value);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new ConfigError({
        code: error.code,
        what: `${showPath(path)}, ${error.what}`,
        expected: error.expected,
        got: error.got,
        remedy: error.remedy,
      });
    }
  };
}

/** Fidelities above 0 and up to the highest of the problem. From 0 to 1 if evaluations are complete. */
export function fidelityDecoder(problem: Problem): Decoder<number> {
  const { fidelity } = problem;
  if (fidelity === null) return between(0, 1);
  return fidelity.whole ? whole(0, fidelity.max) : between(0, fidelity.max);
}

/** Measurements with a finite value for each objective and for each constraint. In format 1 `atMilestone` has the name `rung`. */
export function measurementDecoder(problem: Problem): Decoder<Measurement> {
  const objectives = problem.objectives.length;
  const constraints = problem.constraints.length;
  const fields = {
    fidelity: fidelityDecoder(problem),
    values: array(finite, objectives, objectives),
    constraints: array(finite, constraints, constraints),
    costSeconds,
  };
  const optional = { variance: array(between(0, Infinity), objectives, objectives) };
  const latest = object({ ...fields, atMilestone: boolean }, optional);
  const format1 = map(object({ ...fields, rung: boolean }, optional), ({ rung, ...rest }) => ({ ...rest, atMilestone: rung }));
  return (value, path) => (hasKey(value, "rung") ? format1(value, path) : latest(value, path));
}

const costSeconds: Decoder<number> = between(0, Infinity);

/** Jobs. Their milestones must ascend from the checkpoint to `until`. */
export function jobDecoder(problem: Problem): Decoder<Job> {
  const fidelity = fidelityDecoder(problem);
  const numbers = array(number, limits.objectives);
  const job = object(
    {
      id: decodeJobId,
      trial: decodeTrialId,
      config: configDecoder(problem.space),
      from: nullable(object({ trial: decodeTrialId, fidelity })),
      until: fidelity,
      milestones: array(fidelity, limits.want, 1),
    },
    { prediction: object({ mean: numbers, sd: numbers }), note: json },
  );
  return map(job, (wire, path) => {
    let last = wire.from === null ? 0 : wire.from.fidelity;
    wire.milestones.forEach((milestone, index) => {
      if (milestone <= last) reject(below(below(path, "milestones"), index), `more than ${last}, which comes before`, milestone);
      last = milestone;
    });
    if (last !== wire.until) reject(below(path, "until"), `the last milestone, ${last}`, wire.until);
    return wire;
  });
}

/** Events of a log. Times are only recorded, so any number is accepted, also from a wrong clock. */
export function eventDecoder(problem: Problem): Decoder<Event> {
  const config = configDecoder(problem.space);
  const measurement = measurementDecoder(problem);
  const directives = array(decodeDirective, limits.trials);
  return tagged({
    asked: object(
      {
        kind: oneOf("asked"),
        want: whole(0, limits.want),
        jobs: array(jobDecoder(problem), limits.want),
        directives,
        then: decodeThen,
        atMs: number,
      },
      { starts: whole(0, limits.want), trials: whole(0, limits.trials), finish: oneOf(true) },
    ),
    told: object({ kind: oneOf("told"), job: decodeJobId, measurement, last: boolean, directives, atMs: number }),
    failed: object(
      {
        kind: oneOf("failed"),
        job: decodeJobId,
        reason: decodeFailureReason,
        fidelity: fidelityDecoder(problem),
        costSeconds,
        directives,
        atMs: number,
      },
      { error: text(limits.errorLength) },
    ),
    enqueued: object({ kind: oneOf("enqueued"), config: partialConfigDecoder(problem.space), atMs: number }),
    observed: observedDecoder(problem, config, measurement),
  });
}

type Observed = Event & { readonly kind: "observed" };

/** One measurement, or a curve with whatever the trial ended in. */
function observedDecoder(problem: Problem, config: Decoder<Config>, measurement: Decoder<Measurement>): Decoder<Observed> {
  const fields = { kind: oneOf("observed"), config };
  const end = { directives: array(decodeDirective, limits.trials), atMs: number };
  const plain = object({ ...fields, measurement, ...end });
  const failure = object({ reason: decodeFailureReason }, { error: text(limits.errorLength) });
  const curve = array(measurement, limits.want);
  const detailed = object({ ...fields, curve, ...end }, { failure, job: decodeJobId, until: fidelityDecoder(problem) });
  return (value, path) => {
    if (!Object.hasOwn(Object(value), "curve")) return plain(value, path);
    const event = detailed(value, path);
    checkObserved(event, path);
    return event;
  };
}

/** A trial has finished, failed, or runs as a job until a fidelity that it has not reached. */
function checkObserved({ curve, failure, job, until }: Observed, path: Path): void {
  let last = 0;
  for (const [index, { fidelity }] of curve!.entries()) {
    if (index > 0 && fidelity <= last) reject(below(below(path, "curve"), index), `a fidelity above ${last}, which comes before`, fidelity);
    last = fidelity;
  }
  if (failure !== undefined && job !== undefined) reject(path, "a failure or a job", "both");
  if ((job === undefined) !== (until === undefined)) reject(path, "a job with until, or neither", "one of them");
  if (until !== undefined && until <= last) reject(below(path, "until"), `more than ${last}, which comes before`, until);
  if (failure === undefined && job === undefined && curve!.length === 0) reject(below(path, "curve"), "a measurement", curve);
}
