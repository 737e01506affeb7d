import { type Event, type Notice, ProtocolError, StateError, type Trial } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { failureSummary } from "./failures.ts";
import { createStudy, type ObjectiveFunction, type OptimizeOptions, type Result, real } from "./index.ts";

const space = { x: real(-1, 1) };
type C = { readonly x: number };
type Outcome = {
  readonly error: Error | null;
  readonly trials: readonly Trial[];
  readonly ended: readonly Trial[];
  readonly events: readonly Event[];
};

async function outcomeOf(objective: ObjectiveFunction<C>, options: OptimizeOptions): Promise<Outcome> {
  const events: Event[] = [];
  const ended: Trial[] = [];
  const study = createStudy({ space, onEvent: (event) => events.push(event) });
  const onTrial = (trial: Trial): void => {
    ended.push(structuredClone(trial));
  };
  const error = await study.optimize(objective, { ...options, onTrial }).then(
    () => null,
    (thrown: Error) => thrown,
  );
  return { error, trials: study.core.history.trials, ended, events };
}

describe("what one of 60 trials throws", () => {
  const objective: ObjectiveFunction<C> = ({ trial, config }) => {
    if (trial === 11) throw new Error("CUDA out of memory");
    return config.x;
  };

  it("is in the trial, in the log and in what onTrial is given", async () => {
    const { error, trials, ended, events } = await outcomeOf(objective, { trials: 60 });
    expect([error, trials.length]).toEqual([null, 60]);
    const failure = { reason: "threw", error: "CUDA out of memory" };
    expect([trials[11]!.failure, ended[11]!.failure]).toEqual([failure, failure]);
    expect(events.filter((event) => event.kind === "failed")).toMatchObject([{ job: 11, error: "CUDA out of memory" }]);
  });
});

describe("a study whose first trials all fail", () => {
  const objective: ObjectiveFunction<C> = ({ trial }) => {
    throw new Error(trial < 7 ? "CUDA out of memory" : "no data");
  };

  it("stops after ten, and shows what was thrown", async () => {
    const { error, trials } = await outcomeOf(objective, { trials: 60 });
    expect(error).toBeInstanceOf(StateError);
    expect(error!.message).toBe(
      "study: expected a feasible trial, got none in 10 trials. Failures: CUDA out of memory (7 trials); no data (3 trials). Correct the objective, or pass maxConsecutiveFailures: null.",
    );
    expect(trials).toHaveLength(10);
  });

  it("stops after as many as it is told to, or never", async () => {
    expect((await outcomeOf(objective, { trials: 60, maxConsecutiveFailures: 3 })).trials).toHaveLength(3);
    expect((await outcomeOf(objective, { trials: 60, maxConsecutiveFailures: null })).trials).toHaveLength(60);
  });

  it("continues once one has succeeded, however many fail afterwards", async () => {
    const late: ObjectiveFunction<C> = (given) => (given.trial === 9 ? 1 : objective(given));
    const { error, trials } = await outcomeOf(late, { trials: 60 });
    expect([error, trials.length]).toEqual([null, 60]);
  });

  it("continues where configurations are infeasible, for that is an answer", async () => {
    const { error, trials } = await outcomeOf(({ trial }) => (trial < 20 ? { infeasible: true } : 1), { trials: 25 });
    expect([error, trials.length]).toEqual([null, 25]);
  });
});

describe("a wrong result", () => {
  const number = "result of the objective: expected a number, { value } or { values }, got";
  test.each<readonly [string, unknown, string]>([
    ["a text", "0.5", `${number} "0.5".`],
    ["nothing", undefined, `${number} undefined.`],
    ["null", null, `${number} null.`],
    ["a list", [0.5], `${number} a list of 1.`],
    ["an empty object", {}, `${number} neither.`],
    ["values that are not a list", { values: 5 }, `${number} values: 5.`],
    ["a value and values", { value: 1, values: [2] }, `${number} both.`],
    ["the name of a metric", { accuracy: 0.9 }, 'got "accuracy". Caviar calls it "value".'],
    ["a misspelt key", { valeu: 0.9 }, 'got "valeu". Did you mean "value"?'],
    ["a value that is text", { value: "0.5" }, 'values: expected 1 number, got ["0.5"].'],
    ["a hole", { values: Array(1) }, "values: expected 1 number, got [undefined]."],
    [
      "an object of a class",
      new (class Loss {
        value = 1;
      })(),
      "result of the objective: expected a plain object",
    ],
  ])("fails its trial with what was returned and what is expected: %s", async (_name, result, message) => {
    const { error, trials } = await outcomeOf(() => result as Result, { trials: 60 });
    expect(trials).toHaveLength(10);
    for (const { failure } of trials) expect(failure?.error).toContain(message);
    expect(error!.message).toContain(message.slice(0, 40));
  });
});

describe("an objective that measures its end and then says something else", () => {
  const heard = async (objective: ObjectiveFunction<C>, trials = 2): Promise<readonly [readonly string[], readonly unknown[]]> => {
    const notices: string[] = [];
    const fidelity = { unit: "epochs", min: 1, max: 9, whole: true };
    const onNotice = ({ code, message }: Notice): unknown => notices.push(`${code}: ${message}`);
    const study = createStudy({ space, fidelity, strategy: "random", onNotice });
    const best = await study.optimize(objective, { trials });
    expect(best.value).toBe(0.25);
    return [notices, study.core.history.trials.map(({ status, curve }) => [status, curve.at(-1)!.values[0]])];
  };
  const refused = (said: string): string =>
    `secondEnd: trial 0 measured fidelity 9, where its job ends, and then said ${said}; the measurement counts`;

  test.each<readonly [string, ObjectiveFunction<C>, string]>([
    ["returns another value", ({ measure, until }) => (measure(0.25, until) ? 0 : 0.75), "0.75"],
    ["returns another value later", async ({ measure, until }) => (measure(0.25, until) ? 0 : await Promise.resolve(0.75)), "0.75"],
    ["returns no result", ({ measure, until }) => (measure(0.25, until) ? 0 : { infeasible: true }), "an object"],
    ["measures it again", ({ measure, until }) => (measure(0.25, until) || measure(0.5, until) ? 0 : 0.25), "0.5"],
  ])("and %s: the first report counts, and a notice refuses the other", async (_name, objective, said) => {
    const [notices, trials] = await heard(objective);
    expect(notices).toEqual([refused(said)]);
    expect(trials).toEqual(Array(2).fill(["finished", 0.25]));
  });

  it("also in the last trial, and with what is thrown", async () => {
    const [notices] = await heard(({ measure, until }) => {
      measure(0.25, until);
      throw new Error("disk full");
    }, 1);
    expect(notices).toEqual([refused("0").replace("said 0", 'threw "disk full"')]);
  });

  it("is not noticed if it says the same, whatever else it says", async () => {
    for (const result of [0.25, { value: 0.25, costSeconds: 3 }, { values: [0.25], variance: [1] }]) {
      const [notices] = await heard(({ measure, until }) => (measure(0.1, 3) && measure(0.25, until) ? 0 : (result as Result)));
      expect(notices).toEqual([]);
    }
  });

  it("must name a fidelity: without one, the report would end the job", async () => {
    const study = createStudy({ space, fidelity: { unit: "epochs", min: 1, max: 9, whole: true } });
    let thrown: unknown = null;
    const objective: ObjectiveFunction<C> = ({ measure }) => {
      try {
        measure(0.5, undefined as unknown as number);
      } catch (error) {
        thrown = error;
      }
      return 0.25;
    };
    expect((await study.optimize(objective, { trials: 1 })).value).toBe(0.25);
    expect(thrown).toBeInstanceOf(ProtocolError);
  });
});

it("the summary of failures has the most frequent first, three at most", () => {
  const failed = (error: string): Trial => ({ failure: { reason: "threw", error } }) as Trial;
  expect(failureSummary([])).toBe("");
  expect(failureSummary([failed("a"), failed("b"), failed("b"), failed("c"), failed("d"), failed("e")])).toBe(
    "Failures: b (2 trials); a (1 trial); c (1 trial); 2 other errors.",
  );
  expect(failureSummary([failed("x".repeat(1000))]).length).toBeLessThan(330);
});

it("the summary of failures groups those that differ in numbers only, such as that of the trial", () => {
  const failed = (error: string): Trial => ({ failure: { reason: "threw", error } }) as Trial;
  const trials = [0, 1, 25].map((trial) => failed(`trial ${trial}: out of memory after ${trial}.5 s`));
  expect(failureSummary([...trials, failed("no data")])).toBe(
    "Failures: trial 0: out of memory after 0.5 s (3 trials); no data (1 trial).",
  );
});

it("the summary of failures cuts no sentence of what to do", () => {
  const failed = (error: string): Trial => ({ failure: { reason: "threw", error } }) as Trial;
  const remedy = `Return a number. ${"Or else return an object with a value. ".repeat(20)}`;
  expect(failureSummary([failed(`${"x".repeat(250)} is no result. ${remedy}`)])).toMatch(
    / is no result\. Return a number\. \(1 trial\)\.$/,
  );
});
