/** Whatever a strategy may do wrong ends in a ProtocolError that names it, and closes the study before anything of it is in the log. */
import { describe, expect, it, test } from "vitest";
import { LimitError, ProtocolError, StateError } from "../contract/errors.ts";
import { jobId, trialId } from "../contract/ids.ts";
import { limits } from "../contract/limits.ts";
import type { Problem } from "../contract/problem.ts";
import type { Answer, Directive, Proposal } from "../contract/strategy.ts";
import type { Event } from "./events.ts";
import { type Script, scripted, simple, start, trained } from "./scripted.fixture.ts";
import { type Study, startStudy } from "./study.ts";

const config = { x: 0.5, mode: "plain" };
const shares: Problem = { ...trained, fidelity: { unit: "share", min: 0.1, max: 1, whole: false } };

/**
 * Trials 0 running (measured at 2), 1 paused at 3, 2 finished, 3 failed after 2, 4 stopped after 2, 5 paused at 3 and discarded; jobs
 * alike.
 */
function staged(problem: Problem, answer: Partial<Answer>): { readonly study: Study; readonly events: Event[] } {
  const untils = [9, 3, 9, 9, 9, 3, 9];
  const events: Event[] = [];
  const script: Script = {
    ask: (asks) => (asks === 0 ? { proposals: untils.map((until, index) => start(index / 10, until)) } : answer),
    tell: (report) =>
      report.trial === 4 ? [{ kind: "stop", job: report.job }] : report.trial === 5 ? [{ kind: "discard", trial: report.trial }] : [],
  };
  const study = startStudy({ problem, strategy: scripted(script), seed: 0 }, (event) => events.push(event));
  study.ask({ want: untils.length });
  for (const job of [0, 3, 4]) study.tell(jobId(job), { values: [1], fidelity: 2 });
  for (const job of [1, 2, 5]) study.tell(jobId(job), { values: [1] });
  study.fail(jobId(3), "threw");
  return { study, events };
}

function expectBreach(study: Study, want: number, expected: string): void {
  let thrown: unknown;
  try {
    study.ask({ want });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ProtocolError);
  expect(thrown).toMatchObject({ code: "brokenContract", what: 'strategy "scripted"' });
  expect((thrown as Error).message).toContain(expected);
  expect(() => study.ask({ want })).toThrow(StateError);
}

it("the stage is set as it says", () => {
  const { study } = staged(trained, {});
  expect(study.history.trials.map((trial) => trial.status)).toEqual([
    "running",
    "paused",
    "finished",
    "failed",
    "stopped",
    "discarded",
    "running",
  ]);
});

describe("of proposals, a breach is", () => {
  const resume = (trial: number, until = 9): Proposal => ({ kind: "resume", trial: trialId(trial), until });
  const clone = (parent: number, at: number, until = 9): Proposal => ({ kind: "clone", parent: trialId(parent), at, config, until });
  const until = "until in (0, 9], whole, and at least 1";
  const cases: readonly (readonly [string, readonly unknown[], string])[] = [
    ["a value out of its range", [{ ...start(2, 9) }], "configurations inside the space"],
    ["a NaN value", [start(NaN, 9)], "configurations inside the space"],
    ["an inactive parameter", [{ kind: "start", config: { ...config, depth: 1 }, until: 9 }], "configurations inside the space"],
    ["a missing parameter", [{ kind: "start", config: { x: 0.5 }, until: 9 }], "configurations inside the space"],
    ["no configuration", [{ kind: "start", until: 9 }], "configurations inside the space"],
    ["an end of 0", [start(0.5, 0)], until],
    ["a negative end", [start(0.5, -1)], until],
    ["an end beyond the most", [start(0.5, 10)], until],
    ["a fractional end of a whole fidelity", [start(0.5, 2.5)], until],
    ["a NaN end", [start(0.5, NaN)], until],
    ["no end", [{ kind: "start", config }], until],
    ["milestones that do not ascend", [{ ...start(0.5, 9), milestones: [3, 3] }], "ascending whole milestones between 0 and 9"],
    ["a milestone at the end", [{ ...start(0.5, 9), milestones: [9] }], "ascending whole milestones"],
    ["a milestone beyond the end", [{ ...start(0.5, 9), milestones: [12] }], "ascending whole milestones"],
    ["a milestone of 0", [{ ...start(0.5, 9), milestones: [0] }], "ascending whole milestones"],
    ["a fractional milestone", [{ ...start(0.5, 9), milestones: [2.5] }], "ascending whole milestones"],
    ["a NaN milestone", [{ ...start(0.5, 9), milestones: [NaN] }], "ascending whole milestones"],
    ["a milestone that a resumed trial has passed", [{ ...resume(1), milestones: [3] }], "ascending whole milestones between 3 and 9"],
    ["resuming a running trial", [resume(0)], "a paused trial to resume, got trial 0, running"],
    ["resuming a finished trial", [resume(2)], "a paused trial to resume, got trial 2, finished"],
    ["resuming a failed trial", [resume(3)], "a paused trial to resume, got trial 3, failed"],
    ["resuming a stopped trial", [resume(4)], "a paused trial to resume, got trial 4, stopped"],
    ["resuming a discarded trial", [resume(5)], "a paused trial to resume, got trial 5, discarded"],
    ["resuming an unknown trial", [resume(7)], "a known trial to resume"],
    ["resuming a trial of the same answer", [start(0.5, 9), resume(7)], "a known trial to resume"],
    ["resuming a trial twice", [resume(1), resume(1)], "a paused trial to resume, got trial 1, resumed twice"],
    ["resuming a trial to where it is", [resume(1, 3)], "until in (3, 9]"],
    ["resuming a trial to before where it is", [resume(1, 2)], "until in (3, 9]"],
    ["cloning what has no checkpoint there", [clone(2, 2)], "a parent with a checkpoint at that fidelity"],
    ["cloning what has no checkpoint at all", [clone(6, 0)], "a parent with a checkpoint at that fidelity"],
    ["cloning what was discarded", [clone(5, 3)], "a parent with a checkpoint at that fidelity"],
    ["cloning an unknown trial", [clone(9, 3)], "a parent with a checkpoint at that fidelity"],
    ["cloning to before the checkpoint", [clone(1, 3, 2)], "until in (3, 9]"],
    ["cloning out of the space", [{ ...clone(1, 3), config: { ...config, x: -1 } }], "configurations inside the space"],
    ["another kind of proposal", [{ kind: "begin", config, until: 9 }], "to start, resume or clone"],
    ["more of them than wanted", Array.from({ length: 4 }, () => start(0.5, 9)), "at most 3 proposals, got 4"],
  ];

  test.each(cases)("%s", (_name, proposals, expected) => {
    const { study, events } = staged(trained, { proposals: proposals as readonly Proposal[] });
    const before = [events.length, JSON.stringify(study.history.trials)];
    expectBreach(study, 3, expected);
    expect([events.length, JSON.stringify(study.history.trials)]).toEqual(before);
  });

  it("cloning where the problem is not resumable", () => {
    expectBreach(staged({ ...trained, resumable: false }, { proposals: [clone(1, 3)] }).study, 1, "no clones");
  });

  it("any end but 1 where the problem has no fidelity", () => {
    for (const end of [0, 0.5, 2, NaN]) {
      const study = startStudy({ problem: simple, strategy: scripted({ ask: () => ({ proposals: [start(0.5, end)] }) }), seed: 0 });
      expectBreach(study, 1, "until 1, because the problem has no fidelity");
    }
  });

  it("an end below the least fidelity, but no fraction where fidelities are not whole", () => {
    const ask = (end: number): Study =>
      startStudy({ problem: shares, strategy: scripted({ ask: () => ({ proposals: [start(0.5, end)] }) }), seed: 0 });
    expectBreach(ask(0.05), 1, "until in (0, 1] and at least 0.1");
    expect(ask(0.25).ask().jobs[0]!.until).toBe(0.25);
  });

  it("none: cloning running, failed and stopped trials where they were measured", () => {
    const { study } = staged(trained, { proposals: [clone(0, 2), clone(3, 2), clone(4, 2)] });
    expect(study.ask({ want: 4 }).jobs.map((job) => job.from)).toEqual([
      { trial: 0, fidelity: 2 },
      { trial: 3, fidelity: 2 },
      { trial: 4, fidelity: 2 },
    ]);
  });
});

describe("of directives, a breach is", () => {
  const stop = (job: number): Directive => ({ kind: "stop", job: jobId(job) });
  const pause = (job: number): Directive => ({ kind: "pause", job: jobId(job) });
  const discard = (trial: number): Directive => ({ kind: "discard", trial: trialId(trial) });
  const resume: Proposal = { kind: "resume", trial: trialId(1), until: 9 };
  const cases: readonly (readonly [string, readonly unknown[], readonly Proposal[], string])[] = [
    ["stopping a job that was never handed out", [stop(99)], [], "to stop a running job once, got job 99"],
    ["stopping a job that has ended", [stop(1)], [], "to stop a running job once, got job 1"],
    ["stopping a job twice", [stop(0), stop(0)], [], "to stop a running job once, got job 0"],
    ["stopping and pausing a job", [stop(0), pause(0)], [], "to pause a running job once, got job 0"],
    ["stopping a job of the same answer", [stop(7)], [start(0.5, 9)], "to stop a running job once, got job 7"],
    ["pausing a job that has measured nothing", [pause(6)], [], "to pause a job that has measured something"],
    ["discarding a running trial", [discard(0)], [], "to discard a trial that does not run, got trial 0"],
    ["discarding a trial before its job is stopped", [discard(0), stop(0)], [], "to discard a trial that does not run"],
    ["discarding an unknown trial", [discard(9)], [], "to discard a trial that does not run, got trial 9"],
    ["discarding a trial that starts", [discard(7)], [start(0.5, 9)], "to discard a trial that does not run, got trial 7"],
    ["discarding a trial that is resumed", [discard(1)], [resume], "to discard a trial that does not run, got trial 1"],
    ["another kind of directive", [{ kind: "abort", job: 0 }], [], "to stop, pause or discard"],
  ];

  test.each(cases)("%s", (_name, directives, proposals, expected) => {
    const { study, events } = staged(trained, { directives: directives as readonly Directive[], proposals, then: "wait" });
    const before = events.length;
    expectBreach(study, 3, expected);
    expect(events.length).toBe(before);
  });

  it("the same from tell as from ask", () => {
    for (const directive of [stop(0), discard(9), pause(3)]) {
      const strategy = scripted({ tell: () => [directive] });
      const study = startStudy({ problem: trained, strategy, seed: 0 });
      study.ask();
      expect(() => study.tell(jobId(0), { values: [1] })).toThrow(ProtocolError);
      expect(study.closed).toBe(true);
    }
  });

  it("none: discarding a trial after its job was stopped, or again", () => {
    const { study } = staged(trained, { directives: [stop(0), discard(0), discard(5), discard(2)], then: "wait" });
    study.ask();
    expect(study.history.trials.map((trial) => trial.status).filter((status) => status === "discarded")).toHaveLength(3);
  });
});

describe("of continuing, a breach is", () => {
  const idle = (answer: object): Study => startStudy({ problem: simple, strategy: scripted({ ask: () => answer }), seed: 0 });

  it("more without a proposal, whatever runs", () => {
    expectBreach(staged(trained, { then: "more" }).study, 1, "wait or done without proposals");
  });

  it("a wait while nothing runs", () => {
    expectBreach(idle({ then: "wait" }), 1, "a proposal, or done, while no job runs, got wait without one");
  });

  it("a wait after stopping all that runs", () => {
    const directives: readonly Directive[] = [0, 6].map((job) => ({ kind: "stop", job: jobId(job) }));
    expectBreach(staged(trained, { directives, then: "wait" }).study, 1, "a proposal, or done, while no job runs");
  });

  it("another word", () => {
    expectBreach(idle({ proposals: [start(0.5)], then: "maybe" }), 1, 'more, wait or done, got "maybe"');
  });

  it("no list of proposals, though that is any error at all", () => {
    const study = idle({ proposals: undefined });
    expect(() => study.ask()).toThrow();
    expect(study.closed).toBe(true);
  });
});

it("more trials than a study may have are a LimitError", () => {
  const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
  const most = limits.trials;
  (limits as { trials: number }).trials = 3;
  try {
    study.ask({ want: 3 });
    expect(() => study.ask()).toThrow(LimitError);
  } finally {
    (limits as { trials: number }).trials = most;
  }
});
