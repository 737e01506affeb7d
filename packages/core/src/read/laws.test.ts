import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaviarError } from "../contract/errors.ts";
import { readOptions } from "../contract/options.ts";
import { type GivenProblem, readFidelity, readProblem } from "../contract/problem.ts";
import type { Strategy } from "../contract/strategy.ts";
import { checkConfig } from "../space/config.ts";
import { type Config, choice, int, type Param, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { constrain } from "../space/where/constrain.ts";
import type { ParameterConstraint } from "../space/where/constraint.ts";
import { scripted, simple } from "../study/scripted.fixture.ts";
import { startStudy } from "../study/study.ts";
import { params, problems, spaces } from "../testing/spaces.ts";
import { decodeProblem } from "../wire/problem.ts";
import { remedyForKey } from "./spelling.ts";

/** A reader of records, and records that it accepts. */
type Case = { readonly name: string; readonly read: (given: never) => unknown; readonly valid: fc.Arbitrary<object> };

const specs = {
  points: { param: int(1, 100), default: 10, doc: "How many points." },
  shrink: { param: real(0, 1), default: 0.5, doc: "How much smaller." },
};
const fidelity = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 9, max: 99 }), fc.boolean())
  .map(([min, max, whole]) => ({ unit: "epochs", min, max, whole }));
const problem = problems({ conditional: true, objectives: 3, constraints: true }, spaces()) as fc.Arbitrary<object>;

const cases: readonly Case[] = [
  { name: "parameters", read: checked, valid: params() },
  { name: "options of real", read: (options: object) => checked(real(0, 1, options)), valid: fc.constant({ scale: "linear", step: 0.5 }) },
  { name: "options of int", read: (options: object) => checked(int(0, 8, options)), valid: fc.constant({ scale: "linear", step: 2 }) },
  { name: "options of choice", read: (options: object) => checked(choice(["a"], options)), valid: fc.constant({ ordered: true }) },
  { name: "fidelities", read: readFidelity, valid: fidelity },
  { name: "problems", read: (given: GivenProblem) => readProblem(given), valid: problem },
  { name: "problems on the wire", read: decodeProblem, valid: fc.constant({ space: [], resumable: true, fidelity: null }) },
  {
    name: "options of a strategy",
    read: (given: object) => readOptions("widget", specs, given),
    valid: fc.record({ points: fc.integer({ min: 1, max: 100 }), shrink: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
];

const named = createSpace({ x: real(0, 1), y: int(0, 3) });
const constrained = (constraint: unknown): unknown => constrain(named, [constraint as ParameterConstraint]);

/** Readers of objects whose keys are names: there is no unknown key that could show that the object is no such object. */
const casesByName: readonly Case[] = [
  { name: "parameters by name", read: createSpace, valid: fc.constant({ x: real(0, 1), y: int(0, 3) }) },
  { name: "configurations", read: (config: Config) => checkConfig(named, config), valid: fc.constant({ x: 0.5, y: 2 }) },
  { name: "proposals", read: proposed, valid: fc.constant({ x: 0.5, y: 2 }) },
  { name: "constraints", read: constrained, valid: fc.constant({ sum: ["x", "y"], max: 2 }) },
  { name: "weights", read: (linear: object) => constrained({ linear, max: 2 }), valid: fc.constant({ x: 1, y: 2 }) },
  { name: "forbidden combinations", read: (forbid: object) => constrained({ forbid }), valid: fc.constant({ x: 0.5, y: [1, 2] }) },
  { name: "forbidden ranges", read: (x: object) => constrained({ forbid: { x } }), valid: fc.constant({ min: 0.5, max: 0.7 }) },
];

/** The configuration of the job that a strategy's proposal becomes. */
function proposed(config: Config): Config {
  const ask: Strategy["ask"] = () => ({ proposals: [{ kind: "start", config, until: 1 }], directives: [], then: "more" });
  const study = startStudy({ problem: { ...simple, space: named }, strategy: { ...scripted(), ask }, seed: 1 });
  return study.ask().jobs[0]!.config;
}

function checked(param: Param): Param {
  return createSpace({ x: param }).params[0]![1];
}

describe.each(cases)("a reader of $name", ({ read, valid }) => {
  const call = read as (given: unknown) => unknown;

  it("accepts what is valid, and changes nothing that it is given", () => {
    fc.assert(
      fc.property(valid, (given) => {
        const before = structuredClone(given);
        call(given);
        expect(given).toEqual(before);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it("refuses each key with a letter more, one less or two swapped, and names the right one", () => {
    const misspelt = valid.chain((given) =>
      fc.tuple(fc.constant(given), fc.constantFrom(...Object.keys(given)), fc.nat({ max: 99 }), fc.constantFrom("drop", "double", "swap")),
    );
    fc.assert(
      fc.property(misspelt, ([given, key, at, how]) => {
        const wrong = misspell(key, at, how);
        if (Object.hasOwn(given, wrong)) return;
        const error = refusal(() => call({ ...without(given, key), [wrong]: (given as Record<string, unknown>)[key] }));
        // A parameter is known by its kind: without it, the kind is what is missing.
        if (key !== "kind") expect(error.remedy).toBe(`Did you mean ${JSON.stringify(key)}?`);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("refuses an unknown key next to valid ones, whatever it is", () => {
    const odd = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty"));
    fc.assert(
      fc.property(valid, odd, (given, key) => {
        if (Object.hasOwn(given, key)) return;
        refusal(() => call(Object.defineProperty({ ...given }, key, { value: 1, enumerable: true })));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("refuses hostile objects by a typed error, and accepts none of them in silence", () => {
    refusesHostile(call, valid);
  });

  it("reads each member once, and uses what it read", () => {
    fc.assert(
      fc.property(valid, (given) => {
        const reads = new Map<string, number>();
        const shifty = Object.fromEntries(Object.entries(given));
        for (const [key, value] of Object.entries(given)) {
          const get = (): unknown => {
            reads.set(key, (reads.get(key) ?? 0) + 1);
            return reads.get(key) === 1 ? value : Symbol("read again");
          };
          Object.defineProperty(shifty, key, { get, enumerable: true });
        }
        expect(call(shifty)).toEqual(call(given));
        expect([...reads.values()].every((count) => count === 1)).toBe(true);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe.each(casesByName)("a reader of $name", ({ read, valid }) => {
  const call = read as (given: unknown) => unknown;

  it("accepts what is valid, also without a prototype", () => {
    fc.assert(
      fc.property(valid, (given) => {
        expect(call(Object.assign(Object.create(null), given))).toEqual(call(given));
      }),
      { seed: 1, numRuns: 5 },
    );
  });

  it("refuses maps, instances and inherited members by a typed error, and takes none of them for an empty object", () => {
    refusesHostile(call, valid);
    const [given] = fc.sample(valid, { seed: 1, numRuns: 1 }) as [object];
    const { message } = refusal(() => call(new Map(Object.entries(given))));
    expect(message).toContain("expected a plain object, got an object of class Map");
  });
});

function refusesHostile(call: (given: unknown) => unknown, valid: fc.Arbitrary<object>): void {
  fc.assert(
    fc.property(valid, fc.constantFrom(...hostile), (given, [, make]) => {
      refusal(() => call(make(given)));
    }),
    { seed: 1, numRuns: 200 },
  );
}

const thrower = (): never => {
  throw new TypeError("a trap");
};
const cycle: { self?: unknown } = {};
cycle.self = cycle;

/** What looks like the data, but is not plain. */
const hostile: readonly (readonly [string, (given: object) => unknown])[] = [
  ["nothing", () => null],
  ["a bigint", () => 1n],
  ["a symbol", () => Symbol("s")],
  ["a function", () => () => 1],
  ["a text", () => "text"],
  ["a list", (given) => [given]],
  ["a sparse list", () => new Array(3)],
  ["a Map", (given) => new Map(Object.entries(given))],
  ["a class instance", (given) => Object.assign(new (class Options {})(), given)],
  ["inherited members", (given) => Object.create(given)],
  ["inherited members of a prototype without one", (given) => Object.create(Object.assign(Object.create(null), given))],
  ["a symbol as key", (given) => ({ ...given, [Symbol("key")]: 1 })],
  ["a hidden member", (given) => Object.defineProperty({ ...given }, Object.keys(given)[0]!, { enumerable: false })],
  ["a getter that throws", (given) => Object.defineProperty({ ...given }, Object.keys(given)[0]!, { get: thrower, enumerable: true })],
  ["a proxy that throws when read", (given) => new Proxy(given, { get: thrower })],
  ["a proxy that throws when listed", (given) => new Proxy(given, { ownKeys: thrower })],
  ["a proxy without a prototype to show", (given) => new Proxy(given, { getPrototypeOf: thrower })],
  ["a revoked proxy", (given) => revoked(given)],
  ["a cycle", (given) => ({ ...given, [Object.keys(given)[0]!]: cycle })],
  ["a bigint inside", (given) => ({ ...given, [Object.keys(given)[0]!]: 1n })],
];

function revoked(given: object): unknown {
  const { proxy, revoke } = Proxy.revocable(given, {});
  revoke();
  return proxy;
}

describe("the words of other tools point to ours:", () => {
  const parameter = ["kind", "low", "high", "scale", "step"];
  const range = ["unit", "min", "max", "whole"];
  const study = ["space", "goal", "objectives", "constraints", "fidelity", "resumable", "checkpoints", "seed", "strategy", "events"];
  const run = ["trials", "workers", "timeoutSeconds", "clock", "signal", "onTrial", "onNotice"];
  it.each<readonly [string, readonly string[], string]>([
    ["log", parameter, 'Write scale: "log".'],
    ["log", ["scale", "step"], 'Write scale: "log".'],
    ["Scale", ["scale", "step"], 'Did you mean "scale"?'],
    ["sampling", parameter, 'Caviar calls it "scale".'],
    ["maximum", parameter, 'Caviar calls it "high".'],
    ["min", parameter, 'Caviar calls it "low".'],
    ["upper", range, 'Caviar calls it "max".'],
    ["high", range, 'Caviar calls it "max".'],
    ["min_resource", range, 'Caviar calls it "min".'],
    ["max_t", range, 'Caviar calls it "max".'],
    ["direction", study, 'Caviar calls it "goal".'],
    ["mode", study, 'Caviar calls it "goal".'],
    ["directions", study, 'Caviar calls it "objectives".'],
    ["sampler", study, 'Caviar calls it "strategy".'],
    ["search_space", study, 'Caviar calls it "space".'],
    ["n_trials", run, 'Caviar calls it "trials".'],
    ["nTrials", run, 'Caviar calls it "trials".'],
    ["max_trials", run, 'Caviar calls it "trials".'],
    ["n_jobs", run, 'Caviar calls it "workers".'],
    ["reduction_factor", ["eta", "convention"], 'Caviar calls it "eta".'],
    ["setp", ["scale", "step"], 'Did you mean "step"?'],
    ["anything", [], "Drop it."],
  ])("%s among %j", (key, known, remedy) => {
    expect(remedyForKey(key, known)).toBe(remedy);
  });
});

function misspell(key: string, at: number, how: string): string {
  const i = at % key.length;
  if (how === "double") return key.slice(0, i) + key[i] + key.slice(i);
  if (how === "drop" && key.length > 3) return key.slice(0, i) + key.slice(i + 1);
  // Two letters swapped in one of three may be nearer to another key.
  if (key.length < 4) return key + key.at(-1);
  const j = Math.min(i + 1, key.length - 1);
  return key.slice(0, i) + (key[j] ?? "") + (key[i] ?? "") + key.slice(j + 1);
}

function without(given: object, key: string): object {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name !== key));
}

function refusal(act: () => unknown): CaviarError {
  try {
    act();
  } catch (error) {
    if (!(error instanceof CaviarError)) throw error;
    expect(error.message).toBe(`${error.what}: expected ${error.expected}, got ${error.got}. ${error.remedy}`);
    return error;
  }
  throw new Error("It was accepted.");
}
