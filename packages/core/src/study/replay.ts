/**
 * Replay: the same events again, each answer recomputed and compared with the one in the log. So a study continues with the bits it
 * would have had, and a strategy, seed or engine that has changed is reported. A log of an earlier format passes through `upgradeLog`
 * before. Configurations are compared by the values that their parameters have today: early versions logged values as they were given.
 */
import { JournalError } from "../contract/errors.ts";
import { sameJson } from "../contract/sameJson.ts";
import type { History } from "../contract/trial.ts";
import { func } from "../read/decode.ts";
import { configRoot } from "../read/path.ts";
import { elementsOf } from "../read/snapshot.ts";
import { checkProposal, readValues } from "../space/config.ts";
import type { Space } from "../space/param.ts";
import { show } from "../text/show.ts";
import { thrownText } from "../text/thrownText.ts";
import type { AskOptions } from "./ask.ts";
import type { Event } from "./events.ts";
import type { StudyDefinition } from "./fold.ts";
import type { ObservedTrial } from "./observe.ts";
import type { FailureDetails } from "./report.ts";
import { type Study, startStudy } from "./study.ts";

/**
 * The study that these events made. `onEvent` gets the events that come later.
 *
 * @throws JournalError "diverged", with the index and both versions of the first event that differs.
 */
export function replay(definition: StudyDefinition, events: readonly Event[], onEvent: (event: Event) => void = () => {}): Study {
  func(onEvent, configRoot("onEvent", "badOption"));
  const list = elementsOf(events, configRoot("events", "badOption"), Infinity, 0) as readonly Event[];
  return verified((listener) => startStudy(definition, listener), list, 0, onEvent);
}

/** The study that `start` makes, after the events from `first` on. */
export function verified(
  start: (listener: (event: Event) => void) => Study,
  events: readonly Event[],
  first: number,
  onEvent: (event: Event) => void,
): Study {
  let recomputed: Event | null = null;
  let live = false;
  const study = start((event) => {
    recomputed = event;
    if (live) onEvent(event);
  });
  for (let index = first; index < events.length; index++) {
    const event = events[index]!;
    let same: boolean;
    recomputed = null;
    try {
      repeat(study, event);
      same = sameJson(recomputed, withOwnValues(study.problem.space, event));
    } catch (error) {
      throw diverged(index, event, thrownText(error));
    }
    if (!same) throw diverged(index, event, JSON.stringify(recomputed));
  }
  live = true;
  return study;
}

/**
 * Adds the trials of an old study that have measured something or failed to this study, as observed trials. So a study can continue under a
 * new version of its strategy. Lost trials are left out, because they say nothing about their configurations.
 */
export function adopt(study: Study, { trials }: History): void {
  for (const { config, curve, failure } of trials) {
    if (failure?.reason === "lost") continue;
    if (failure !== undefined) study.observe(config, { status: "failed", measurements: curve, ...failure });
    else if (curve.length > 0) study.observe(config, curve.length === 1 ? curve[0]! : { measurements: curve });
  }
}

function repeat(study: Study, event: Event): void {
  switch (event.kind) {
    case "asked": {
      const { want, starts, trials, finish, atMs } = event;
      study.ask({ want, starts, trials, finish, atMs } as AskOptions);
      return;
    }
    case "told":
      study.tell(event.job, event.measurement, event.atMs);
      return;
    case "failed":
      study.fail(event.job, event.reason, failureIn(event), event.atMs);
      return;
    case "enqueued":
      study.enqueue(event.config, event.atMs);
      return;
    case "observed":
      study.observe(event.config, event.measurement ?? observedIn(event), event.atMs);
      return;
  }
}

function failureIn({ fidelity, costSeconds, error }: Event & { readonly kind: "failed" }): FailureDetails {
  return { fidelity, costSeconds, ...(error !== undefined && { error }) };
}

function observedIn({ curve: measurements = [], failure, job, until }: Event & { readonly kind: "observed" }): ObservedTrial {
  if (failure !== undefined) return { status: "failed", measurements, ...failure };
  return job === undefined ? { measurements } : { status: "running", measurements, ...(until !== undefined && { until }) };
}

function withOwnValues(space: Space, event: Event): Event {
  if (event.kind === "asked") return { ...event, jobs: event.jobs.map((job) => ({ ...job, config: checkProposal(space, job.config) })) };
  if (event.kind === "enqueued") return { ...event, config: readValues(space, event.config) };
  return "config" in event ? { ...event, config: checkProposal(space, event.config) } : event;
}

function diverged(index: number, event: Event, got: string): JournalError {
  return new JournalError({
    code: "diverged",
    what: `event ${index} of the log`,
    expected: written(event),
    got,
    remedy: "Another strategy, version, seed or engine wrote this log. Use readHistory, or adopt it.",
  });
}

/** As JSON, if the event is data. */
function written(event: unknown): string {
  try {
    return JSON.stringify(event) ?? show(event);
  } catch {
    return show(event);
  }
}
