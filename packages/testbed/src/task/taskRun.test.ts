import {
  type Config,
  drive,
  type Event,
  type Job,
  jobId,
  ProtocolError,
  replay,
  root,
  type StudyDefinition,
  simulate,
  startStudy,
  type TrialId,
  trialId,
} from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { openRun, type TaskRun } from "./taskRun.ts";
import { exploding, tinyConfig, tinyTask, tournament } from "./tiny.fixture.ts";

const task = tinyTask();
const patient = new AbortController().signal;

function jobOf(config: Config, until: number, from: Job["from"] = null, trial = 0, id = 0): Job {
  return { id: jobId(id), trial: trialId(trial), config, from, until, milestones: [until] };
}

function resumed(until: number, fidelity: number, config: Config = tinyConfig): Job {
  return jobOf(config, until, { trial: trialId(0), fidelity });
}

/** What an evaluation measures, epoch by epoch; null for what cannot be measured. It ends after `last`. */
async function curveOf(run: TaskRun<typeof task.space>, job: Job, last = 100): Promise<readonly (number | null)[]> {
  const curve: (number | null)[] = [];
  const controller = new AbortController();
  const result = await run.evaluate(job, {
    signal: controller.signal,
    measure: ({ fidelity, values }) => {
      expect(fidelity).toBe((job.from?.fidelity ?? 0) + curve.length + 1);
      curve.push(values[0]!);
      if (fidelity < last) return true;
      controller.abort();
      return false;
    },
  });
  if (!controller.signal.aborted) curve.push("values" in result ? result.values[0]! : null);
  return curve;
}

describe("a run", () => {
  it("measures after every epoch, to the bit on every engine", async () => {
    expect(await curveOf(openRun(task), jobOf(tinyConfig, 9))).toEqual(pinned);
  });

  it("measures otherwise under another key", async () => {
    const [first] = await curveOf(openRun(task, { key: root(1) }), jobOf(tinyConfig, 1));
    expect(first).not.toBe(pinned[0]);
  });

  it.each([1, 3, 8])("continues from a checkpoint after %d epochs as if it had never paused", async (pause) => {
    const run = openRun(task);
    expect(await curveOf(run, jobOf(tinyConfig, pause))).toEqual(pinned.slice(0, pause));
    expect(run.waiting).toBe(1);
    expect(await curveOf(run, resumed(9, pause))).toEqual(pinned.slice(pause));
    expect(run.waiting).toBe(0);
  });

  it("continues without the checkpoint too, after a restart", async () => {
    expect(await curveOf(openRun(task), resumed(9, 6))).toEqual(pinned.slice(6));
  });

  it("keeps what it has when it is told to end, and continues from there or from before", async () => {
    const run = openRun(task);
    expect(await curveOf(run, jobOf(tinyConfig, 9), 4)).toEqual(pinned.slice(0, 4));
    expect(run.waiting).toBe(1);
    expect(await curveOf(run, resumed(6, 4))).toEqual(pinned.slice(4, 6));
    expect(await curveOf(run, resumed(5, 2))).toEqual(pinned.slice(2, 5));
  });

  it("ends where its signal is aborted between epochs, and trains no further", async () => {
    const controller = new AbortController();
    let turns = 0;
    const turn = async (): Promise<void> => {
      turns++;
      if (turns === 3) controller.abort();
    };
    const seen: number[] = [];
    const measure = ({ fidelity }: { readonly fidelity: number }): boolean => seen.push(fidelity) > 0;
    await openRun(task, { turn }).evaluate(jobOf(tinyConfig, 9), { signal: controller.signal, measure });
    expect([turns, seen]).toEqual([3, [1, 2]]);
  });

  it("calls a training that diverges infeasible, early, and keeps nothing of it", async () => {
    const run = openRun(task);
    expect(await curveOf(run, jobOf(exploding, 9))).toEqual([null]);
    expect(run.measure({ trial: trialId(1), config: exploding, from: null }, 3)).toEqual({ infeasible: true });
    expect([run.waiting, run.score(exploding)]).toEqual([0, null]);
  });

  it("measures at once what it measures step by step, whichever trials take turns", () => {
    const run = openRun(task);
    const other = { ...tinyConfig, batchSize: 32 };
    const at = (trial: number, fidelity: number): unknown => {
      const config = trial === 0 ? tinyConfig : other;
      const told = run.measure({ trial: trialId(trial), config, from: null }, fidelity);
      return "values" in told ? told.values[0] : null;
    };
    const first = at(1, 3);
    expect([at(0, 1), at(1, 3), at(0, 3), at(0, 9), at(0, 2)]).toEqual([pinned[0], first, pinned[2], pinned[8], pinned[1]]);
  });

  it("scores by the test rows after the longest training, whether a trial got there or not", async () => {
    const run = openRun(task);
    const unseen = run.score(tinyConfig);
    expect(unseen).not.toBe(pinned[8]);
    const other = openRun(task);
    await curveOf(other, jobOf(tinyConfig, 9));
    expect(other.score(tinyConfig)).toBe(unseen);
  });

  it("drops the checkpoints of trials that the strategy gives up, also while they still train", async () => {
    const run = openRun(task);
    const discard = (trial: TrialId): Event => ({
      kind: "told",
      job: jobId(0),
      measurement: { fidelity: 1, values: [0], constraints: [], costSeconds: 0, atMilestone: true },
      last: true,
      directives: [{ kind: "discard", trial }],
      atMs: 0,
    });
    await curveOf(run, jobOf(tinyConfig, 3));
    run.hear(discard(trialId(0)));
    expect(run.waiting).toBe(0);
    run.hear(discard(trialId(1)));
    await curveOf(run, jobOf(tinyConfig, 3, null, 1));
    expect(run.waiting).toBe(0);
    expect(await curveOf(run, resumed(9, 3))).toEqual(pinned.slice(3));
  });
});

describe("a clone", () => {
  const config = { ...tinyConfig, learningRate: 0.02 };
  const clone = jobOf(config, 6, { trial: trialId(0), fidelity: 3 }, 1, 1);

  it("continues from its parent's checkpoint with its own configuration", async () => {
    const run = openRun(task);
    await curveOf(run, jobOf(tinyConfig, 3));
    const curve = await curveOf(run, clone);
    expect(curve).toHaveLength(3);
    expect(curve).not.toEqual(pinned.slice(3, 6));
    expect(curve).not.toEqual((await curveOf(openRun(task), jobOf(config, 6))).slice(3));
    // From an earlier point than the parent has reached since.
    const ahead = openRun(task);
    await curveOf(ahead, jobOf(tinyConfig, 8));
    expect(await curveOf(ahead, clone)).toEqual(curve);
    // And after a restart, when it has heard how the trials began.
    const again = openRun(task);
    const jobs = [jobOf(tinyConfig, 3), clone];
    again.hear({ kind: "asked", want: 2, jobs, directives: [], then: "more", atMs: 0 });
    const rest = jobOf(config, 9, { trial: trialId(1), fidelity: 6 }, 1, 2);
    expect(await curveOf(again, rest)).toEqual(await curveOf(run, rest));
  });

  it("of an unknown trial is refused, with what to do", async () => {
    const lost = curveOf(openRun(task), clone);
    await expect(lost).rejects.toThrow(ProtocolError);
    await expect(lost).rejects.toThrow(/pass the log of the study to the run/);
  });
});

describe("a study of a task", () => {
  const definition: StudyDefinition = { problem: task.problem, strategy: tournament(), seed: 3 };

  async function driven(workers: number): Promise<readonly Event[]> {
    const events: Event[] = [];
    const study = startStudy(definition, (event) => events.push(event));
    expect(await drive(study, openRun(task).evaluate, { workers })).toBe("done");
    return events;
  }

  const measured = (events: readonly Event[]): readonly string[] =>
    events
      .flatMap((event) => (event.kind === "told" ? [`${event.job} ${event.measurement.fidelity} ${event.measurement.values[0]}`] : []))
      .sort();
  const failed = (events: readonly Event[]): readonly unknown[] =>
    events.flatMap((event) => (event.kind === "failed" ? [event.reason] : []));

  it("drives to the same measurements with any number of workers, divergence included", async () => {
    const alone = await driven(1);
    expect(failed(alone).length).toBeGreaterThan(0);
    expect(new Set(failed(alone))).toEqual(new Set(["infeasible"]));
    expect(measured(alone).length).toBeGreaterThan(12);
    const among = await driven(3);
    expect(measured(among)).toEqual(measured(alone));
    expect(failed(among)).toEqual(failed(alone));
  });

  it("simulates the same measurements at its rungs", async () => {
    const study = startStudy(definition);
    const run = openRun(task);
    simulate(study, {
      seconds: (config, from, to) => (to - from) * task.epochFlops(config as never),
      evaluate: (job, fidelity) => run.measure(job, fidelity),
    });
    const rungs = study.history.trials.flatMap(({ id, curve }) => curve.map(({ fidelity, values }) => `${id} ${fidelity} ${values[0]}`));
    const live = startStudy(definition);
    await drive(live, openRun(task).evaluate);
    const all = live.history.trials.flatMap(({ id, curve }) => curve.map(({ fidelity, values }) => `${id} ${fidelity} ${values[0]}`));
    expect(rungs.length).toBeGreaterThan(6);
    expect(all).toEqual(expect.arrayContaining([...rungs]));
  });

  it.each([2, 9, 14, 25])("killed after %d events and replayed continues to the same end", async (kill) => {
    const whole = await driven(1);
    const log = whole.slice(0, kill);
    const events: Event[] = [...log];
    const study = replay(definition, log, (event) => events.push(event));
    const run = openRun(task);
    log.forEach(run.hear);
    expect(await drive(study, run.evaluate)).toBe("done");
    expect(measured(events)).toEqual(measured(whole));
    expect(failed(events)).toEqual(failed(whole));
  });

  it("gives its objective to @caviar-hpo/tune in the form that `optimize` takes", async () => {
    const seen: number[] = [];
    const measure = (value: number): boolean => seen.push(value) > 0;
    const assignment = { config: tinyConfig, trial: trialId(0), until: 3, from: null, signal: patient, measure };
    expect(await openRun(task).objective(assignment)).toBe(pinned[2]);
    expect(seen).toEqual(pinned.slice(0, 2));
    expect(await openRun(task).objective({ ...assignment, config: exploding })).toEqual({ infeasible: true });
  });
});

/** Validation losses of the first nine epochs, the same in Node and in Chromium. */
const pinned: readonly number[] = [
  0.4237057566642761, 0.34729865193367004, 0.31697073578834534, 0.30299484729766846, 0.2929465174674988, 0.28726059198379517,
  0.2852410674095154, 0.28523772954940796, 0.28648221492767334,
];
