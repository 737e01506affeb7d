/**
 * Trials with what the log of a study knows of them besides their measurements: when they ran, on which worker, and what the user noted.
 * All of it is shown, and decides nothing.
 */
import { type Event, type JobId, jobId, type Trial, type TrialId, trialId } from "@caviar-hpo/core";
import { corrupt } from "./journalFault.ts";
import { type Attributes, isOwn, type LogEntry, type OwnRecord } from "./ownRecords.ts";

/** A trial of a stored study. Times are those of the machine that wrote the log. A trial that had ended when it was observed has none. */
export type StoredTrial = Trial & {
  /** When its first job was handed out, or when it was observed to run, in milliseconds since 1970. */
  readonly startedAtMs: number | null;
  /** When its last job so far ended; null while one runs. */
  readonly endedAtMs: number | null;
  /**
   * How long its ended jobs ran, in seconds. A job counts from the moment at which a worker took it, or at which it was handed out if no
   * worker is known. null before a job has ended.
   */
  readonly durationSeconds: number | null;
  /** true: the trial came from elsewhere, and counts towards no budget. */
  readonly observed?: true;
  /** The worker that took its last job; null if no worker is known. */
  readonly worker: string | null;
  /** What `annotate` noted of it. */
  readonly annotations: Attributes;
};

/** How a call of `optimize` ended. */
export type StudyEnd = Pick<OwnRecord & { readonly kind: "ended" }, "rule" | "reason" | "atMs">;

/** What a log tells of the trials of its study, and of the study as a whole. */
export type TrialBook = {
  /** Takes the next entry of the log. @throws JournalError "corrupt" for a note on a trial or a job that there is not. */
  enter(entry: LogEntry): void;
  /** The trials, which the same entries made, with what is known of them. */
  describe(trials: readonly Trial[]): readonly StoredTrial[];
  /** How many trials have begun, or were observed. */
  readonly trials: number;
  /** What `annotate` noted of the study. */
  readonly annotations: Attributes;
  /** How the last call of `optimize` ended; null if none has. */
  readonly ended: StudyEnd | null;
};

/** What is known of a trial; all of it changes in place. */
type Notes = {
  observed: boolean;
  startedAtMs: number | null;
  endedAtMs: number | null;
  busyMs: number | null;
  worker: string | null;
  annotations: Attributes;
};

/** `observed`: it runs elsewhere. */
type Running = { readonly trial: TrialId; readonly observed: boolean; sinceMs: number };

const origin = { observed: true } as const;

const none: Attributes = Object.freeze({});

type Book = { readonly notes: Notes[]; readonly running: Map<JobId, Running>; annotations: Attributes; ended: StudyEnd | null };

export function createTrialBook(): TrialBook {
  const book: Book = { notes: [], running: new Map(), annotations: none, ended: null };
  return {
    enter: (entry) => (isOwn(entry) ? enterOwn(book, entry) : enterEvent(book, entry)),
    describe: (trials) => trials.map((trial) => storedTrial(trial, book.notes[trial.id]!)),
    get trials() {
      return book.notes.length;
    },
    get annotations() {
      return book.annotations;
    },
    get ended() {
      return book.ended;
    },
  };
}

function storedTrial({ id, config, parent, status, curve, failure }: Trial, notes: Notes): StoredTrial {
  const { startedAtMs, endedAtMs, busyMs, worker, annotations, observed } = notes;
  const durationSeconds = busyMs === null ? null : busyMs / 1000;
  const times = { startedAtMs, endedAtMs, durationSeconds, worker, annotations, ...(observed && origin) };
  // Two literals, because a literal with an optional part in the middle takes several times as long.
  if (failure === undefined) return { id, config, parent, status, curve: curve.slice(), ...times };
  return { id, config, parent, status, curve: curve.slice(), failure, ...times };
}

function enterOwn(book: Book, record: OwnRecord): void {
  switch (record.kind) {
    case "annotated": {
      const { trial, attributes } = record;
      const noted = trial === null ? book : (book.notes[trial] ?? unfounded("a trial that has begun", `trial ${trial}`));
      noted.annotations = { ...noted.annotations, ...attributes };
      return;
    }
    case "assigned": {
      const job = book.running.get(record.job) ?? unfounded("a running job", `job ${record.job}`);
      job.sinceMs = record.atMs;
      book.notes[job.trial]!.worker = record.worker;
      return;
    }
    case "extended":
      endEra(book, record);
      return;
    case "ended":
      book.ended = { rule: record.rule, reason: record.reason, atMs: record.atMs };
      return;
  }
}

/** Jobs end with their era, but those that run elsewhere are numbered again. */
function endEra({ notes, running }: Book, { firstJob = 0, atMs }: OwnRecord & { readonly kind: "extended" }): void {
  const jobs = [...running.values()].sort((one, other) => one.trial - other.trial);
  running.clear();
  for (const job of jobs) {
    if (job.observed) running.set(jobId(firstJob + running.size), job);
    else notes[job.trial]!.endedAtMs = atMs;
  }
}

function unfounded(expected: string, got: string): never {
  return corrupt("a record of the log", expected, got, "The log is not whole, or was changed. Use another copy.");
}

function enterEvent({ notes, running }: Book, event: Event): void {
  const { atMs } = event;
  const end = (id: JobId): void => {
    const job = running.get(id);
    if (job === undefined) return;
    running.delete(id);
    const note = notes[job.trial]!;
    note.endedAtMs = atMs;
    note.busyMs = (note.busyMs ?? 0) + elapsedMs(job.sinceMs, atMs);
  };
  if (event.kind === "asked")
    for (const { id, trial } of event.jobs) {
      notes[trial] ??= { ...unknown, startedAtMs: atMs };
      notes[trial].endedAtMs = null;
      running.set(id, { trial, observed: false, sinceMs: atMs });
    }
  else if (event.kind === "observed") {
    if (event.job !== undefined) running.set(event.job, { trial: trialId(notes.length), observed: true, sinceMs: atMs });
    notes.push({ ...unknown, observed: true, startedAtMs: event.job === undefined ? null : atMs });
  } else if (event.kind === "failed" || (event.kind === "told" && event.last)) end(event.job);
  if (event.kind !== "enqueued") for (const directive of event.directives) if (directive.kind !== "discard") end(directive.job);
}

const unknown: Notes = { observed: false, startedAtMs: null, endedAtMs: null, busyMs: null, worker: null, annotations: none };

/** A clock that was set back gives 0, not a negative time. */
function elapsedMs(sinceMs: number, atMs: number): number {
  return atMs > sinceMs ? atMs - sinceMs : 0;
}
