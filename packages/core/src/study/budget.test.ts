/** What `trials` means: how many trials the jobs of a study start, wherever the number is given. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Context } from "../contract/strategy.ts";
import type { FailureReason } from "../contract/trial.ts";
import { drive } from "../run/drive.ts";
import { simulate } from "../run/simulate.ts";
import { runCampaign } from "../testing/campaign.ts";
import { failureReasons } from "../testing/failurePatterns.ts";
import type { Event } from "./events.ts";
import { replay } from "./replay.ts";
import { scripted, simple } from "./scripted.fixture.ts";
import { type Study, startStudy } from "./study.ts";

const config = { x: 0.5, mode: "plain" };
const open = (): Study => startStudy({ problem: simple, strategy: scripted(), seed: 0 });

const cases = fc.record({
  trials: fc.integer({ min: 1, max: 12 }),
  observed: fc.nat({ max: 15 }),
  enqueued: fc.nat({ max: 15 }),
  later: fc.nat({ max: 5 }),
  workers: fc.integer({ min: 1, max: 5 }),
  failing: fc.array(fc.option(fc.constantFrom(...failureReasons)), { minLength: 1, maxLength: 6 }),
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;
type Reason = FailureReason | null;

function prepared({ observed, enqueued }: Case): Study {
  const study = open();
  for (let index = 0; index < observed; index++) study.observe(config, { values: [index] });
  for (let index = 0; index < enqueued; index++) study.enqueue(config);
  return study;
}

/** Each way to spend a budget: it returns how many evaluations it made. */
const ways: { readonly [name: string]: (study: Study, of: Case, reasonOf: (job: number) => Reason) => number | Promise<number> } = {
  drive: async (study, { trials, workers, later }, reasonOf) => {
    let calls = 0;
    await drive(
      study,
      (job) => {
        calls++;
        if (calls === 1) for (let index = 0; index < later; index++) study.observe(config, { values: [index] });
        if (reasonOf(job.id) !== null) throw new Error("no");
        return { values: [1] };
      },
      { trials, workers },
    );
    return calls;
  },
  simulate: (study, { trials, workers }, reasonOf) => {
    let calls = 0;
    const evaluate = (job: { readonly id: number }): { readonly values: readonly number[] } => {
      calls++;
      return { values: [reasonOf(job.id) === null ? 1 : NaN] };
    };
    simulate(study, { seconds: () => 1, evaluate }, { trials, workers });
    return calls;
  },
  ask: (study, { trials, workers, later }, reasonOf) => {
    let calls = 0;
    for (;;) {
      const { jobs } = study.ask({ want: workers, trials });
      if (jobs.length === 0) return calls;
      for (const { id } of jobs) {
        calls++;
        const reason = reasonOf(id);
        if (reason === null) study.tell(id, { values: [1] });
        else study.fail(id, reason);
      }
      if (calls <= workers) for (let index = 0; index < later; index++) study.observe(config, { values: [index] });
    }
  },
  "the campaigns of the laws": (study, { trials, workers }, reasonOf) => {
    const asked = new Set<number>();
    const judge = (job: { readonly id: number }): number | FailureReason => {
      asked.add(job.id);
      return reasonOf(job.id) ?? 1;
    };
    runCampaign(study, { trials, workers, pick: (turn) => turn, judge });
    return asked.size;
  },
};

describe.each(Object.keys(ways))("a budget of trials that is given to %s", (name) => {
  it("knows which trials were observed, also after a replay", () => {
    const events: Event[] = [];
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 }, (event) => events.push(event));
    study.ask();
    study.observe(config, { values: [1] });
    study.ask();
    for (const one of [study, replay({ problem: simple, strategy: scripted(), seed: 0 }, events)])
      expect(one.history.trials.map(({ id }) => one.observed(id))).toEqual([false, true, false]);
  });

  it("counts what is started, enqueued and failed trials too, and never what was observed", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const study = prepared(one);
        const evaluations = await ways[name]!(study, one, (job) => one.failing[job % one.failing.length]!);
        expect([evaluations, study.started]).toEqual([one.trials, one.trials]);
        expect(study.history.trials.length).toBeGreaterThanOrEqual(one.trials + one.observed);
      }),
      { seed: 1, numRuns: 60, examples: [[{ trials: 20, observed: 30, enqueued: 0, later: 0, workers: 1, failing: [null] }]] },
    );
  });
});

describe("a strategy that plans by the budget", () => {
  const seen: (number | undefined)[] = [];
  const planning = scripted({
    can: { plans: true },
    ask: (_asks, want, context: Context, nextTrial) => {
      seen.push(context.trials);
      return {
        proposals: Array.from({ length: want }, (_, index) => ({
          kind: "start",
          config: { x: (nextTrial + index) / 100, mode: "plain" },
          until: 1,
        })),
      };
    },
  });

  it("sees how many trials there will be, the observed ones included, and the log repeats it", () => {
    const events: Event[] = [];
    const study = startStudy({ problem: simple, strategy: planning, seed: 0 }, (event) => events.push(event));
    seen.length = 0;
    study.ask();
    study.ask({ trials: 10 });
    study.observe(config, { values: [1] });
    study.ask({ trials: 10, want: 2 });
    study.ask({ trials: 12 });
    expect(seen).toEqual([undefined, 10, 11, 13]);
    expect(events.flatMap((event) => (event.kind === "asked" ? [event.trials] : []))).toEqual([undefined, 10, 10, 12]);
    seen.length = 0;
    const again = replay({ problem: simple, strategy: planning, seed: 0 }, JSON.parse(JSON.stringify(events)) as readonly Event[]);
    expect(seen).toEqual([undefined, 10, 11, 13]);
    expect(again.history.trials).toEqual(study.history.trials);
  });

  it("is the only one whose log holds the budget", () => {
    const events: Event[] = [];
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 }, (event) => events.push(event));
    study.ask({ trials: 10 });
    expect(Object.keys(events[0]!)).not.toContain("trials");
  });

  it.each([-1, 0.5, NaN, "5"])("refuses a budget of %j", (trials) => {
    expect(() => open().ask({ trials: trials as number })).toThrow("option trials of ask");
  });
});
