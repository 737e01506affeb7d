/** One run: a cell's strategy in its arena, on simulated workers, until the budget is spent or something fails. */
import { type Incumbent, type Simulation, type Strategy, type Study, simulate, startStudy } from "@caviar-hpo/core";
import type { RunCosts, RunFailure, RunPrediction } from "@caviar-hpo/report";
import type { Arena, ArenaRun, EvaluationLine, Recommended, TrainingLine } from "../arena/arena.ts";
import { pointOf } from "../arena/point.ts";
import { openStrategy } from "../parts/openStrategy.ts";
import { noParts, type PartsAtHand } from "../parts/partsAtHand.ts";
import type { CampaignCell } from "../plan/cells.ts";
import { createMeter, type Meter } from "./meter.ts";
import { runFailureOf } from "./runFailure.ts";
import { createTranscript, type RecordLine, type Transcript, toldIn } from "./transcript.ts";

export type RunInputs = {
  readonly cell: CampaignCell;
  /** Opens the arena, or gives it if it is open. What it throws is a failure of the run. */
  readonly arena: () => Arena;
  /** Those of the plan from outside; none by default. */
  readonly parts?: PartsAtHand;
  /** Lines of an earlier, interrupted run. */
  readonly recorded: readonly RecordLine[];
  /** Called for each new line. What it throws is no failure of the run. */
  readonly onLine: (line: RecordLine) => void;
};

export type RunOutcome = {
  /** Recorded lines first. */
  readonly lines: readonly RecordLine[];
  /** Resource is in units of fidelity. */
  readonly spent: RunCosts;
  /** null for a run that came to its end. */
  readonly failed: RunFailure | null;
  /** How long the strategy took for each ask on this machine, in seconds. */
  readonly askSeconds: readonly number[];
  /** What the strategy said of points before they were evaluated, and what it was told then. Empty where resource is counted. */
  readonly predictions: readonly RunPrediction[];
};

/**
 * @throws JournalError where the run asks for something else than was recorded; what `onLine` throws. Whatever else is thrown, by the
 * strategy or the problem, is the run's failure.
 */
export function run(inputs: RunInputs): RunOutcome {
  const closers: (() => void)[] = [];
  try {
    return runOpen(inputs, (close) => closers.push(close));
  } finally {
    for (const close of closers) close();
  }
}

/** @param onClose gets what has to be called when the run is over, however it ends. */
function runOpen({ cell, arena, parts = noParts, recorded, onLine }: RunInputs, onClose: (close: () => void) => void): RunOutcome {
  const { transcript, rethrow } = guardedTranscript(recorded, onLine);
  const meter = createMeter();
  const askSeconds: number[] = [];
  const predictions: RunPrediction[] = [];
  const incumbents: Incumbent[] = [];
  let end: CourseEnd = { simulation: null, failed: null };
  /** null if it failed. */
  const attempt = <T>(act: () => T): T | null => {
    try {
      return act();
    } catch (thrown) {
      rethrow();
      end = { ...end, failed: end.failed ?? runFailureOf(thrown) };
      return null;
    }
  };
  const opened = attempt(arena);
  const study = opened && attempt(() => studyOf(cell, opened, { parts, meter, askSeconds, onClose }));
  if (study !== null) {
    const onIncumbent = (incumbent: Incumbent): number => incumbents.push(incumbent);
    const simulation = attempt(() => simulated(study, { cell, arena: opened!, transcript, meter, predictions, onIncumbent, onClose }));
    end = { ...end, simulation };
    const { problem, score } = opened!;
    if (problem.fidelity !== null) attempt(() => addRecommendations(transcript, { study, incumbents, score }));
  }
  return { lines: transcript.lines, spent: meter.costs(end.simulation), failed: end.failed, askSeconds, predictions };
}

type CourseEnd = { readonly simulation: Simulation | null; readonly failed: RunFailure | null };

/** A transcript whose own errors can be told from those of the strategy and the problem. */
function guardedTranscript(recorded: readonly RecordLine[], onLine: RunInputs["onLine"]) {
  const transcript = createTranscript(recorded, onLine);
  let own: { readonly error: unknown } | null = null;
  const guard =
    <A, R>(act: (argument: A) => R) =>
    (argument: A): R => {
      try {
        return act(argument);
      } catch (error) {
        own = { error };
        throw error;
      }
    };
  const rethrow = (): void => {
    if (own !== null) throw own.error;
  };
  return { transcript: { lines: transcript.lines, recorded: guard(transcript.recorded), add: guard(transcript.add) }, rethrow };
}

type StudyNeeds = {
  readonly parts: PartsAtHand;
  readonly meter: Meter;
  readonly askSeconds: number[];
  readonly onClose: (close: () => void) => void;
};

function studyOf({ strategy, studySeed }: CampaignCell, { problem, initial }: Arena, needs: StudyNeeds): Study {
  const { parts, meter, askSeconds, onClose } = needs;
  const opened = openStrategy(strategy, problem, studySeed, parts);
  onClose(opened.close);
  const study = startStudy({ problem, strategy: timed(opened.strategy, askSeconds), seed: studySeed }, meter.event);
  for (const config of initial) study.enqueue(config);
  return study;
}

/** The same strategy, and the seconds of each ask. They are no part of any result. */
function timed(strategy: Strategy, askSeconds: number[]): Strategy {
  return {
    ...strategy,
    ask: (...asked) => {
      const startMs = performance.now();
      const answer = strategy.ask(...asked);
      askSeconds.push((performance.now() - startMs) / 1000);
      return answer;
    },
  };
}

type RunCourse = {
  readonly cell: CampaignCell;
  readonly arena: Arena;
  readonly transcript: Transcript;
  readonly meter: Meter;
  readonly predictions: RunPrediction[];
  readonly onIncumbent: (incumbent: Incumbent) => void;
  readonly onClose: (close: () => void) => void;
};

function simulated(study: Study, { cell: { budget }, arena, transcript, meter, predictions, onIncumbent, onClose }: RunCourse): Simulation {
  const { problem, seconds } = arena;
  const course: ArenaRun = arena.begin();
  onClose(() => course.close?.());
  const lines = arena.noisy ? linesWithRecommendations(study, arena, transcript) : { add: transcript.add, end: () => {} };
  try {
    return simulate(
      study,
      {
        seconds,
        evaluate: (job, fidelity, _key, resource) => {
          lines.end();
          const asked = course.request(job, fidelity, resource);
          const line = (transcript.recorded(asked) ?? { ...asked, ...course.answer(job, fidelity) }) as EvaluationLine | TrainingLine;
          lines.add(line);
          meter.measured(resource);
          const values = [toldIn(line)];
          if (job.prediction !== undefined && problem.fidelity === null)
            predictions.push({ mean: job.prediction.mean[0]!, sd: job.prediction.sd[0]!, value: values[0]! });
          return "constraints" in line ? { values, constraints: line.constraints! } : { values };
        },
      },
      {
        resource: budget.units * (problem.fidelity?.max ?? 1),
        // Where evaluations are counted, strategies can plan by their number.
        ...(problem.fidelity === null && { trials: budget.units }),
        workers: budget.workers,
        stragglerSigma: budget.stragglerSigma,
        onIncumbent,
      },
    );
  } finally {
    lines.end();
  }
}

/**
 * A line is written only when the strategy has been told of its evaluation, that is, before the next one or at the end. Then its
 * recommendation is known.
 */
function linesWithRecommendations(study: Study, { problem, score }: Arena, transcript: Transcript) {
  const recommended = (): Recommended | null => {
    const config = study.recommend();
    return config === null ? null : { x: pointOf(problem.space, config), value: score(config) };
  };
  let last: RecordLine | null = null;
  const end = (): void => {
    if (last === null) return;
    const line = last;
    last = null;
    transcript.add("recommended" in line ? line : ({ ...line, recommended: recommended() } as RecordLine));
  };
  return {
    add: (line: RecordLine): void => {
      last = line;
    },
    end,
  };
}

type EndedRun = { readonly study: Study; readonly incumbents: readonly Incumbent[]; readonly score: Arena["score"] };

/** Scores each trial once, however often it took the lead. */
function addRecommendations(transcript: Transcript, { study, incumbents, score }: EndedRun): void {
  const worths = new Map<number, number>();
  for (const { trial, fidelity, resource } of incumbents) {
    const asked = { from: resource, trial, fidelity };
    const recorded = transcript.recorded(asked) as { readonly value: number } | null;
    const value = recorded?.value ?? worths.get(trial) ?? score(study.history.trials[trial]!.config);
    worths.set(trial, value);
    transcript.add({ ...asked, value });
  }
}
