/** A generator that never reaches a state tests nothing there: each interesting state turns up in at least one run in twenty. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { complete, compose } from "../contract/compose.ts";
import type { Strategy } from "../contract/strategy.ts";
import { plainOf } from "../space/param.ts";
import { isComplete } from "../space/partial.ts";
import { failurePatterns, failureReasons } from "./failurePatterns.ts";
import { inSpace } from "./legal.ts";
import { play } from "./play.ts";
import { bounded, boundsOnStarts, scripts } from "./script.ts";
import { configs, problems, spaces } from "./spaces.ts";
import { barrierStub, fewStub, populationStub, promotingStub, randomStub, stoppingStub } from "./stubs.fixture.ts";

const strategies: readonly (() => Strategy)[] = [
  () => compose(complete, fewStub(6)),
  () => compose(promotingStub(), randomStub()),
  () => compose(stoppingStub(), randomStub()),
  () => compose(barrierStub(2, "resume"), fewStub(8)),
  populationStub,
];
const can = { conditional: true, objectives: 1, constraints: true };
const runs = 400;

it("every interesting state is reached in at least 5 % of runs", () => {
  const reached = new Map<string, number>();
  const cases = fc.sample(fc.tuple(problems(can), fc.nat(), scripts(60)), { numRuns: runs, seed: 1 });
  cases.forEach(([problem, seed, script], index) => {
    const found = new Set<string>();
    const mark = (state: string, is: boolean): void => {
      if (is) found.add(state);
    };
    const params = problem.space.params.map(([, param]) => param);
    const plains = params.map(plainOf);
    for (const kind of ["real", "int", "choice"] as const)
      mark(
        kind,
        plains.some((plain) => plain.kind === kind),
      );
    for (const scale of ["linear", "log", "mirroredLog", "oneMinusLog"] as const)
      mark(
        `real ${scale}`,
        plains.some((plain) => plain.kind === "real" && plain.scale === scale),
      );
    mark(
      "int log",
      plains.some((plain) => plain.kind === "int" && plain.scale === "log"),
    );
    mark(
      "stepped real",
      plains.some((plain) => plain.kind === "real" && plain.step !== undefined),
    );
    mark(
      "stepped int",
      plains.some((plain) => plain.kind === "int" && plain.step !== undefined),
    );
    mark(
      "ordered choice",
      plains.some((plain) => plain.kind === "choice" && plain.ordered),
    );
    mark(
      "conditional",
      params.some((param) => param.kind === "given"),
    );
    mark(
      "one value only",
      plains.some((plain) => (plain.kind === "choice" ? plain.options.length === 1 : plain.low === plain.high)),
    );
    mark("not resumable", !problem.resumable);
    mark("no fidelity", problem.fidelity === null);
    mark("fidelity of fractions", problem.fidelity?.whole === false);
    mark("one fidelity", problem.fidelity !== null && problem.fidelity.min === problem.fidelity.max);
    mark("constraints", problem.constraints.length > 0);

    const { study, events } = play(
      { problem, seed, create: strategies[index % strategies.length]! },
      script,
      (action, outcome, { history }) => {
        mark("restart while jobs run", action.kind === "restart" && history.running.length > 0);
        mark("many jobs at once", history.running.length >= 4);
        if (outcome.kind === "heard") mark(`${outcome.effect} report`, true);
        mark("refused report", outcome.kind === "refused");
        if (outcome.kind === "asked") mark(`then ${outcome.asked.then}`, true);
      },
    );
    const queued = new Set<string>();
    for (const event of events) {
      if (event.kind === "failed") mark(`failed: ${event.reason}`, true);
      if (event.kind === "enqueued") queued.add(JSON.stringify(event.config));
      mark("partial configuration queued", event.kind === "enqueued" && !isComplete(problem.space, event.config));
      if (event.kind === "observed")
        mark(`observed, ${event.job !== undefined ? "running" : event.failure !== undefined ? "failed" : "finished"}`, true);
      for (const job of event.kind === "asked" ? event.jobs : []) {
        mark("queued configuration used", queued.has(JSON.stringify(job.config)));
        mark("job from a checkpoint", job.from !== null);
        mark("job with a milestone before its end", job.milestones.length > 1);
        mark("inactive conditional", Object.keys(job.config).length < params.length);
      }
    }
    for (const trial of study.history.trials) {
      mark(`trial ${trial.status}`, true);
      mark("curve of two and more", trial.curve.length > 1);
    }
    const values = study.history.trials.flatMap((trial) => (trial.curve.length === 0 ? [] : [trial.curve.at(-1)!.values[0]!]));
    mark("tie", new Set(values).size < values.length);
    mark(
      "value beyond 1e300",
      values.some((value) => Math.abs(value) >= 1e300),
    );
    for (const state of found) reached.set(state, (reached.get(state) ?? 0) + 1);
  });

  const interesting = [
    ...[
      "real",
      "int",
      "choice",
      "real linear",
      "real log",
      "real mirroredLog",
      "real oneMinusLog",
      "int log",
      "stepped real",
      "stepped int",
    ],
    ...["ordered choice", "conditional", "inactive conditional", "one value only", "not resumable", "no fidelity", "fidelity of fractions"],
    ...[
      "one fidelity",
      "constraints",
      "restart while jobs run",
      "many jobs at once",
      "accepted report",
      "failed report",
      "repeated report",
    ],
    ...["late report", "refused report", "then more", "then wait", "then done", "failed: threw", "failed: timeout", "failed: lost"],
    ...[
      "failed: nonfinite",
      "failed: infeasible",
      "observed, finished",
      "observed, failed",
      "observed, running",
      "partial configuration queued",
      "queued configuration used",
      "job from a checkpoint",
      "curve of two and more",
    ],
    ...["job with a milestone before its end", "trial running", "trial paused", "trial finished", "trial failed", "trial stopped", "tie"],
    "value beyond 1e300",
  ];
  const rare = interesting
    .filter((state) => (reached.get(state) ?? 0) < 0.05 * runs)
    .map((state) => `${state}: ${reached.get(state) ?? 0} of ${runs}`);
  expect(rare).toEqual([]);
});

it("where trials are promoted, they are while no new one may start, and where that is to finish them, in at least 5 % of runs each", () => {
  const cases = fc.sample(fc.tuple(problems(can), fc.nat(), scripts(100), boundsOnStarts()), { numRuns: runs, seed: 1 });
  for (const finish of [false, true]) {
    const reached = cases.filter(([problem, seed, script, bounds], index) => {
      let found = false;
      play({ problem, seed, create: strategies[index % 2 === 0 ? 1 : 3]! }, bounded(script, bounds), (action, outcome) => {
        if (action.kind !== "ask" || outcome.kind !== "asked") return;
        found ||= action.starts === 0 && action.finish === finish && outcome.asked.jobs.length > 0;
      });
      return found;
    });
    expect(reached.length).toBeGreaterThanOrEqual(0.05 * runs);
  }
});

it("drawn configurations are in their space, by a separate check", () => {
  const drawn = spaces().chain((space) => configs(space).map((config) => ({ space, config })));
  fc.assert(
    fc.property(drawn, ({ space, config }) => {
      expect(inSpace(space, config)).toBe(true);
    }),
    { seed: 1, numRuns: 300 },
  );
});

it("failure patterns fail everything and some things, for every reason", () => {
  const patterns = fc.sample(failurePatterns(), { numRuns: runs, seed: 1 });
  const share = (has: (pattern: readonly (string | null)[]) => boolean): number => patterns.filter(has).length / runs;
  expect(share((pattern) => pattern.every((reason) => reason !== null))).toBeGreaterThan(0.05);
  expect(share((pattern) => pattern.includes(null) && pattern.some((reason) => reason !== null))).toBeGreaterThan(0.05);
  for (const reason of failureReasons) expect(share((pattern) => pattern.includes(reason))).toBeGreaterThan(0.05);
});
