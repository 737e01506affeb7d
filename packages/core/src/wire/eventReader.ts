/**
 * Events from the lines of a long log. `eventDecoder` copies each object of an event, because the value that it gets may be an object of a
 * caller. A value that `parseWire` has made belongs to the reader, so an event whose form is the usual one is checked in place and kept.
 * Every other value goes to `eventDecoder`, which says what is wrong. Both accept the same events.
 */
import type { Json } from "../contract/json.ts";
import { limits } from "../contract/limits.ts";
import type { Problem } from "../contract/problem.ts";
import type { Path } from "../read/path.ts";
import { checkProposal } from "../space/config.ts";
import type { Config, Space } from "../space/param.ts";
import type { Event } from "../study/events.ts";
import { eventDecoder } from "./records.ts";

/** Whether a part of a parsed value is as usual. It may replace members of that part by their own values. */
type FormCheck = (value: Json) => boolean;

/**
 * A reader of values that `parseWire` has made, which may not be used afterwards.
 *
 * @throws what `eventDecoder` throws.
 */
export function eventReader(problem: Problem): (parsed: Json, path: Path) => Event {
  const decode = eventDecoder(problem);
  const usual: { readonly [kind: string]: FormCheck } = { asked: usualAsk(problem), told: usualReport(problem) };
  return (parsed, path) => {
    const kind = isObject(parsed) && Object.hasOwn(parsed, "kind") ? parsed.kind : null;
    const isUsual = typeof kind === "string" && Object.hasOwn(usual, kind) ? usual[kind]! : null;
    return isUsual?.(parsed) ? (parsed as unknown as Event) : decode(parsed, path);
  };
}

function usualAsk(problem: Problem): FormCheck {
  const fidelity = fidelityIn(problem);
  const id = count(Number.MAX_SAFE_INTEGER);
  const trial = count(limits.trials);
  const checkpoint = record({ trial, fidelity });
  const numbers = list(isNumber, 0, limits.objectives);
  const job = record(
    {
      id,
      trial,
      config: isObject,
      from: (value) => value === null || checkpoint(value),
      until: fidelity,
      milestones: list(fidelity, 1),
    },
    { prediction: record({ mean: numbers, sd: numbers }), note: () => true },
  );
  const jobs = list(
    (value) => job(value) && ascends(value as unknown as Milestones) && ownsConfig(problem.space, value as unknown as { config: Config }),
    0,
  );
  return record(
    {
      kind: isText,
      want: count(limits.want),
      jobs,
      directives,
      then: (value) => value === "more" || value === "wait" || value === "done",
      atMs: isNumber,
    },
    { starts: count(limits.want), trials: count(limits.trials), finish: (value) => value === true },
  );
}

function usualReport(problem: Problem): FormCheck {
  const measurement = record({
    fidelity: fidelityIn(problem),
    values: list(isNumber, problem.objectives.length, problem.objectives.length),
    constraints: list(isNumber, problem.constraints.length, problem.constraints.length),
    costSeconds: (value) => isNumber(value) && (value as number) >= 0,
    atMilestone: isBoolean,
  });
  return record({ kind: isText, job: count(Number.MAX_SAFE_INTEGER), measurement, last: isBoolean, directives, atMs: isNumber });
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A finite number. Others, and negative zeros where they are not usual, are read by `eventDecoder`. */
function isNumber(value: Json): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function isText(value: Json): boolean {
  return typeof value === "string";
}

function isBoolean(value: Json): boolean {
  return typeof value === "boolean";
}

function count(most: number): FormCheck {
  return (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most && !Object.is(value, -0);
}

function fidelityIn({ fidelity }: Problem): FormCheck {
  const most = fidelity === null ? 1 : fidelity.max;
  return fidelity?.whole ? count(most) : (value) => isNumber(value) && (value as number) >= 0 && (value as number) <= most;
}

type FormChecks = { readonly [key: string]: FormCheck };

/** An object with these keys, perhaps the optional ones, and no others. */
function record(required: FormChecks, optional: FormChecks = {}): FormCheck {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  const { length } = Object.keys(required);
  const isRequired = (key: string): boolean => Object.hasOwn(required, key);
  return (value) => {
    if (!isObject(value)) return false;
    let found = 0;
    for (const key in value) {
      const check = checks.get(key);
      if (check === undefined || !check(value[key]!)) return false;
      if (checks.size === length || isRequired(key)) found++;
    }
    return found === length;
  };
}

function list(check: FormCheck, least: number, most: number = limits.want): FormCheck {
  return (value) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) return false;
    for (const element of value as readonly Json[]) if (!check(element)) return false;
    return true;
  };
}

const ofJob = record({ kind: (value) => value === "stop" || value === "pause", job: count(Number.MAX_SAFE_INTEGER) });
const ofTrial = record({ kind: (value) => value === "discard", trial: count(limits.trials) });
const directives = list((value) => ofJob(value) || ofTrial(value), 0, limits.trials);

type Milestones = { readonly from: { readonly fidelity: number } | null; readonly until: number; readonly milestones: readonly number[] };

function ascends({ from, until, milestones }: Milestones): boolean {
  let last = from === null ? 0 : from.fidelity;
  for (const milestone of milestones) {
    if (milestone <= last) return false;
    last = milestone;
  }
  return last === until;
}

/** The configuration of a job becomes the space's own. */
function ownsConfig(space: Space, job: { config: Config }): boolean {
  try {
    job.config = checkProposal(space, Object.freeze(job.config));
    return true;
  } catch {
    return false;
  }
}
