/**
 * Every option of a study, of `optimize`, `drive`, `simulate` and `ask`, given every kind of wrong value. The names come from the readers
 * themselves, so that a new option is tested as soon as it exists.
 */
import {
  CaviarError,
  complete,
  compose,
  createSpace,
  type DriveOptions,
  drive,
  type Problem,
  real,
  type Sampler,
  type SimulateOptions,
  type Study,
  simulate,
  startStudy,
} from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { createStudy, type OptimizeOptions, type StudyOptions } from "./index.ts";

const space = { x: real(-1, 1) };
const middle: Sampler<null> = {
  name: "middle",
  version: 1,
  can: { conditional: true, objectives: 64, constraints: true, external: true },
  init: () => null,
  suggest: () => ({ config: { x: 0 } }),
  tell: () => {},
};
const problem: Problem = {
  space: createSpace(space),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: null,
  resumable: false,
};
const open = (): Study => startStudy({ problem, strategy: compose(complete, middle), seed: 0 });

const trap = (): never => {
  throw new Error("trap");
};
const traps: ProxyHandler<object> = { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap };
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
/** With each method that an option may need, all of them returning nothing. */
const hollow = Object.fromEntries(
  ["addEventListener", "removeEventListener", "nowMs", "after", "get", "set", "delete", "init", "ask", "tell", "create"].map((name) => [
    name,
    () => {},
  ]),
);
const values: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["five", 5],
  ["minus one", -1],
  ["a half", 0.5],
  ["NaN", NaN],
  ["infinity", Infinity],
  ["a big integer", 5n],
  ["a symbol", Symbol("no")],
  ["text", "abc"],
  ["the empty text", ""],
  ["true", true],
  ["an empty list", []],
  ["a list with a hole", Array(1)],
  ["a list of nothing", [undefined]],
  ["a list of lists", [[]]],
  ["an empty object", {}],
  ["an object without a prototype", Object.create(null)],
  ["a map", new Map()],
  ["a date", new Date(0)],
  ["a function", () => {}],
  ["methods that return nothing", hollow],
  ["a proxy that throws", new Proxy({}, traps)],
  ["a function that throws when looked at", new Proxy(() => {}, traps)],
  ["a proxy that was revoked", revoked()],
  ["a list that throws", new Proxy([], traps)],
];

/** The options that a function says it knows. */
function namesOf(call: (options: object) => unknown): readonly string[] {
  try {
    call({ "?": 1 });
  } catch (error) {
    return (error as CaviarError).expected.replace("one of ", "").replace("no keys but ", "").split(", ");
  }
  return [];
}

/** What a call did: nothing but throw one of our errors, or all that it should. */
async function outcomeOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return null;
  } catch (error) {
    return error;
  }
}

type Owner = {
  readonly name: string;
  readonly names: readonly string[];
  readonly call: (options: object, evaluated: () => void) => unknown;
};

const optimizeNames = [
  "trials",
  "workers",
  "timeoutSeconds",
  "maxConsecutiveFailures",
  "clock",
  "signal",
  "finishSignal",
  "onTrial",
  "onNotice",
  "maxSeconds",
  "patience",
  "noGain",
  "minGainPerSecond",
  "repetitions",
  "onProgress",
  "onEnd",
] as const satisfies readonly (keyof OptimizeOptions)[];

const owners: readonly Owner[] = [
  {
    name: "createStudy",
    names: namesOf((options) => createStudy({ space, ...options } as StudyOptions<typeof space>)),
    call: async (options, evaluated) => {
      const study = createStudy({ space, ...options } as StudyOptions<typeof space>);
      evaluated();
      await study.optimize(
        ({ config }) => ({
          values: study.core.problem.objectives.map(() => Number(config.x) || 0),
          constraints: study.core.problem.constraints.map(() => 0),
        }),
        { trials: 2 },
      );
    },
  },
  {
    name: "optimize",
    names: optimizeNames,
    call: (options, evaluated) =>
      createStudy({ space }).optimize(
        () => {
          evaluated();
          return 1;
        },
        { trials: 2, ...options },
      ),
  },
  {
    name: "optimize with a clock",
    names: optimizeNames,
    call: (options, evaluated) =>
      createStudy({ space }).optimize(
        () => {
          evaluated();
          return 1;
        },
        { trials: 2, clock: { nowMs: () => 0, after: () => () => {} }, ...options },
      ),
  },
  {
    name: "drive",
    names: namesOf((options) => drive(open(), () => ({ values: [1] }), options)),
    call: (options, evaluated) =>
      drive(
        open(),
        () => {
          evaluated();
          return { values: [1] };
        },
        { trials: 2, ...options } as DriveOptions,
      ),
  },
  {
    name: "simulate",
    names: namesOf((options) => simulate(open(), { seconds: () => 1, evaluate: () => ({ values: [1] }) }, options)),
    call: (options, evaluated) =>
      simulate(
        open(),
        {
          seconds: () => 1,
          evaluate: () => {
            evaluated();
            return { values: [1] };
          },
        },
        { trials: 2, ...options } as SimulateOptions,
      ),
  },
  {
    name: "ask",
    names: namesOf((options) => open().ask(options)),
    call: (options, evaluated) => {
      open().ask(options);
      evaluated();
    },
  },
  {
    name: "fail",
    names: namesOf((options) => {
      const study = open();
      study.fail(study.ask().jobs[0]!.id, "threw", options);
    }),
    call: (options, evaluated) => {
      const study = open();
      study.fail(study.ask().jobs[0]!.id, "threw", options);
      evaluated();
    },
  },
];

it("the list of options is that of the readers", async () => {
  const { expected } = (await outcomeOf(() => createStudy({ space }).optimize(() => 1, { "?": 1 } as never))) as CaviarError;
  expect(expected).toBe(`one of ${optimizeNames.join(", ")}`);
  for (const { names } of owners) expect(names.length).toBeGreaterThan(2);
});

describe.each(owners)("each option of $name", ({ names, call }) => {
  // Only `trials` ends a study of an endless strategy.
  const endless = (name: string, value: unknown): boolean => name === "trials" && value === Infinity;

  test.each(names)("%s takes a wrong value, or refuses it with an error of ours before anything is evaluated", async (name) => {
    for (const [kind, value] of values) {
      if (endless(name, value)) continue;
      let evaluations = 0;
      const error = await outcomeOf(() =>
        call({ [name]: value }, () => {
          evaluations++;
        }),
      );
      if (error === null) continue;
      expect(error instanceof CaviarError, `${kind}: ${String(error)}`).toBe(true);
      expect(evaluations, `${kind}: ${(error as Error).message}`).toBe(0);
    }
  });
});

test.each<readonly [string, (study: ReturnType<typeof createStudy<typeof space>>) => unknown, string]>([
  [
    "signal: {}",
    (study) => study.optimize(() => 1, { trials: 3, signal: {} as never }),
    "option signal of optimize: expected an object with",
  ],
  [
    "clock: {}",
    (study) => study.optimize(() => 1, { trials: 3, clock: {} as never }),
    "option clock of optimize: expected an object with the methods nowMs, after",
  ],
  [
    "finishSignal: {}",
    (study) => study.optimize(() => 1, { trials: 3, finishSignal: {} as never }),
    "option finishSignal of optimize: expected",
  ],
  ["no limit", (study) => study.optimize(() => 1, {}), "option trials of optimize: expected a whole number from 1, got undefined"],
  ["patience: 0", (study) => study.optimize(() => 1, { patience: 0 }), "option patience of optimize: expected a whole number in [1,"],
  [
    "patience without trials",
    (study) => study.optimize(() => 1, { patience: {} as never }),
    "option patience.trials of optimize: expected a value, got none",
  ],
  [
    "a minGain below 0",
    (study) => study.optimize(() => 1, { patience: { trials: 3, minGain: -1 } }),
    "option patience.minGain of optimize: expected a number in [0, Infinity], got -1",
  ],
  [
    "maxSeconds: 0",
    (study) => study.optimize(() => 1, { maxSeconds: 0 }),
    "option maxSeconds of optimize: expected a positive number, got 0",
  ],
  [
    "maxSeconds without a clock",
    (study) => study.optimize(() => 1, { maxSeconds: 5 }),
    "option clock of optimize: expected a clock with maxSeconds",
  ],
  [
    "onTrial: 5",
    (study) => study.optimize(() => 1, { trials: 3, onTrial: 5 as never }),
    "option onTrial of optimize: expected a function, got 5",
  ],
  ["a controller", (study) => study.optimize(() => 1, { trials: 3, signal: new AbortController() as never }), "option signal of optimize"],
  ['events: "abc"', () => createStudy({ space, events: "abc" as never }), "events: expected a list"],
  ["events with a hole", () => createStudy({ space, events: Array(1) }), "event 0 of the log: expected undefined"],
  ["events that are no data", () => createStudy({ space, events: [{ kind: 5n }] as never }), "event 0 of the log: expected an object"],
  ["constraints: null", () => createStudy({ space, constraints: null as never }), "problem.constraints: expected a list, got null"],
  [
    "checkpoints: {}",
    () => createStudy({ space, checkpoints: {} as never }),
    "option checkpoints of createStudy: expected an object with the methods get, set, delete",
  ],
  ["no world", () => simulate(open(), {} as never), "world of simulate: expected an object with the methods seconds, evaluate"],
  ["no evaluation", () => drive(open(), 5 as never), "evaluation of drive: expected a function, got 5"],
  [
    "no strategy",
    () => startStudy({ problem, strategy: {} as never, seed: 0 }),
    "definition of a study.strategy: expected an object with the methods",
  ],
  [
    "no listener",
    () => startStudy({ problem, strategy: compose(complete, middle), seed: 0 }, 5 as never),
    "onEvent: expected a function, got 5",
  ],
])("%s is refused at once, by name", async (_name, call, message) => {
  const study = createStudy({ space });
  const error = await outcomeOf(() => call(study));
  expect(error).toBeInstanceOf(CaviarError);
  expect((error as Error).message).toContain(message);
  expect(study.core.history.trials).toEqual([]);
});

it("a clock whose after returns no function is refused at the first trial", async () => {
  const study = createStudy({ space });
  const clock = { nowMs: () => 0, after: () => 7 as never };
  const error = await outcomeOf(() => study.optimize(() => 1, { trials: 30, timeoutSeconds: 5, clock }));
  expect(error).toBeInstanceOf(CaviarError);
  expect((error as Error).message).toContain("what `after` of the clock returns: expected a function, got 7");
  expect(study.core.history.trials).toHaveLength(1);
});
