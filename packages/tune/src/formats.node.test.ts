/** Later versions read the logs of every released format, or say why not. */
import {
  adopt,
  type Event,
  JournalError,
  type Measurement,
  readHistory,
  replay,
  type Study,
  type StudyDefinition,
  startStudy,
} from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { readSavedLogs, type SavedLog } from "../testing/savedLogs.ts";
import { createStrategy, strategies } from "./strategies.ts";

const savedLogs = readSavedLogs();

/** The strategies that each format was released with; a strategy in none of the lists is newer. */
const released: { readonly [format: string]: readonly string[] } = {
  1: [
    "asha",
    "asynchronousHyperband",
    "bayesopt",
    "bohb",
    "caviar",
    "coarseToFine",
    "dehb",
    "differentialEvolution",
    "gpHyperband",
    "grid",
    "halton",
    "hyperband",
    "latinHypercube",
    "medianRule",
    "panda",
    "pasha",
    "populationBased",
    "rSequence",
    "random",
    "sobol",
    "successiveHalving",
    "tpe",
  ],
};

const equalCentres = "a hash orders equal centres of the kernels";
const cautiousAsks = "on mixed spaces, a cautious model decides every third ask, and a classifier judges failures";
const promotesFirst = "the whole first iteration promotes";

/** Logs, by their titles, that lead elsewhere since their strategy's version was raised, each with what has changed. */
const superseded: { readonly [title: string]: string } = {
  "1/bayesopt, constraints": cautiousAsks,
  "1/bayesopt, maximize": cautiousAsks,
  "1/bayesopt, plain": cautiousAsks,
  "1/bohb, constraints": "a probability of success multiplies the ratio of the densities",
  "1/bohb, plain": equalCentres,
  "1/dehb, constraints": promotesFirst,
  "1/dehb, maximize": promotesFirst,
  "1/dehb, plain": promotesFirst,
  "1/gpHyperband, constraints": cautiousAsks,
  "1/gpHyperband, maximize": cautiousAsks,
  "1/gpHyperband, plain": cautiousAsks,
  "1/panda, constraints": "a nudge moves a stepped value, and one at 0, by at least a step",
  "1/populationBased, plain": "a perturbation turns back at a bound, and at least one member takes over",
  "1/populationBased, maximize": "a perturbation turns back at a bound, and at least one member takes over",
  "1/tpe, constraints": equalCentres,
  "1/tpe, maximize": equalCentres,
  "1/tpe, plain": equalCentres,
};

function definitionOf({ problem, strategy, options, seed }: SavedLog): StudyDefinition {
  return { problem, strategy: createStrategy(strategy, options, problem), seed };
}

/** The study that the log leads to; "diverged" where the current code would have gone another way. */
function studyOf(log: SavedLog, events: readonly Event[] = log.events): Study | "diverged" {
  try {
    return replay(definitionOf(log), events);
  } catch (error) {
    if (error instanceof JournalError && error.code === "diverged") return "diverged";
    throw error;
  }
}

describe.each(savedLogs.map((log) => [log.title, log] as const))("the log %s", (title, log) => {
  it("replays, event by event, and the study continues with the jobs that it would have given then", () => {
    const study = studyOf(log);
    if (title in superseded) {
      if (study !== "diverged") expect(study.ask({ want: log.next.want }).jobs).not.toEqual(log.next.jobs);
      expect(createStrategy(log.strategy, log.options).version).toBeGreaterThan(log.version);
      return;
    }
    if (study === "diverged") throw new Error(`${title} does not replay any more`);
    expect(study.history.trials).toEqual(readHistory(log.problem, log.events).trials);
    expect(study.ask({ want: log.next.want }).jobs).toEqual(log.next.jobs);
  });

  it("is history that a new study adopts, whatever has become of its strategy", () => {
    const history = readHistory(log.problem, log.events);
    const telling = history.trials.filter(({ curve, failure }) => (failure === undefined ? curve.length > 0 : failure.reason !== "lost"));
    expect(telling.length).toBeGreaterThan(0);
    const study = startStudy(definitionOf(log));
    adopt(study, history);
    const valuesOf = (curve: readonly Measurement[]): unknown => curve.map(({ fidelity, values }) => [fidelity, values]);
    expect(study.history.trials.map(({ config, curve, failure }) => [config, valuesOf(curve), failure])).toEqual(
      telling.map(({ config, curve, failure }) => [config, valuesOf(curve), failure]),
    );
    expect(study.ask().jobs).toHaveLength(1);
  });

  it("diverges where one answer in it was changed", () => {
    const last = log.events.filter((event) => event.kind === "asked").at(-1)!;
    const changed = log.events.map((event): Event => (event === last ? { ...last, then: "done" } : event));
    expect(studyOf(log, changed)).toBe("diverged");
  });
});

test("each format has a log of every strategy that it was released with, and the registry still has them all", () => {
  const saved: { [format: string]: string[] } = {};
  for (const { title, strategy } of savedLogs.filter(({ title }) => title.endsWith(", plain"))) {
    const format = title.split("/")[0]!;
    saved[format] = [...(saved[format] ?? []), strategy].sort();
  }
  expect(saved).toEqual(released);
  expect(strategies.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.values(released).flat()));
});

test("the logs of format 1 hold every kind of event, failure and condition, values to maximise and reports that came too late", () => {
  const logs = savedLogs.filter(({ title }) => title.startsWith("1/"));
  const events = logs.flatMap((log) => log.events);
  const failed = events.filter((event) => event.kind === "failed");
  expect([...new Set(events.map(({ kind }) => kind))].sort()).toEqual(["asked", "enqueued", "failed", "observed", "told"]);
  expect([...new Set(failed.map(({ reason }) => reason))].sort()).toEqual(["infeasible", "lost", "nonfinite", "threw", "timeout"]);
  expect(events.some((event) => event.kind === "asked" && event.finish === true)).toBe(true);
  expect(events.some((event) => event.kind === "asked" && event.starts === 0)).toBe(true);
  expect(events.some((event) => event.kind === "told" && event.measurement.variance !== undefined)).toBe(true);
  expect(events.some((event) => event.kind === "told" && event.measurement.values[0]! > 90)).toBe(true);
  for (const log of logs.filter(({ title }) => title.endsWith("plain"))) {
    const reports = log.events.filter((event) => event.kind === "told" || event.kind === "failed");
    const jobs = reports.map(({ job }) => job);
    expect(
      reports.some(({ kind }) => kind === "failed"),
      log.title,
    ).toBe(true);
    // The order counts: a log in which jobs report in the order of their ids would not show it. Panda has one job at a time.
    if (log.strategy !== "panda") expect(jobs, log.title).not.toEqual([...jobs].sort((a, b) => a - b));
  }
  const late = logs.some(({ events: all }) =>
    all.some((event, at) => event.kind === "told" && all.slice(0, at).some((other) => other.kind === "failed" && other.job === event.job)),
  );
  expect(late).toBe(true);
});
