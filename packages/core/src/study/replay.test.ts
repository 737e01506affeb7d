import { describe, expect, it, test } from "vitest";
import { complete, compose } from "../contract/compose.ts";
import { ConfigError, JournalError } from "../contract/errors.ts";
import { type JobId, jobId, trialId } from "../contract/ids.ts";
import type { Problem } from "../contract/problem.ts";
import { sameJson } from "../contract/sameJson.ts";
import type { Strategy } from "../contract/strategy.ts";
import { runCampaign } from "../testing/index.ts";
import { populationStub, promotingStub, randomStub, stoppingStub } from "../testing/stubs.fixture.ts";
import type { Event } from "./events.ts";
import { adopt, replay } from "./replay.ts";
import { type Memory, scripted, simple, start, trained } from "./scripted.fixture.ts";
import { type Study, startStudy } from "./study.ts";

const families: readonly (readonly [string, () => Strategy])[] = [
  ["random search", () => compose(complete, randomStub())],
  ["promotion", () => compose(promotingStub(), randomStub())],
  ["stopping", () => compose(stoppingStub(), randomStub())],
  ["a population", populationStub],
];

const problem: Problem = { ...trained, fidelity: { unit: "epoch", min: 1, max: 9, whole: true } };

type Photo = { readonly state: string; readonly trials: string; readonly running: string; readonly done: boolean };

function photograph(study: Study): Photo {
  const { trials, running } = study.history;
  return { state: JSON.stringify(study.state), trials: JSON.stringify(trials), running: JSON.stringify(running), done: study.done };
}

/** A campaign with every kind of event in it, and what the study looked like before each of them and at the end. */
function record(create: () => Strategy): { readonly events: readonly Event[]; readonly photos: readonly Photo[] } {
  const events: Event[] = [];
  const photos: Photo[] = [];
  const study = startStudy({ problem, strategy: create(), seed: 5 }, (event) => {
    events.push(event);
    photos.push(photograph(study));
  });
  photos.push(photograph(study));
  study.enqueue({ x: 0.25, mode: "plain" });
  study.observe({ x: 0.75, mode: "deep", depth: 1.25 }, { values: [0.3], costSeconds: 2 });
  const curve = [1, 3].map((fidelity) => ({ values: [0.5 + 1 / fidelity], fidelity }));
  study.observe({ x: 0.7, mode: "plain" }, { measurements: curve });
  study.observe({ x: 0.1, mode: "plain" }, { status: "failed", measurements: curve, reason: "timeout", error: "too slow" });
  const judge = (job: { readonly id: number; readonly config: { readonly [name: string]: unknown } }, fidelity: number) => {
    if (job.id % 7 === 3) return "lost";
    if (job.id % 7 === 5) return "nonfinite";
    return ((job.config.x as number) - 0.3) ** 2 + 1 / fidelity;
  };
  runCampaign(study, { workers: 3, trials: 25, pick: (turn) => turn * 3, judge });
  study.fail(jobId(0), "lost");
  study.tell(jobId(3), { values: [1] });
  const elsewhere = study.observe({ x: 0.2, mode: "plain" }, { status: "running", measurements: curve })!;
  study.tell(elsewhere, { values: [0.05] });
  return { events, photos };
}

/** Says an event again to a study. */
function repeat(study: Study, event: Event): void {
  if (event.kind === "asked") {
    const { want, starts = Infinity, finish = false, atMs } = event;
    study.ask({ want, starts, finish, atMs });
  } else if (event.kind === "told") study.tell(event.job, event.measurement, event.atMs);
  else if (event.kind === "failed")
    study.fail(event.job, event.reason, { fidelity: event.fidelity, costSeconds: event.costSeconds }, event.atMs);
  else if (event.kind === "enqueued") study.enqueue(event.config, event.atMs);
  else study.observe(event.config, trialIn(event), event.atMs);
}

function trialIn({ measurement, curve: measurements = [], failure, job, until }: Event & { readonly kind: "observed" }) {
  if (failure !== undefined) return { status: "failed" as const, measurements, ...failure };
  return measurement ?? (job === undefined ? { measurements } : { status: "running" as const, measurements, until: until! });
}

describe.each(families)("the log of %s", (_name, create) => {
  const { events, photos } = record(create);

  it("holds every kind of event, late ones too", () => {
    expect(new Set(events.map((event) => event.kind))).toEqual(new Set(["asked", "told", "failed", "enqueued", "observed"]));
    expect(events.length).toBeGreaterThan(30);
  });

  it("cut anywhere, gives the study of that moment, which continues with the same bits", () => {
    const wrong: number[] = [];
    for (let length = 0; length <= events.length; length++) {
      const later: Event[] = [];
      const study = replay({ problem, strategy: create(), seed: 5 }, structuredClone(events.slice(0, length)), (event) =>
        later.push(event),
      );
      const same = sameJson(photograph(study), photos[length]) && later.length === 0;
      for (const event of events.slice(length)) repeat(study, event);
      if (!same || !sameJson(later, events.slice(length))) wrong.push(length);
    }
    expect(wrong).toEqual([]);
  });
});

describe("a log diverges, with the event's index and both versions of it,", () => {
  const create = (): Strategy => compose(promotingStub(), randomStub());
  const { events } = record(create);
  const asked = events.findIndex((event) => event.kind === "asked" && event.jobs.length > 0);
  const told = events.findIndex((event) => event.kind === "told");

  function divergence(changed: readonly Event[], definition: Partial<Parameters<typeof replay>[0]> = {}): JournalError {
    try {
      replay({ problem, strategy: create(), seed: 5, ...definition }, changed);
    } catch (error) {
      if (error instanceof JournalError) return error;
      throw error;
    }
    throw new Error("replayed without complaint");
  }

  function withEvent(index: number, change: object): readonly Event[] {
    return events.map((event, at) => (at === index ? ({ ...event, ...change } as Event) : event));
  }

  it("under another seed, at the first point it drew", () => {
    const first = events.findIndex((event) => event.kind === "asked" && event.jobs.some((job) => job.config.x !== 0.25));
    const error = divergence(events, { seed: 6 });
    expect(error).toMatchObject({ code: "diverged", what: `event ${first} of the log`, expected: JSON.stringify(events[first]) });
    expect((JSON.parse(error.got) as Event).kind).toBe("asked");
    expect(error.got).not.toBe(error.expected);
    expect(divergence(events, { seed: "5" }).what).toBe(`event ${first} of the log`);
  });

  it("under another strategy", () => {
    expect(divergence(events, { strategy: compose(complete, randomStub()) }).what).toBe(`event ${asked} of the log`);
  });

  it("under a strategy that would have answered a report otherwise", () => {
    const strategy: Strategy = { ...create(), tell: (_state, _context, report) => [{ kind: "stop", job: report.job }] };
    expect(divergence(events, { strategy }).code).toBe("diverged");
  });

  it("under a strategy that throws, with what it threw", () => {
    const strategy: Strategy = {
      ...create(),
      tell: () => {
        throw new Error("not this time");
      },
    };
    expect(divergence(events, { strategy })).toMatchObject({ what: `event ${told} of the log`, got: "not this time" });
  });

  it("under a problem that its configurations do not fit", () => {
    expect(divergence(events, { problem: simple }).code).toBe("diverged");
  });

  test.each<readonly [string, () => readonly Event[]]>([
    ["a job's configuration", () => withEvent(asked, { jobs: [] })],
    ["what was wanted", () => withEvent(asked, { want: 1 })],
    ["what came after", () => withEvent(asked, { then: "done" })],
    ["a directive", () => withEvent(told, { directives: [{ kind: "discard", trial: trialId(0) }] })],
    ["which job was told of", () => withEvent(told, { job: jobId(99) as JobId })],
    ["whether it was the last report", () => withEvent(told, { last: (events[told] as { last: boolean }).last === false })],
    [
      "a value into none",
      () => withEvent(told, { measurement: { fidelity: 1, values: [NaN], constraints: [], costSeconds: 0, atMilestone: true } }),
    ],
    [
      "0 into -0",
      () => withEvent(told, { measurement: { fidelity: 1, values: [-0], constraints: [], costSeconds: 0, atMilestone: true } }),
    ],
    ["an event into nothing", () => events.filter((_, index) => index !== asked)],
    ["an event into two", () => events.flatMap((event, index) => (index === told ? [event, event] : [event]))],
    ["an ask into one for nothing", () => withEvent(asked, { want: 0, jobs: [] })],
    [
      "the order of two events",
      () => events.map((event, index) => (index === told ? events[index - 1]! : index === told - 1 ? events[told]! : event)),
    ],
    ["an event into one of another kind", () => withEvent(told, { kind: "retold" })],
  ])("where something changed %s", (_name, change) => {
    expect(divergence(change()).code).toBe("diverged");
  });

  it("but not for keys in another order, nor for an undefined one", () => {
    const reordered = events.map(
      (event) => Object.fromEntries([...Object.entries(event).reverse(), ["extra", undefined]]) as unknown as Event,
    );
    expect(replay({ problem, strategy: create(), seed: 5 }, reordered).history.trials.length).toBeGreaterThan(20);
  });
});

describe("a log is adopted by a new study", () => {
  it("as observed trials: all that each has measured, and failed ones; lost and unmeasured ones are left out", () => {
    const old = startStudy({ problem: trained, strategy: scripted(), seed: 0 });
    const { jobs } = old.ask({ want: 5 });
    old.tell(jobs[0]!.id, { values: [3], fidelity: 2 });
    old.tell(jobs[0]!.id, { values: [1], costSeconds: 7, variance: [0.5] });
    old.tell(jobs[1]!.id, { values: [2], fidelity: 4 });
    old.tell(jobs[2]!.id, { values: [5], fidelity: 1 });
    old.fail(jobs[2]!.id, "lost");
    old.fail(jobs[3]!.id, "threw");
    const events: Event[] = [];
    const study = startStudy({ problem: trained, strategy: scripted(), seed: 1 }, (event) => events.push(event));
    adopt(study, old.history);
    expect(study.history.trials.map((trial) => [trial.config.x, trial.status, trial.curve])).toEqual([
      [
        0,
        "finished",
        [
          { fidelity: 2, values: [3], constraints: [], costSeconds: 0, atMilestone: true },
          { fidelity: 9, values: [1], constraints: [], variance: [0.5], costSeconds: 7, atMilestone: true },
        ],
      ],
      [0.001, "finished", [{ fidelity: 4, values: [2], constraints: [], costSeconds: 0, atMilestone: true }]],
      [0.003, "failed", []],
    ]);
    expect(events.map((event) => event.kind)).toEqual(["observed", "observed", "observed"]);
    expect((study.state as Memory).heard).toEqual([]);
    expect(replay({ problem: trained, strategy: scripted(), seed: 1 }, events).history.trials).toEqual(study.history.trials);
  });

  it("unless its strategy takes no results from elsewhere", () => {
    const old = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    old.tell(old.ask().jobs[0]!.id, { values: [1] });
    const study = startStudy({
      problem: simple,
      strategy: scripted({ can: { external: false }, ask: () => ({ proposals: [start(0)] }) }),
      seed: 0,
    });
    expect(() => adopt(study, old.history)).toThrow(ConfigError);
  });
});
