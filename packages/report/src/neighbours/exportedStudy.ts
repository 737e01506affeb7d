/** A study as it is written for other programs, and what their formats ask about it. */
import type { Json, Problem, Trial } from "@caviar-hpo/core";

/** A trial, and what a durable study knows about it in addition. */
export type ExportedTrial = Trial & {
  /** When the trial began and when it ended, in milliseconds since 1970. By default 0 and the time when it began. */
  readonly startedAtMs?: number | null;
  readonly endedAtMs?: number | null;
  /** How long it was evaluated. */
  readonly durationSeconds?: number | null;
  /** Which worker evaluated it. */
  readonly worker?: string | null;
  /** The user's own attributes. */
  readonly annotations?: { readonly [name: string]: Json };
};

/** What is exported. All values are as they were measured. */
export type ExportedStudy = {
  readonly name: string;
  readonly problem: Problem;
  readonly seed?: string | number;
  /** The strategy as data, for instance its name and options. */
  readonly strategy?: Json;
  /** The user's own attributes. */
  readonly annotations?: { readonly [name: string]: Json };
  /** In the order in which they began. */
  readonly trials: readonly ExportedTrial[];
};

/** How other programs see a trial: they have one kind of trial that did not reach its end. */
export type Completion = "complete" | "partial" | "failed" | "running";

/**
 * Whether a trial counts as complete: it was neither stopped nor paused, and it was trained as far as any trial of the study that did not
 * fail. The best of the complete trials is then the best trial of the study, also if the study is read before any trial is fully trained.
 */
export function completions({ trials }: ExportedStudy): (trial: Trial) => Completion {
  const highest = trials.reduce((top, { status, curve }) => (status === "failed" ? top : Math.max(top, curve.at(-1)?.fidelity ?? 0)), 0);
  return ({ status, curve }) => {
    switch (status) {
      case "failed":
      case "running":
        return status;
      case "stopped":
      case "paused":
        return "partial";
      case "finished":
      case "discarded":
        return curve.at(-1)?.fidelity === highest ? "complete" : "partial";
    }
  };
}

/** The whole numbers by which other programs count fidelities. */
export type FidelitySteps = {
  /** The fidelity of each step, if the steps are the places in this list, from 1. null if a fidelity is its own step. */
  readonly fidelities: readonly number[] | null;
  of(fidelity: number): number;
};

/**
 * A whole fidelity is its own step. A fraction has the step that counts the measured fidelities up to it. So equal fidelities of two trials
 * have the same step.
 */
export function stepsOf({ problem, trials }: ExportedStudy): FidelitySteps {
  if (problem.fidelity?.whole === true) return { fidelities: null, of: (fidelity) => fidelity };
  const measured = new Set(trials.flatMap(({ curve }) => curve.map(({ fidelity }) => fidelity)));
  const fidelities = [...measured].sort((a, b) => a - b);
  const places = new Map(fidelities.map((fidelity, index) => [fidelity, index + 1]));
  return { fidelities, of: (fidelity) => places.get(fidelity)! };
}

/** When a trial began and ended; null if it runs. Times that no calendar has are moved into the years from 1970 to 9998. */
export function timesOf({ status, startedAtMs, endedAtMs }: ExportedTrial): { readonly startMs: number; readonly endMs: number | null } {
  const startMs = calendarMs(startedAtMs ?? 0);
  return { startMs, endMs: status === "running" ? null : Math.max(startMs, calendarMs(endedAtMs ?? startMs)) };
}

const year9999Ms = 253_370_764_800_000;

function calendarMs(ms: number): number {
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(Math.floor(ms), 0), year9999Ms - 1);
}
