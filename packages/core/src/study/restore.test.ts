/** A study that is restored in the middle continues as if it had never stopped. */
import { describe, expect, it } from "vitest";
import { complete, compose } from "../contract/compose.ts";
import { JournalError } from "../contract/errors.ts";
import { jobId } from "../contract/ids.ts";
import type { Json } from "../contract/json.ts";
import { real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { randomStub } from "../testing/stubs.fixture.ts";
import type { Event } from "./events.ts";
import type { StudyDefinition } from "./fold.ts";
import { replay } from "./replay.ts";
import { restore } from "./restore.ts";
import type { Study } from "./study.ts";

const definition = (): StudyDefinition => ({
  problem: {
    space: createSpace({ x: real(0, 1) }),
    objectives: [{ name: "value", goal: "maximize" }],
    constraints: [],
    fidelity: null,
    resumable: false,
  },
  strategy: compose(complete, randomStub()),
  seed: 3,
});

/** One event: every third asks for two jobs, the others report the oldest job. */
function step(study: Study, index: number): void {
  const job = study.history.running[0];
  if (job === undefined || index % 3 === 0) study.ask({ want: 2 });
  else if (index % 5 === 0) study.fail(job.id, "threw");
  else study.tell(job.id, { values: [Number(job.config.x)] });
}

/** The events of an undisturbed study, and the text of the strategy's state after each of them, from before the first. */
function undisturbed(steps: number): { readonly study: Study; readonly events: readonly Event[]; readonly states: readonly string[] } {
  const events: Event[] = [];
  const study = replay(definition(), [], (event) => events.push(event));
  const states = [JSON.stringify(study.state)];
  for (let index = 0; index < steps; index++) {
    step(study, index);
    states.push(JSON.stringify(study.state));
  }
  return { study, events, states };
}

const stateOf = (text: string): Json => JSON.parse(text) as Json;

describe("a restored study", () => {
  const { study, events, states } = undisturbed(24);

  it("has the trials and the state of the undisturbed one, and the same next jobs, wherever the state was saved", () => {
    const expected = { trials: study.history.trials, running: study.history.running, state: study.state };
    const same = replay(definition(), events).ask({ want: 5 });
    for (let at = 0; at <= events.length; at++) {
      const restored = restore(definition(), events, { events: at, state: stateOf(states[at]!) });
      expect({ trials: restored.history.trials, running: restored.history.running, state: restored.state }).toEqual(expected);
      expect(restored.ask({ want: 5 })).toEqual(same);
    }
  });

  it("verifies the events after the saved state", () => {
    const changed = events.map((event, index) => (index === 21 && event.kind === "asked" ? { ...event, then: "done" as const } : event));
    expect(changed[21]).not.toEqual(events[21]);
    expect(() => restore(definition(), changed, { events: 20, state: stateOf(states[20]!) })).toThrow(
      expect.objectContaining({ code: "diverged", what: "event 21 of the log" }),
    );
    expect(() => restore(definition(), changed, { events: 22, state: stateOf(states[22]!) })).not.toThrow();
  });

  it("passes only new events on", () => {
    const heard: Event[] = [];
    const restored = restore(definition(), events, { events: 10, state: stateOf(states[10]!) }, (event) => heard.push(event));
    expect(heard).toEqual([]);
    restored.ask();
    expect(heard.map(({ kind }) => kind)).toEqual(["asked"]);
  });

  it("refuses an event that contradicts those before it with a typed error", () => {
    const told = events.find((event) => event.kind === "told")!;
    const stray = [events[0]!, { ...told, job: jobId(7) }];
    expect(() => restore(definition(), stray, { events: 2, state: stateOf(states[2]!) })).toThrow(JournalError);
    expect(() => restore(definition(), stray, { events: 2, state: stateOf(states[2]!) })).toThrow(
      /event 1 of the log: expected a report of a job that was handed out before/,
    );
  });
});
