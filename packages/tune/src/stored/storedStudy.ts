/** What a stored study has besides the ask-and-tell study: its trials as the log knows them, and what is noted in the log. */
import { type JobId, limits, type Study, type TrialId } from "@caviar-hpo/core";
import { allTrials, type Era, firstEra, withEntry } from "./eras.ts";
import { type Attributes, checkRunning, checkTrial, type LogEntry, type OwnRecord, readAttributes, readOwnRecord } from "./ownRecords.ts";
import { createTrialBook, type StoredTrial, type TrialBook } from "./storedTrials.ts";

/**
 * What a log tells: the era in which the study is, and its trials. `onEntry` hears of each entry once it counts.
 *
 * @throws JournalError "corrupt" for an entry that cannot follow those before it.
 */
export function readLog(
  { problem, seed }: Pick<Era, "problem" | "seed">,
  entries: Iterable<LogEntry>,
  onEntry: (era: Era, entry: LogEntry) => void = () => {},
): { readonly era: Era; readonly book: TrialBook } {
  const book = createTrialBook();
  let era = firstEra({ problem, seed });
  for (const entry of entries) {
    book.enter(entry);
    era = withEntry(era, entry, seed);
    onEntry(era, entry);
  }
  return { era, book };
}

/** What a study and its log know and note. */
export type StudyNotes = {
  /** Those from the id `from` to the one before `to`: all by default. */
  trials(from?: number, to?: number): readonly StoredTrial[];
  annotations(): Attributes;
  /** Notes attributes of a trial; of the study if `trial` is null. */
  annotate(trial: TrialId | null, attributes: Attributes): void;
  /** Notes which worker takes a running job. `attempt` counts from 1. A power loss may take this note. */
  assign(job: JobId, worker: string, attempt: number): void;
  /** Notes which rule has ended a call of `optimize`, and why. */
  end(rule: string, reason: string): void;
};

/** Adds a record to the log. It need not survive a power loss if `lasting` is false. */
type AppendRecord = (record: OwnRecord, lasting?: boolean) => void;

export function notesOf(
  study: Study,
  { earlier }: Era,
  { book, append, nowMs }: { readonly book: TrialBook; readonly append: AppendRecord; readonly nowMs: () => number },
): StudyNotes {
  return {
    trials: (from, to) => book.describe(allTrials(earlier, study.history.trials.slice(from, to))),
    annotations: () => book.annotations,
    annotate: (trial, given) => {
      checkTrial(trial, book.trials);
      append({ kind: "annotated", trial, attributes: readAttributes(given), atMs: nowMs() });
    },
    assign: (job, worker, attempt) => {
      checkRunning(job, study.history);
      append(readOwnRecord({ kind: "assigned", job, worker, attempt, atMs: nowMs() }), false);
    },
    end: (rule, reason) => append(readOwnRecord({ kind: "ended", rule, reason: reason.slice(0, limits.errorLength), atMs: nowMs() })),
  };
}
