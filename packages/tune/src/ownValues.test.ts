/** A value that stands for one of a parameter's own values becomes that value wherever it enters, so that no point is tried as two. */
import {
  adopt,
  complete,
  compose,
  constrain,
  createSpace,
  type Event,
  type Problem,
  readHistory,
  replay,
  startStudy,
} from "@caviar-hpo/core";
import { eventDecoder } from "@caviar-hpo/core/wire";
import { gridSampler, randomSampler } from "@caviar-hpo/samplers";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { choice, createStudy, int, real } from "./index.ts";

const tenths = { x: real(0, 1, { step: 0.1 }) };

describe("3 * 0.1 on steps of 0.1 is 0.3:", () => {
  it("a grid that was given it tries 11 points", async () => {
    const study = createStudy({ space: tenths, strategy: { name: "grid", options: { resolution: 11 } } });
    study.enqueue({ x: 3 * 0.1 });
    await study.optimize(({ config }) => (config.x - 0.3) ** 2, { trials: 30 });
    const tried = study.core.history.trials.map(({ config }) => config.x as number);
    expect(tried[0]).toBe(0.3);
    expect([...tried].sort((a, b) => a - b)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  it("the Bayesian optimiser sees no noise, and ends after 11 points", async () => {
    const study = createStudy({ space: tenths, strategy: { name: "bayesopt", options: { askEffort: 64 } } });
    study.observe({ x: 3 * 0.1 }, 0.25);
    study.enqueue({ x: 0.1 + 0.2 });
    await study.optimize(({ config }) => (config.x - 0.8) ** 2, { trials: 30 });
    expect(study.core.done).toBe(true);
    expect(new Set(study.core.history.trials.map(({ config }) => config.x)).size).toBe(11);
  });
});

/** Any value of a space, and what arithmetic may have made of it. */
const space = createSpace({
  x: real(-1, 1, { step: 0.1 }),
  y: real(-0.7, 1, { step: 1 / 3 }),
  z: real(1_700_000_000, 1_700_000_001, { step: 1e-6 }),
  r: real(-1, 1),
  n: int(-3, 3),
  c: choice([0, 1]),
});
const computed = fc.record({
  x: fc.integer({ min: 0, max: 20 }).map((k) => -1 + k * 0.1),
  y: fc.integer({ min: 0, max: 5 }).map((k) => -0.7 + k / 3),
  z: fc.integer({ min: 0, max: 1_000_000 }).map((k) => 1_700_000_000 + k * 1e-6),
  r: fc.constantFrom(-0, 0.25),
  n: fc.constantFrom(-0, 2),
  c: fc.constantFrom(-0, 1),
});
const problem: Problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
const definition = { problem, strategy: compose(complete, randomSampler()), seed: 1 };

describe("values that were computed become the space's own", () => {
  test("by enqueue and observe: the same study as with the own values, and the same after a journey through JSON", () => {
    fc.assert(
      fc.property(computed, computed, (one, two) => {
        const run = (first: typeof one, second: typeof two): readonly Event[] => {
          const events: Event[] = [];
          const study = startStudy(definition, (event) => void events.push(event));
          study.observe(first, { values: [1] });
          study.enqueue(second);
          study.ask();
          return events;
        };
        const events = run(one, two);
        const [observed, enqueued] = events as readonly (Event & { readonly kind: "observed" | "enqueued" })[];
        expect(run(observed!.config as typeof one, enqueued!.config as typeof two)).toEqual(events);
        expect(JSON.parse(JSON.stringify(events))).toEqual(events);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("in logs of versions that kept them as they were given: they replay, read as they are or by the wire's decoder", () => {
    fc.assert(
      fc.property(computed, computed, (one, two) => {
        const events: Event[] = [];
        const study = startStudy(definition, (event) => void events.push(event));
        study.observe(one, { values: [1] });
        study.enqueue(two);
        study.ask();
        const given: readonly Event[] = events.map((event) => {
          if (event.kind === "observed") return { ...event, config: one };
          if (event.kind === "enqueued") return { ...event, config: two };
          return event.kind === "asked" ? { ...event, jobs: event.jobs.map((job) => ({ ...job, config: two })) } : event;
        });
        const decode = eventDecoder(study.problem);
        const text = JSON.parse(JSON.stringify(given)) as readonly Event[];
        for (const log of [given, text, text.map((event) => decode(event, "event"))]) {
          expect(replay(definition, log).history.trials).toEqual(study.history.trials);
        }
        const adopting = startStudy(definition);
        adopt(adopting, readHistory(study.problem, given));
        expect(adopting.history.trials[0]!.config).toEqual(study.history.trials[0]!.config);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("when a strategy proposes them", () => {
    const careless = { ...gridSampler(), suggest: () => ({ config: Object.freeze({ x: 3 * 0.1, n: -0 }) }) };
    const study = startStudy({
      problem: { ...problem, space: createSpace({ ...tenths, n: int(-1, 1) }) },
      strategy: compose(complete, careless),
      seed: 1,
    });
    expect(study.ask().jobs[0]!.config).toEqual({ x: 0.3, n: 0 });
  });

  test("in combinations that are forbidden", () => {
    const forbidding = constrain(createSpace(tenths), [{ forbid: { x: [3 * 0.1, 0.6000000000000001] } }]);
    const study = createStudy({ space: forbidding, strategy: "grid" });
    expect(() => study.enqueue({ x: 0.3 })).toThrow("constraint");
    expect(forbidding.where).toEqual([{ forbid: { x: [0.3, 0.6] } }]);
  });
});
