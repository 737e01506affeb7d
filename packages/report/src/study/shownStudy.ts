/** A study as its page shows it: what it measured, and what its log knows of its jobs. `readStudy` of the runtime gives all of it. */
import type { FailureReason, Job } from "@caviar-hpo/core";
import type { ExportedStudy, ExportedTrial } from "../neighbours/exportedStudy.ts";

/** A trial, and whether it came from elsewhere. */
export type ShownTrial = ExportedTrial & { readonly observed?: true };

/** A job: why it was chosen, where it ran, and how it ended. */
export type ShownJob = Pick<Job, "trial" | "from" | "until" | "prediction" | "note" | "observed"> & {
  /** In milliseconds since 1970. */
  readonly startedAtMs: number;
  /** null while it runs. */
  readonly endedAtMs: number | null;
  /** null if no worker is known. */
  readonly worker: string | null;
  readonly outcome: "running" | "finished" | "stopped" | "paused" | "ended" | FailureReason;
};

export type ShownStudy = Omit<ExportedStudy, "trials"> & {
  /** In the order in which they began. */
  readonly trials: readonly ShownTrial[];
  /** In the order in which they were handed out. Without them, the page has no timelines, reasons and predictions. None by default. */
  readonly jobs?: readonly ShownJob[];
  /** How the last call of `optimize` ended; null if none has. null by default. */
  readonly ended?: { readonly reason: string } | null;
  /** The version of Caviar that makes the page, and the command that makes it. The page leaves out what is not given. */
  readonly version?: string;
  readonly command?: string;
};
