/** Strategies and problems from outside, in campaigns. Programs need the build: run `npm run build` first. */
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CaviarError, ConfigError } from "@caviar-hpo/core";
import type { CampaignResults, RunResult } from "@caviar-hpo/report";
import { describe, expect, test } from "vitest";
import { inFolder } from "../../testing/plans.ts";
import { runCampaign } from "../campaign/campaign.ts";
import { type Plan, readPlan } from "../plan/plan.ts";

const codeFrom = fileURLToPath(new URL("../../testing/parts", import.meta.url));
const caviar = fileURLToPath(new URL("../../../cli/bin/caviar.js", import.meta.url));
const server = (mode: string, change: object = {}): object => ({
  command: [process.execPath, "server.mjs", mode],
  name: "halves",
  label: mode,
  ...change,
});
const module = (name: string): string => `./parts.mjs#${name}`;

function planOf(change: object): Plan {
  return readPlan({ name: "parts", seeds: "1..1", budget: 6, strategies: [{ name: "random" }], problems: ["branin"], ...change });
}

function campaign(change: object, folder: string, options: object = {}): Promise<CampaignResults> {
  return runCampaign(planOf(change), folder, { command: "none", workers: 1, codeFrom, ...options });
}

function runOf({ runs }: CampaignResults, strategy: string, problem = "branin"): RunResult {
  return runs.find((run) => run.strategy === strategy && run.problem === problem)!;
}

async function refusal(running: Promise<unknown>): Promise<CaviarError> {
  const error: unknown = await running.catch((thrown: unknown) => thrown);
  if (error instanceof CaviarError) return error;
  throw new Error("not refused", { cause: error });
}

describe("strategies of a module", () => {
  const strategies = [
    { module: module("sampler"), label: "mine", options: { version: 5 } },
    { module: module("card"), label: "random" },
    { module: module("clumsy"), label: "clumsy" },
  ];

  test("share instances, designs and noise with the others, and have a name, a version and an origin", () =>
    inFolder(async (folder) => {
      const noise = { model: "additive", sd: 0.1 };
      const own = await campaign({ strategies, initialPoints: 2, noise }, join(folder, "own"));
      const shipped = await campaign({ initialPoints: 2, noise }, join(folder, "shipped"));
      expect(runOf(own, "random")).toEqual(runOf(shipped, "random"));
      expect(runOf(own, "mine").values.slice(0, 2)).toEqual(runOf(shipped, "random").values.slice(0, 2));
      expect(own.strategies.slice(0, 2)).toMatchObject([
        { label: "mine", name: "mine", version: 1005, options: { version: 5 }, origin: "module" },
        { label: "random", name: "other", origin: "module" },
      ]);
    }));

  test("that throw have a failed run, and the campaign continues", () =>
    inFolder(async (folder) => {
      const results = await campaign({ strategies }, folder);
      const { values, failed } = runOf(results, "clumsy");
      expect(failed).toEqual({ kind: "crashed", message: "cannot read properties of a trial" });
      expect(values).toHaveLength(3);
      expect(runOf(results, "mine")).toMatchObject({ values: { length: 6 } });
    }));
});

describe("problems of a module", () => {
  const problems = ["square", "accuracy", "noisySquare", "loose", "promising"].map((name) => ({ module: module(name), label: name }));

  test("have their optimum, or the distance to their bound, and their own noise", () =>
    inFolder(async (folder) => {
      const results = await campaign({ problems, budget: 9 }, folder);
      const valuesOn = (problem: string): readonly number[] => runOf(results, "random", problem).values as readonly number[];
      expect(results.problems).toMatchObject([
        { id: "square", title: "A square", dimensions: 2, optimum: 1, tolerance: 0, source: "the module ./parts.mjs#square" },
        { id: "accuracy", title: "accuracy", dimensions: 1, optimum: 0, measure: "distance to the bound" },
        { id: "noisySquare", optimum: 1 },
        { id: "loose", optimum: 0, measure: "distance to the bound" },
        {},
      ]);
      expect(Math.min(...valuesOn("square"))).toBeGreaterThanOrEqual(1);
      for (const value of valuesOn("accuracy")) expect(10 * value).toBeCloseTo(Math.round(10 * value), 12);
      expect(runOf(results, "random", "noisySquare").recommended).toHaveLength(9);
      expect(runOf(results, "random", "square").recommended).toBeUndefined();
      expect(runOf(results, "random", "loose").failed).toMatchObject({
        kind: "refused",
        message: expect.stringMatching(/bound 1\.5, got 1\./),
      });
      expect(runOf(results, "random", "promising").failed).toMatchObject({
        kind: "crashed",
        message: expect.stringContaining("without async"),
      });
    }));
});

describe("programs", () => {
  test("that crash, hang, print garbage or leave the space have failed runs with their reason", () =>
    inFolder(async (folder) => {
      const modes = ["honest", "crash", "garbage", "outside"].map((mode) => server(mode));
      const strategies = [{ name: "random" }, ...modes, server("hang", { timeoutSeconds: 5 })];
      const results = await campaign({ strategies }, join(folder, "plane"));
      expect(results.strategies[1]).toMatchObject({ label: "honest", name: "halves", version: "7.1", origin: "command" });
      expect(runOf(results, "honest")).toMatchObject({ values: { length: 6 } });
      const failure = (label: string, problem?: string): unknown => runOf(results, label, problem).failed;
      expect(failure("honest")).toBeUndefined();
      expect(failure("crash")).toMatchObject({
        kind: "crashed",
        message: expect.stringContaining("code 9, after it had printed: no more ideas"),
      });
      expect(failure("garbage")).toMatchObject({ kind: "crashed", message: expect.stringContaining('got "thinking ..."') });
      expect(failure("outside")).toMatchObject({ kind: "crashed", message: expect.stringContaining("ask") });
      expect(failure("hang")).toMatchObject({ kind: "timedOut", message: expect.stringContaining("within 5 seconds") });
      for (const label of ["crash", "garbage", "outside", "hang"]) expect(runOf(results, label).values).toHaveLength(3);
    }));

  test("that refuse a problem have failed runs there, and their version from another problem", () =>
    inFolder(async (folder) => {
      const strategies = [{ name: "random" }, server("onlyPlanes")];
      const results = await campaign({ strategies, problems: ["hartmann3", "branin"], budget: 2 }, folder);
      expect(results.strategies[1]).toMatchObject({ version: "7.1" });
      expect(runOf(results, "onlyPlanes").failed).toBeUndefined();
      const message = expect.stringContaining("only two parameters");
      expect(runOf(results, "onlyPlanes", "hartmann3").failed).toMatchObject({ kind: "refused", message });
    }));

  test("that never repeat themselves begin an interrupted run again", () =>
    inFolder(async (folder) => {
      const strategies = [{ name: "random" }, server("moody")];
      await campaign({ strategies }, folder);
      const record = join(folder, "runs", "branin", "moody", "1.jsonl");
      writeFileSync(record, `${readFileSync(record, "utf8").split("\n", 4).join("\n")}\n`);
      const { values, failed } = runOf(await campaign({ strategies }, folder), "moody");
      expect([values.length, failed]).toEqual([6, undefined]);
    }));

  test("that serve a strategy of Caviar give the bits of that strategy, shared design and failed evaluations included", () =>
    inFolder(async (folder) => {
      const values = { command: [process.execPath, "values.mjs"], label: "values", goal: "minimize" };
      const space = { x: { kind: "real", low: 0, high: 0.1 }, kind: { kind: "choice", options: ["low", "high"] } };
      const shared = { initialPoints: 3, budget: 12, problems: [{ ...values, space }] };
      const near = await campaign({ ...shared, strategies: [{ name: "tpe" }] }, join(folder, "near"));
      const command = [process.execPath, caviar, "serve"];
      const far = await campaign({ ...shared, strategies: [{ command, name: "tpe" }] }, join(folder, "far"));
      expect(far.runs).toEqual(near.runs);
      expect(far.dataHash).not.toBe(near.dataHash);
      expect(runOf(near, "tpe", "values").values).toContain(null);
      expect(near.problems[0]).toMatchObject({ source: "the command node values.mjs".replace("node", process.execPath), measure: "value" });
    }));

  test("that are a problem and end have failed runs", () =>
    inFolder(async (folder) => {
      const command = [process.execPath, "values.mjs", "0.5"];
      const space = [{ name: "x", kind: "real", low: 0.4, high: 1 }];
      const { runs } = await campaign({ problems: [{ command, label: "values", space, goal: "minimize" }] }, folder);
      for (const { failed } of runs) expect(failed).toMatchObject({ kind: "crashed", message: expect.stringContaining("code 4") });
    }));
});

describe("a sampler with a mistake", () => {
  test.each([
    ["that suggests nothing", "silent", 'expected { config }, "wait" or "exhausted" from suggest, got undefined'],
    ["that suggests a configuration without its key", "bare", 'expected { config }, "wait" or "exhausted" from suggest, got an object'],
    ["that leaves the space", "outside", /got configuration value "x": expected a number in \S+ \S+, got 7\. Test it with the laws/],
  ])("%s has failed runs, which say what was expected", (_mistake, name, said) =>
    inFolder(async (folder) => {
      const strategies = [{ module: `./faulty.mjs#${name}`, label: "mine" }];
      const { runs } = await campaign({ strategies, problems: [{ module: module("square") }] }, folder);
      expect(runs.length).toBeGreaterThan(0);
      const expected = typeof said === "string" ? expect.stringContaining(said) : expect.stringMatching(said);
      for (const { failed } of runs) expect(failed).toMatchObject({ message: expected });
    }),
  );
});

describe("a plan with code", () => {
  const change = {
    strategies: [{ name: "random" }, { module: module("sampler"), label: "mine" }],
    problems: [{ module: module("square") }],
  };

  test("is refused where no code may be run, before anything is written", () =>
    inFolder(async (folder) => {
      const error = await refusal(runCampaign(planOf(change), join(folder, "out"), { command: "none", workers: 1 }));
      expect(error).toMatchObject({ code: "codeNotAllowed" });
      expect(existsSync(join(folder, "out"))).toBe(false);
    }));

  test("has its report without its code once all runs are there, and not before", () =>
    inFolder(async (folder) => {
      const results = await campaign(change, folder);
      const again = await runCampaign(planOf(change), folder, { command: "none", workers: 1 });
      expect(again).toEqual(results);
      rmSync(join(folder, "runs", "parts", "mine", "1.jsonl"));
      expect(await refusal(runCampaign(planOf(change), folder, { command: "none", workers: 1 }))).toMatchObject({ code: "codeNotAllowed" });
      expect(await campaign(change, folder)).toEqual(results);
    }));

  test("does not continue when a file of its parts has changed, unless it starts again", () =>
    inFolder(async (folder) => {
      const code = join(folder, "code");
      cpSync(codeFrom, code, { recursive: true });
      const [out, here] = [join(folder, "out"), { codeFrom: code }];
      const results = await campaign(change, out, here);
      appendFileSync(join(code, "parts.mjs"), "// another version\n");
      const error = await refusal(campaign(change, out, here));
      expect(error).toMatchObject({ code: "otherParts", what: `campaign ${out}, strategy "mine"` });
      expect(await campaign(change, out, { ...here, fresh: true })).toEqual(results);
    }));

  test.each<readonly [string, object, string, string]>([
    ["a path to nothing", { strategies: [{ module: "./none.mjs#card" }] }, 'strategy "none"', "badModule"],
    ["an export that is not there", { strategies: [{ module: module("samplr"), label: "a" }] }, 'module "./parts.mjs#samplr"', "badModule"],
    ["an export that is no strategy", { strategies: [{ module: module("nothing"), label: "a" }] }, 'strategy "a"', "badModule"],
    ["a sampler without init", { strategies: [{ module: "./faulty.mjs#unfinished", label: "a" }] }, 'strategy "a"', "badModule"],
    ["an export that is no problem", { problems: [{ module: module("sampler"), label: "a" }] }, 'problem "a"', "badProblem"],
    ["an unknown peer", { strategies: [{ name: "peer:optuna-gpp" }] }, 'strategy "optuna-gpp"', "unknownStrategy"],
    [
      "a program that is not there",
      { strategies: [{ command: ["./none"], name: "a" }] },
      'strategy "a", program of the command',
      "badCommand",
    ],
    [
      "a budget of resource",
      { budget: { fullTrainings: 4 }, problems: change.problems },
      'plan.budget with the problem "parts"',
      "badPlan",
    ],
  ])("is refused for %s", (_name, wrong, what, code) =>
    inFolder(async (folder) => {
      const error = await refusal(campaign(wrong, join(folder, "out")));
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toMatchObject({ what, code });
      expect(existsSync(join(folder, "out"))).toBe(false);
    }),
  );
});

test.each([
  "data:text/javascript,export default 1",
  "data:text/javascript,x.mjs",
  "http://localhost/x.mjs",
  "https://localhost/x.js#card",
  "file:///tmp/x.mjs",
  "node:child_process",
  "blob:x.mjs",
  "x",
  "./x.json",
  "./x.mjs#a b",
  "./x.mjs#",
  "",
])("a plan names modules by paths of files alone, and not by %j", (text) => {
  const at =
    (change: object): (() => Plan) =>
    () =>
      planOf(change);
  expect(at({ strategies: [{ module: text }] })).toThrow(/^plan\.strategies\[0\]\.module: expected /);
  expect(at({ problems: [{ module: text }] })).toThrow(/^plan\.problems\[0\]\.module: expected /);
});
