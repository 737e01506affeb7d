/** The contract carries every family of strategies: stubs of each obey the laws, and run end to end with failures and a replay. */
import { describe, expect, it, test } from "vitest";
import { virtualClock } from "../run/clock.ts";
import { drive } from "../run/drive.ts";
import { encode } from "../space/codec.ts";
import { type Config, choice, given, int, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import type { Event } from "../study/events.ts";
import { replay } from "../study/replay.ts";
import { type Study, startStudy } from "../study/study.ts";
import { contextOf } from "../testing/context.ts";
import { runCampaign, strategyLaws } from "../testing/index.ts";
import { barrierStub, fewStub, randomStub, stubs } from "../testing/stubs.fixture.ts";
import { complete, compose } from "./compose.ts";
import { ConfigError, ExternalError, ProtocolError, StateError } from "./errors.ts";
import type { TrialId } from "./ids.ts";
import type { Problem } from "./problem.ts";
import type { Strategy } from "./strategy.ts";
import type { Job } from "./trial.ts";

describe.each(stubs)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, { ...options, runs: 0.5 })) test(law.name, law.run);
});

const problem: Problem = {
  space: createSpace({
    rate: real(1e-4, 1, { scale: "log" }),
    layers: int(1, 8),
    optimiser: choice(["sgd", "adam"]),
    momentum: given("optimiser", ["sgd"], real(0.5, 0.999, { scale: "oneMinusLog" })),
  }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "epoch", min: 1, max: 27, whole: true },
  resumable: true,
};

/** A bowl in the unit cube that training deepens. */
function loss(config: Config, fidelity: number): number {
  return encode(problem.space, config).reduce((sum, u) => sum + (u - 0.3) * (u - 0.3), 0) + 1 / fidelity;
}

/** Four workers in virtual time; jobs that end in 3, 5, 7, 9 fail, each in another way, and the one that ends in 1 overruns its time. */
async function runToTheEnd(strategy: Strategy): Promise<{ readonly study: Study; readonly events: readonly Event[] }> {
  const events: Event[] = [];
  const study = startStudy({ problem, strategy, seed: 7 }, (event) => events.push(event));
  const clock = virtualClock(async () => {
    for (let hop = 0; hop < 30; hop++) await Promise.resolve();
  });
  const work = drive(
    study,
    async (job, { measure, signal }) => {
      await clock.sleep(job.id % 10 === 1 ? 100_000 : 1000 + ((job.id * 7919) % 13) * 100);
      if (job.id % 10 === 3) throw new Error("out of memory");
      if (job.id % 10 === 5)
        throw new ExternalError({ code: "lost", what: "worker", expected: "an answer", got: "none", remedy: "Start another." });
      if (job.id % 10 === 7) return { values: [NaN] };
      if (job.id % 10 === 9) return { infeasible: true };
      for (const fidelity of job.milestones.slice(0, -1)) {
        if (!measure({ values: [loss(job.config, fidelity)], fidelity })) break;
        await clock.sleep(500);
      }
      return { values: [signal.aborted ? NaN : loss(job.config, job.until)] };
    },
    { workers: 4, trials: 60, timeoutSeconds: 20, clock },
  );
  await clock.run(work);
  return { study, events };
}

const jobsOf = (events: readonly Event[]): readonly Job[] => events.flatMap((event) => (event.kind === "asked" ? event.jobs : []));
const create = (name: string): Strategy => stubs.find((stub) => stub.name === name)!.create();

describe("end to end, with failures of all five kinds", () => {
  it.each(stubs)("$name comes to an end and to a recommendation, and its log replays to the same history", async (stub) => {
    const { study, events } = await runToTheEnd(stub.create());
    const reasons = new Set(events.flatMap((event) => (event.kind === "failed" ? [event.reason] : [])));
    expect([...reasons].sort()).toEqual(["infeasible", "lost", "nonfinite", "threw", "timeout"]);
    const sound = study.history.trials.filter((trial) => trial.status !== "failed" && trial.curve.length > 0);
    const highest = Math.max(...sound.map((trial) => trial.curve.at(-1)!.fidelity));
    const rivals = sound.filter((trial) => trial.curve.at(-1)!.fidelity === highest).map((trial) => loss(trial.config, highest));
    const recommended = loss(study.recommend()!, highest);
    if (stub.name === "GP-BO") expect(recommended).toBeLessThan(rivals.sort((a, b) => a - b)[Math.floor(rivals.length / 2)]!);
    else expect(recommended).toBe(Math.min(...rivals));
    const again = replay({ problem, strategy: stub.create(), seed: 7 }, events);
    expect(again.history.trials).toEqual(study.history.trials);
    expect(again.state).toEqual(study.state);
    for (let length = 0; length < events.length; length += 7) {
      const part = replay({ problem, strategy: stub.create(), seed: 7 }, events.slice(0, length));
      expect(part.history.trials.length).toBeLessThanOrEqual(study.history.trials.length);
    }
  });

  it("promotion continues from the checkpoint, to the next rung", async () => {
    const { events } = await runToTheEnd(create("ASHA by promotion"));
    const resumed = jobsOf(events).filter((job) => job.from !== null);
    expect(resumed.length).toBeGreaterThan(5);
    for (const job of resumed) expect([job.from!.trial, job.until]).toEqual([job.trial, job.from!.fidelity * 3]);
  });

  it("stopping ends jobs at a milestone, and what they say later changes nothing", async () => {
    const { study, events } = await runToTheEnd(create("ASHA by stopping"));
    const stopped = study.history.trials.filter((trial) => trial.status === "stopped");
    expect(stopped.length).toBeGreaterThan(5);
    for (const trial of stopped) expect([1, 3, 9]).toContain(trial.curve.at(-1)!.fidelity);
    expect(events.some((event) => event.kind === "told" && event.directives.some((directive) => directive.kind === "stop"))).toBe(true);
  });

  it("population based training clones the best one's checkpoint and gives up the loser's", async () => {
    const { study, events } = await runToTheEnd(create("PBT"));
    const clones = jobsOf(events).filter((job) => job.from !== null && job.from.trial !== job.trial);
    expect(clones.length).toBeGreaterThan(0);
    for (const job of clones) {
      expect(study.history.trials[job.trial]!.parent).toBe(job.from!.trial);
      expect(study.history.trials[job.from!.trial]!.curve.map((measurement) => measurement.fidelity)).toContain(job.from!.fidelity);
    }
    expect(study.history.trials.some((trial) => trial.status === "discarded")).toBe(true);
  });

  it("BOHB waits for its first points and then says how many its model was made of", async () => {
    const { events } = await runToTheEnd(create("BOHB"));
    expect(events.some((event) => event.kind === "asked" && event.then === "wait")).toBe(true);
    expect(jobsOf(events).some((job) => job.note !== undefined)).toBe(true);
  });

  it("DEHB evolves what the rung below left", async () => {
    const { events } = await runToTheEnd(create("DEHB"));
    const upper = jobsOf(events).filter((job) => job.until === 27);
    expect(upper.length).toBeGreaterThan(0);
    for (const job of upper) expect(job.from).toBeNull();
    expect(upper.some((job) => (job.note as { readonly parent?: number } | undefined)?.parent !== undefined)).toBe(true);
  });

  it("model-based search predicts, and says with each job what it expected", async () => {
    const { study, events } = await runToTheEnd(create("GP-BO"));
    for (const job of jobsOf(events)) expect(job.prediction!.sd[0]).toBeGreaterThan(0);
    const configs = study.history.trials.slice(0, 3).map((trial) => trial.config);
    expect(study.predict(configs)!.mean).toHaveLength(3);
  });
});

describe("a synchronous bracket of nine", () => {
  const nine: Problem = { ...problem, fidelity: { unit: "epoch", min: 3, max: 27, whole: true } };
  const bracket = (): Strategy => compose(barrierStub(1, "resume"), randomStub());

  it("passes its barriers whichever of the nine fail, and promotes the best of the rest", () => {
    for (let subset = 0; subset < 512; subset++) {
      const study = startStudy({ problem: nine, strategy: bracket(), seed: 1 });
      const fails = (trial: number): boolean => Math.floor(subset / 2 ** trial) % 2 === 1;
      runCampaign(study, {
        workers: 9,
        trials: 100,
        pick: (turn) => turn * 5,
        judge: (job, fidelity) => (fidelity === 3 && fails(job.trial) ? "lost" : loss(job.config, fidelity)),
      });
      expect(study.done).toBe(true);
      const ranked = study.history.trials
        .filter((trial) => !fails(trial.id))
        .sort((a, b) => loss(a.config, 3) - loss(b.config, 3))
        .map((trial) => trial.id);
      const reached = (fidelity: number): readonly number[] =>
        study.history.trials.filter((trial) => trial.curve.some((m) => m.fidelity === fidelity)).map((trial) => trial.id);
      expect(reached(3)).toHaveLength(ranked.length);
      expect(new Set(reached(9))).toEqual(new Set(ranked.slice(0, 3)));
      expect(reached(27)).toHaveLength(Math.min(1, ranked.length));
    }
  });

  it("gives the same trials in every order in which the first six can report", () => {
    const outcomes = new Set<string>();
    for (const order of permutations([0, 1, 2, 3, 4, 5])) {
      const study = startStudy({ problem: nine, strategy: bracket(), seed: 1 });
      const judge = (job: Job, fidelity: number): number => loss(job.config, fidelity);
      const { jobs } = study.ask({ want: 6 });
      for (const place of order) study.tell(jobs[place]!.id, { values: [judge(jobs[place]!, 3)] });
      runCampaign(study, { workers: 2, trials: 100, pick: (turn) => turn, judge });
      outcomes.add(JSON.stringify(study.history.trials));
    }
    expect(outcomes.size).toBe(1);
  });
});

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

describe("what the stubs asked of the contract", () => {
  it("a rung closes with what it has when the sampler has no more", () => {
    const study = startStudy({ problem, strategy: compose(barrierStub(1, "resume"), fewStub(5)), seed: 1 });
    runCampaign(study, { workers: 2, trials: 100, pick: () => 0, judge: (job, fidelity) => loss(job.config, fidelity) });
    expect(study.done).toBe(true);
    expect(study.history.trials).toHaveLength(5);
    expect(study.history.trials.filter((trial) => trial.status === "finished")).toHaveLength(1);
  });

  it("a slot that had to wait becomes the trial that is next by then", () => {
    const strategy = create("BOHB");
    const study = startStudy({ problem, strategy, seed: 1 });
    const first = study.ask({ want: 9 });
    expect([first.jobs.length, first.then]).toEqual([4, "wait"]);
    study.observe(first.jobs[0]!.config, { values: [1] });
    for (const job of first.jobs) study.tell(job.id, { values: [loss(job.config, job.until)] });
    runCampaign(study, { workers: 1, trials: 29, pick: () => 0, judge: (job, fidelity) => loss(job.config, fidelity) });
    const measured = study.history.trials.filter((trial) => trial.id !== 4 && trial.curve.length > 1);
    expect(measured.length).toBe(9);
  });

  it("a composition predicts and recommends as its sampler does", () => {
    const opinionated = { ...randomStub(), predict: () => ({ mean: [1], sd: [2] }), recommend: () => ({ rate: 0.5 }) };
    const strategy = compose(complete, opinionated);
    const study = startStudy({ problem, strategy, seed: 1 });
    expect(study.predict([])).toEqual({ mean: [1], sd: [2] });
    expect(study.recommend()).toEqual({ rate: 0.5 });
  });

  it("a scheduler hears which paused trial the sampler prefers, with the rungs and the sampler's own state", () => {
    const heard: unknown[] = [];
    const sampler: ReturnType<typeof randomStub> = {
      ...randomStub(),
      prefer: (state, context, paused, rungs) => {
        heard.push([state.index, context.history.trials.length, paused, rungs]);
        return paused[1]!.trial;
      },
    };
    const paused = [3, 5].map((trial) => ({ trial: trial as TrialId, until: 1 }));
    const asking: typeof complete = {
      ...complete,
      next: (state, context, open, prefer) => {
        heard.push(prefer?.(paused));
        return complete.next(state, context, open);
      },
    };
    startStudy({ problem: { ...problem, fidelity: null }, strategy: compose(asking, sampler), seed: 1 }).ask();
    expect(heard).toEqual([[0, 0, paused, [1]], 5]);
    startStudy({ problem: { ...problem, fidelity: null }, strategy: compose(asking, randomStub()), seed: 1 }).ask();
    expect(heard.at(-1)).toBeUndefined();
  });

  it("points from elsewhere are refused where a strategy takes none", () => {
    const secluded = create("random search");
    const study = startStudy({ problem, strategy: { ...secluded, can: { ...secluded.can, external: false } }, seed: 1 });
    const config = create("random search").recommend?.([], contextOf(problem, study.history)) ?? study.ask().jobs[0]!.config;
    expect(() => study.enqueue(config)).toThrow(ConfigError);
    expect(() => study.observe(config, { values: [1] })).toThrow(ConfigError);
  });

  it("a strategy that stalls leaves a log that replays", () => {
    const events: Event[] = [];
    let stalled = false;
    const honest = create("random search");
    const strategy: Strategy = {
      ...honest,
      ask: (...args) => (stalled ? { proposals: [], directives: [], then: "wait" } : honest.ask(...args)),
    };
    const study = startStudy({ problem, strategy, seed: 1 }, (event) => events.push(event));
    const [job] = study.ask().jobs;
    study.tell(job!.id, { values: [1] });
    stalled = true;
    expect(() => study.ask()).toThrow(/a proposal, or done, while no job runs/);
    expect(() => study.ask()).toThrow(StateError);
    expect(replay({ problem, strategy: honest, seed: 1 }, events).history.trials).toHaveLength(1);
  });

  it("fidelities that no job can have reached are refused, in failures and observations too", () => {
    const study = startStudy({ problem, strategy: create("random search"), seed: 1 });
    const [job] = study.ask().jobs;
    expect(() => study.fail(job!.id, "lost", { fidelity: 28 })).toThrow(ProtocolError);
    expect(() => study.fail(job!.id, "lost", { fidelity: 0.5 })).toThrow(ProtocolError);
    expect(() => study.tell(job!.id, { values: [NaN], fidelity: 1000 })).toThrow(ProtocolError);
    expect(() => study.observe(job!.config, { values: [1], fidelity: 28 })).toThrow(ProtocolError);
    expect(study.history.running).toHaveLength(1);
  });

  it("a failed trial whose checkpoints are given up stays failed, and is cloned no more", () => {
    let cloned = false;
    const honest = create("random search");
    const strategy: Strategy = {
      ...honest,
      ask: (state, context, want, nextTrial) => {
        const parent = context.history.trials[0];
        if (!cloned || parent === undefined) return honest.ask(state, context, want, nextTrial);
        return { proposals: [{ kind: "clone", parent: parent.id, at: 9, config: parent.config, until: 27 }], directives: [], then: "more" };
      },
      tell: (_state, _context, report) => (report.kind === "failed" ? [{ kind: "discard", trial: report.trial }] : []),
    };
    const study = startStudy({ problem, strategy, seed: 1 });
    const [job] = study.ask().jobs;
    study.tell(job!.id, { values: [1], fidelity: 9 });
    study.fail(job!.id, "lost");
    expect(study.history.trials[0]!.status).toBe("failed");
    cloned = true;
    expect(() => study.ask()).toThrow(/a parent with a checkpoint/);
  });
});
