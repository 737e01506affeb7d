/**
 * A study as one message: what defines it, its log, and the strategy's state after it. To restore is to replay the log; the checksum finds
 * what was damaged on the way, the state and the version find code that would continue differently.
 */
import { type Event, JournalError, type Json, logFormat, type Problem, upgradeLog } from "@caviar-hpo/core";
import { createFromCard, findCard, sameJson } from "@caviar-hpo/core/contract";
import { array, below, type Decoder, json, object, oneOf, string, whole } from "@caviar-hpo/core/read";
import { decodeJobId, decodeProblem, encodeProblem, eventDecoder } from "@caviar-hpo/core/wire";
import { checksum } from "../checksum.ts";
import { decodeOptions, decodeSeed } from "./params.ts";
import type { Registry } from "./registry.ts";
import { type MemoryServed, type Served, serveStudy } from "./served.ts";

/** The format of a snapshot is that of its log. */
export function takeSnapshot({ study, choice, log }: Served): Json {
  const { seed, firstJob, events } = log();
  const body = {
    format: logFormat,
    problem: encodeProblem(study.problem),
    strategy: { name: choice.name, options: choice.options, version: study.strategy.version },
    seed,
    ...(firstJob > 0 && { firstJob }),
    events,
    state: study.state,
  };
  return { ...body, checksum: checksum(body) };
}

/**
 * Reads all formats. A snapshot that is taken of the restored study is of the latest one.
 *
 * @throws ProtocolError, SpaceError or ConfigError for data that is no snapshot. JournalError for a snapshot that was changed, or that a
 * different version of the code wrote.
 */
export function restoreSnapshot(registry: Registry, snapshot: Json): MemoryServed {
  const { checksum: claimed, ...body } = decodeSnapshot(snapshot, "snapshot");
  const { checksum: _claimed, ...received } = snapshot as { readonly [key: string]: Json };
  const found = checksum(received);
  if (found !== claimed)
    refuse("corrupt", "snapshot.checksum", found, claimed, "The snapshot was changed after it was taken. Use another copy.");
  const { name, options, version } = body.strategy;
  const events = upgradeLog(body.format, body.problem, decodeEvents(body.problem)(body.events, below("snapshot", "events")));
  const other = "A different version of the code wrote the snapshot. Read its events as history, or observe them in a new study.";
  // Before the replay: points that have changed would be blamed on the log.
  const current = createFromCard(findCard(registry, name), options, body.problem).version;
  if (current !== version) refuse("diverged", "snapshot.strategy.version", `${current}`, `${version}`, other);
  const definition = { problem: body.problem, choice: { name, options }, seed: body.seed };
  const served = serveStudy(registry, definition, { events, ...(body.firstJob !== undefined && { firstJob: body.firstJob }) });
  // Earlier formats have states of other shapes. Their events decide: the replay has verified every answer.
  if (body.format === logFormat && !sameJson(served.study.state, body.state))
    refuse("diverged", "snapshot.state", "the state that the events lead to", "a different state", other);
  return served;
}

const decodeSnapshot = object(
  {
    format: oneOf(1, 2),
    problem: decodeProblem,
    strategy: object({ name: string, options: decodeOptions, version: whole(0, Number.MAX_SAFE_INTEGER) }),
    seed: decodeSeed,
    events: json,
    state: json,
    checksum: string,
  },
  { firstJob: decodeJobId },
);

function decodeEvents(problem: Problem): Decoder<readonly Event[]> {
  return array(eventDecoder(problem), Number.MAX_SAFE_INTEGER);
}

function refuse(code: string, what: string, expected: string, got: string, remedy: string): never {
  throw new JournalError({ code, what, expected, got, remedy });
}
