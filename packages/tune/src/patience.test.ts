import type { Event, Objective, Signal } from "@caviar-hpo/core";
import { randomCard } from "@caviar-hpo/samplers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStudy, type Ending, type OptimizeOptions, type Patience, real } from "./index.ts";
import { patienceOf } from "./patience.ts";

const space = { x: real(0, 1) };

/** What a trial does. */
type Outcome = { readonly values: readonly number[]; readonly feasible: boolean } | "throws";

type Given = {
  readonly goals: readonly Objective["goal"][];
  readonly outcomes: readonly Outcome[];
  readonly observed?: readonly (readonly number[])[];
  readonly events?: readonly Event[];
};

/** A study whose trial i has outcome i, all the same from the end of the list on. */
function open({ goals, outcomes, observed = [], events = [] }: Given) {
  const log = [...events];
  const study = createStudy({
    space,
    strategy: randomCard,
    objectives: goals.map((goal, index) => ({ name: `f${index}`, goal })),
    constraints: ["c"],
    events,
    onEvent: (event) => log.push(event),
  });
  if (events.length === 0) for (const values of observed) study.observe({ x: 0.5 }, { values, constraints: [0] });
  const endings: Ending[] = [];
  const run = async (options: OptimizeOptions): Promise<void> => {
    const work = study.optimize(
      async ({ trial }) => {
        const outcome = outcomes[Math.min(trial - observed.length, outcomes.length - 1)]!;
        if (outcome === "throws") throw new Error("out of memory");
        return { values: outcome.values, constraints: [outcome.feasible ? 0 : 1] };
      },
      { maxConsecutiveFailures: null, onEnd: (ending) => endings.push(ending), ...options },
    );
    await work.catch((error) => expect(error.code).toBe("nothingSucceeded"));
  };
  return { study, run, log, endings };
}

const minimised = (...values: readonly number[]): Given => ({
  goals: ["minimize"],
  outcomes: values.map((value) => ({ values: [value], feasible: true })),
});

/** The rule in its own words: how many trials have gained nothing since one that has, once so many of them ran. */
function inVainAfter({ goals, outcomes, observed = [] }: Given, minGain: number, ran: number): number {
  const better = (a: readonly number[], b: readonly number[]): boolean =>
    goals.some((goal, index) => (goal === "maximize" ? a[index]! - b[index]! : b[index]! - a[index]!) > minGain);
  const points: readonly Outcome[] = [
    ...observed.map((values) => ({ values, feasible: true })),
    ...Array.from({ length: ran }, (_, trial) => outcomes[Math.min(trial, outcomes.length - 1)]!),
  ];
  const gained: (readonly number[])[] = [];
  let inVain = 0;
  points.forEach((point, at) => {
    if (point !== "throws" && point.feasible && gained.every((earlier) => better(point.values, earlier))) {
      gained.push(point.values);
      inVain = 0;
    } else if (at >= observed.length) inVain++;
  });
  return inVain;
}

/** How many trials run under the rule, at most `most`. */
function trialsUnder({ trials, minGain = 0 }: Patience, given: Given, most: number): number {
  for (let ran = 1; ran < most; ran++) if (inVainAfter(given, minGain, ran) >= trials) return ran;
  return most;
}

describe("patience", () => {
  it.each<readonly [string, Given, number | Patience, number]>([
    ["counts from the last trial that gained something", minimised(5, 4, 6, 6, 3, 7, 7, 7, 0), 3, 8],
    ["counts from the start if no trial gains anything", { goals: ["minimize"], outcomes: ["throws"] }, 4, 4],
    ["takes an equal value for no gain", minimised(5, 5, 5, 5, 5, 1), 2, 3],
    ["sums small steps until they exceed minGain", minimised(10, 9.5, 9, 8.5, 8, 8, 8, 8, 0), { trials: 4, minGain: 1 }, 8],
    ["takes a step of minGain for no gain", minimised(10, 9, 8, 7), { trials: 1, minGain: 1 }, 2],
    ["has to see a gain over what was observed", { ...minimised(3, 2, 1), observed: [[0]] }, 2, 2],
    ["does not count what was observed", { ...minimised(3, 4, 5), observed: [[4], [4], [4], [4]] }, 2, 3],
  ])("%s", async (_name, given, patience, trials) => {
    const { study, run, endings } = open(given);
    await run({ patience });
    expect(study.core.started).toBe(trials);
    const inVain = typeof patience === "number" ? patience : patience.trials;
    const who = inVain === 1 ? "The last trial" : `${inVain} trials in a row`;
    expect(endings).toEqual([{ rule: "patience", reason: `${who} gained nothing.` }]);
  });

  it("sees a gain in what enters the front of several objectives", async () => {
    const outcomes = [
      [0, 9],
      [9, 0],
      [4, 4],
      [5, 5],
      [4, 4],
      [4, 3],
      [9, 9],
      [9, 9],
      [0, 0],
    ].map((values) => ({ values, feasible: true }));
    const { study, run } = open({ goals: ["minimize", "minimize"], outcomes });
    await run({ patience: 2, trials: 20 });
    expect(study.core.started).toBe(5);
    await run({ patience: 3, trials: 20 });
    expect(study.core.started).toBe(12);
  });
});

const outcome: fc.Arbitrary<(objectives: number) => Outcome> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(() => "throws" as const) },
  {
    weight: 6,
    arbitrary: fc.record({ values: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 3 }), feasible: fc.boolean() }).map(
      ({ values, feasible }) =>
        (objectives: number) =>
          ({ values: values.slice(0, objectives), feasible }) as const,
    ),
  },
);
const cases = fc
  .record({
    goals: fc.array(fc.constantFrom<Objective["goal"]>("minimize", "maximize"), { minLength: 1, maxLength: 3 }),
    outcomes: fc.array(outcome, { minLength: 1, maxLength: 25 }),
    observed: fc.array(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 3 }), { maxLength: 3 }),
    patience: fc.record({ trials: fc.integer({ min: 1, max: 6 }), minGain: fc.constantFrom(0, 0, 1, 2) }),
  })
  .map(({ goals, outcomes, observed, patience }) => ({
    patience,
    given: {
      goals,
      outcomes: outcomes.map((make) => make(goals.length)),
      observed: observed.map((values) => values.slice(0, goals.length)),
    },
  }));

describe("laws of patience", () => {
  it("one worker stops exactly at the first trial at which the rule holds", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ given, patience }) => {
        const { study, run } = open(given);
        await run({ patience, trials: 40 });
        expect(study.core.started).toBe(trialsUnder(patience, given, 40));
      }),
    );
  });

  it("a study that was interrupted stops at the same trial, with the same log", async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(), async ({ given, patience }, cut) => {
        const undisturbed = open(given);
        await undisturbed.run({ patience, trials: 40 });
        const from = given.observed.length;
        const events = undisturbed.log.slice(0, from + (cut % (undisturbed.log.length - from + 1)));
        if (events.length === 0) return;
        const resumed = open({ ...given, events });
        await resumed.run({ patience, trials: 40 });
        expect(resumed.log).toEqual(undisturbed.log);
      }),
    );
  });

  it("at every moment the rule is that of the trials so far, in whatever order they end", () => {
    const steps = fc.array(fc.record({ ask: fc.boolean(), which: fc.nat(), outcome }), { maxLength: 60 });
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0, 1),
        fc.constantFrom(1, 2),
        (drawn, trials, minGain, objectives) => {
          const goals = ["minimize", "maximize"].slice(0, objectives) as readonly Objective["goal"][];
          const { study } = open({ goals, outcomes: [] });
          const holds = patienceOf(study.core, { trials, minGain });
          const ended = new Map<number, Outcome>();
          for (const { ask, which, outcome: make } of drawn) {
            const { running } = study.core.history;
            if (ask || running.length === 0) study.ask();
            else {
              const { id, trial } = running[which % running.length]!;
              const one = make(objectives);
              if (one === "throws") study.fail(id, "threw");
              else study.tell(id, { values: one.values, constraints: [one.feasible ? 0 : 1] });
              ended.set(trial, one);
            }
            const outcomes = [...ended].sort(([a], [b]) => a - b).map(([, one]) => one);
            expect(holds()).toBe(inVainAfter({ goals, outcomes }, minGain, outcomes.length) >= trials);
          }
        },
      ),
    );
  });

  it("several workers stop no earlier than the rule says, and end what they have begun", async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.integer({ min: 2, max: 5 }), async ({ given, patience }, workers) => {
        const { study, run } = open(given);
        await run({ patience, trials: 40, workers });
        const least = trialsUnder(patience, given, 40);
        expect(study.core.started).toBeGreaterThanOrEqual(least);
        expect(study.core.started).toBeLessThanOrEqual(Math.min(40, least + workers - 1));
        expect(study.core.history.running).toEqual([]);
      }),
    );
  });
});

it("observed trials that failed or still run do not count", async () => {
  const { study, run } = open(minimised(1, 2, 3, 4, 5));
  for (let i = 0; i < 5; i++) study.observe({ x: 0.5 }, { status: "failed" });
  study.observe({ x: 0.5 }, { status: "running" });
  await run({ patience: 2 });
  expect(study.core.started).toBe(3);
});

it("trials that end below the highest fidelity do not count", async () => {
  const study = createStudy({ space, fidelity: { unit: "epochs", min: 1, max: 9 }, strategy: "asha" });
  let full = 0;
  await study.optimize(
    ({ until }) => {
      if (until === 9) full++;
      return 1;
    },
    { patience: 3 },
  );
  // The first of them gains something.
  expect(full).toBe(4);
  expect(study.core.history.trials.length).toBeGreaterThan(20);
});

it("a signal may be any object with its methods", async () => {
  const finishSignal = { aborted: true, addEventListener: () => {}, removeEventListener: () => {} } as unknown as Signal;
  const { study, run, endings } = open(minimised(1));
  await run({ finishSignal, trials: 5 });
  expect([study.core.started, endings[0]!.rule]).toEqual([0, "finished"]);
});
