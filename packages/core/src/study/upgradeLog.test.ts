import { expect, it } from "vitest";
import { jobId, trialId } from "../contract/ids.ts";
import type { Problem } from "../contract/problem.ts";
import type { Event } from "./events.ts";
import { replay } from "./replay.ts";
import { scripted, simple, start } from "./scripted.fixture.ts";
import { startStudy } from "./study.ts";
import { logFormat, upgradeLog } from "./upgradeLog.ts";

const gain: Problem = { ...simple, objectives: [{ name: "gain", goal: "maximize" }] };
const prediction = { mean: [-2], sd: [1] };
const strategy = () => scripted({ ask: () => ({ proposals: [{ ...start(0.5), prediction }] }) });
const job = { id: jobId(0), trial: trialId(0), config: { x: 0.5, mode: "plain" }, from: null, until: 1, milestones: [1] };

/** As version 0.1 wrote it, of a gain of 3: what `JSON.parse` gives. */
const format1 = [
  { kind: "asked", want: 1, jobs: [{ ...job, prediction }], directives: [], then: "more", atMs: 0 },
  {
    kind: "told",
    job: job.id,
    measurement: { fidelity: 1, values: [-3], constraints: [], costSeconds: 0, rung: true },
    last: true,
    directives: [],
    atMs: 0,
  },
] as unknown as readonly Event[];

it("a log of format 1 becomes the one that the same study writes today", () => {
  const events: Event[] = [];
  const study = startStudy({ problem: gain, strategy: strategy(), seed: 1 }, (event) => events.push(event));
  study.tell(study.ask().jobs[0]!.id, { values: [3] });
  const upgraded = upgradeLog(1, gain, format1);
  expect(upgraded).toEqual(events);
  expect(replay({ problem: gain, strategy: strategy(), seed: 1 }, upgraded).history.trials[0]!.curve[0]!.values).toEqual([3]);
});

it("a prediction of -0 becomes 0, where nothing is maximised too", () => {
  const zero = format1.map((event) =>
    event.kind === "asked" ? { ...event, jobs: [{ ...job, prediction: { mean: [-0], sd: [1] } }] } : event,
  );
  for (const problem of [simple, gain])
    expect(upgradeLog(1, problem, zero)[0]).toMatchObject({ jobs: [{ prediction: { mean: [0], sd: [1] } }] });
  expect(upgradeLog(1, simple, zero)[1]).toMatchObject({ measurement: { values: [-3], atMilestone: true } });
});

it("a log of today stays as it is", () => {
  expect(upgradeLog(logFormat, gain, format1)).toBe(format1);
});
