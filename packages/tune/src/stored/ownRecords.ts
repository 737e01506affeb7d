/** The records of a log that are not events of the study: what its user and the runtime add. The strategy never learns of them. */
import {
  ConfigError,
  type Event,
  type History,
  type JobId,
  type Json,
  limits,
  type Problem,
  type Space,
  type TrialId,
  trialId,
} from "@caviar-hpo/core";
import {
  configRoot,
  type Decoder,
  json,
  map,
  named,
  nullable,
  number,
  object,
  oneOf,
  type Path,
  tagged,
  text,
  whole,
} from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { decodeJobId, decodeProblem, encodeProblem, eventReader, stringifyWire } from "@caviar-hpo/core/wire";

/** What a user notes of a trial or of a study: values of JSON by name. */
export type Attributes = { readonly [name: string]: Json };

/** `atMs` of each is when it was written, in milliseconds since 1970. */
export type OwnRecord =
  /** Attributes of a trial, or of the study if `trial` is null. They replace earlier ones of the same names. */
  | { readonly kind: "annotated"; readonly trial: TrialId | null; readonly attributes: Attributes; readonly atMs: number }
  /** A worker begins a job. `attempt` counts from 1: a job whose worker was lost is given to another one. */
  | { readonly kind: "assigned"; readonly job: JobId; readonly worker: string; readonly attempt: number; readonly atMs: number }
  /** The space was replaced by a larger one. The strategy starts again, with job `firstJob`: 0 by default, as earlier versions had it. */
  | { readonly kind: "extended"; readonly space: Space; readonly firstJob?: number; readonly atMs: number }
  /** A call of `optimize` has ended: which rule ended it, and why, in one sentence. */
  | { readonly kind: "ended"; readonly rule: string; readonly reason: string; readonly atMs: number };

/** What a record of a log holds: an event of the study, or a record of this file. */
export type LogEntry = Event | OwnRecord;

/** The most attributes in one record. */
const mostAttributes = 1000;
/** The most UTF-16 units of the attributes in one record, as JSON text. */
const attributesLength = 1 << 20;

const decodeAttributes: Decoder<Attributes> = named(json, mostAttributes);

export const decodeOwnRecord: Decoder<OwnRecord> = tagged({
  annotated: object({
    kind: oneOf("annotated"),
    trial: nullable(map(whole(0, limits.trials), trialId)),
    attributes: decodeAttributes,
    atMs: number,
  }),
  assigned: object({
    kind: oneOf("assigned"),
    job: decodeJobId,
    worker: text(limits.nameLength),
    attempt: whole(1, Number.MAX_SAFE_INTEGER),
    atMs: number,
  }),
  extended: map(
    object({ kind: oneOf("extended"), space: json, atMs: number }, { where: json, beliefs: json, firstJob: decodeJobId }),
    ({ space, where, beliefs, ...rest }, path) => {
      const problem = { space, ...(where !== undefined && { where }), ...(beliefs !== undefined && { beliefs }) };
      return { ...rest, space: decodeProblem(problem, path).space };
    },
  ),
  ended: object({ kind: oneOf("ended"), rule: text(limits.nameLength), reason: text(limits.errorLength), atMs: number }),
});

const ownKinds: ReadonlySet<unknown> = new Set<OwnRecord["kind"]>(["annotated", "assigned", "extended", "ended"]);

/** What a record of a log holds, as JSON. */
export function encodeEntry(entry: LogEntry): Json {
  if (entry.kind !== "extended") return entry as Json;
  const { kind, space, firstJob, atMs } = entry;
  const { space: params, where, beliefs } = encodeProblem(problemOver(space)) as { readonly [key: string]: Json };
  const more = { ...(where !== undefined && { where }), ...(beliefs !== undefined && { beliefs }) };
  return { kind, space: params!, ...more, ...(firstJob !== undefined && { firstJob }), atMs };
}

/**
 * Reads the records of a log in order: each event with the space to which the study had been extended by then.
 *
 * @returns what reads a parsed value, which it may change.
 */
export function entryReader(problem: Problem): (parsed: Json, path: Path) => LogEntry {
  let readEvent = eventReader(problem);
  return (parsed, path) => {
    const entry = isOwn(parsed as LogEntry) ? decodeOwnRecord(parsed, path) : readEvent(parsed, path);
    if (entry.kind === "extended") readEvent = eventReader({ ...problem, space: entry.space });
    return entry;
  };
}

/** A problem with nothing but a space. */
function problemOver(space: Space): Problem {
  return { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
}

/** Whether an entry of a log is a record of this file. */
export function isOwn<T extends { readonly kind: string }>(entry: T | OwnRecord): entry is OwnRecord {
  return ownKinds.has(entry.kind);
}

/**
 * A copy of what a user gives as attributes.
 *
 * @throws ConfigError "badAttributes" for what is no plain data, for more than 1,000 names, or for more than 2^20 characters of JSON.
 */
export function readAttributes(given: unknown): Attributes {
  const attributes = decodeAttributes(given, configRoot("attributes of annotate", "badAttributes"));
  if (stringifyWire(attributes).length <= attributesLength) return attributes;
  throw new ConfigError({
    code: "badAttributes",
    what: "attributes of annotate",
    expected: `at most ${attributesLength} characters of JSON`,
    got: "more",
    remedy: "Write large data to a file, and annotate its path.",
  });
}

/** A record as it will be read again. @throws ConfigError "badRecord" for one that could not be read. */
export function readOwnRecord(record: OwnRecord): OwnRecord {
  return decodeOwnRecord(record, configRoot("record of the log", "badRecord"));
}

/** @throws ConfigError "unknownTrial". @param trials how many there are. */
export function checkTrial(trial: unknown, trials: number): void {
  if (trial === null || (Number.isInteger(trial) && (trial as number) >= 0 && (trial as number) < trials)) return;
  throw new ConfigError({
    code: "unknownTrial",
    what: "trial of annotate",
    expected: trials === 0 ? "null, because the study has no trial yet" : `null, or the id of a trial from 0 to ${trials - 1}`,
    got: show(trial),
    remedy: "Pass the id of a trial of this study, or null for the study as a whole.",
  });
}

/** @throws ConfigError "unknownJob" for a job that does not run. */
export function checkRunning(job: JobId, { running }: History): void {
  if (running.some(({ id }) => id === job)) return;
  throw new ConfigError({
    code: "unknownJob",
    what: "job of a worker",
    expected: "a running job",
    got: show(job),
    remedy: "Assign a job before it is told or fails.",
  });
}
