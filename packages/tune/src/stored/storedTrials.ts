/**
 * Trials with what the log of a study knows of them besides their measurements: when they ran, on which worker, and what the user noted.
 * All of it is shown, and decides nothing.
 */
import { type Event, type FailureReason, type Job, type JobId, jobId, type Trial, type TrialId, trialId } from "@caviar-hpo/core";
import { corrupt } from "./journalFault.ts";
import { type Attributes, isOwn, type LogEntry, type OwnRecord } from "./ownRecords.ts";

/**
 * A trial of a stored study. Times are those of the machine that wrote the log, and null if they are not known. A trial that had ended when
 * it was observed has none.
 */
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

/** A job of a stored study: what was asked for, why, where it ran and how it ended. */
export type StoredJob = Pick<Job, "trial" | "from" | "until" | "prediction" | "note" | "observed"> & {
  /** When a worker took it, or when it was handed out if no worker is known; 0 in a log without times. */
  readonly startedAtMs: number;
  /** null while it runs. */
  readonly endedAtMs: number | null;
  /** null if no worker is known. */
  readonly worker: string | null;
  /** `stopped` and `paused` are decisions of the strategy. `ended`: the study was extended while the job ran. */
  readonly outcome: "running" | "finished" | "stopped" | "paused" | "ended" | FailureReason;
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
  /** All jobs in the order in which they were handed out; empty unless the book was to keep them. */
  readonly jobs: readonly StoredJob[];
  /** What `annotate` noted of the study. */
  readonly annotations: Attributes;
  /** How the last call of `optimize` ended; null if none has, or if jobs were handed out since. */
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

/** A running job. `observed`: it runs elsewhere. `kept` is null unless the book keeps its jobs. */
type Running = { readonly trial: TrialId; readonly observed: boolean; sinceMs: number | null; readonly kept: KeptJob | null };
type KeptJob = { -readonly [Name in keyof StoredJob]: StoredJob[Name] };

const origin = { observed: true } as const;

const none: Attributes = Object.freeze({});

type Book = {
  readonly notes: Notes[];
  readonly running: Map<JobId, Running>;
  /** null if the book keeps no jobs. */
  readonly jobs: KeptJob[] | null;
  annotations: Attributes;
  ended: StudyEnd | null;
};

/** @param keeping whether the book keeps what it has read of the jobs. A book that grows with a running study need not. */
export function createTrialBook(keeping: "trials" | "trials and jobs" = "trials"): TrialBook {
  const book: Book = { notes: [], running: new Map(), jobs: keeping === "trials" ? null : [], annotations: none, ended: null };
  return {
    enter: (entry) => (isOwn(entry) ? enterOwn(book, entry) : enterEvent(book, entry)),
    describe: (trials) => trials.map((trial) => storedTrial(trial, book.notes[trial.id]!)),
    get trials() {
      return book.notes.length;
    },
    get jobs() {
      return book.jobs ?? [];
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
      job.sinceMs = known(record.atMs);
      book.notes[job.trial]!.worker = record.worker;
      if (job.kept !== null) {
        job.kept.startedAtMs = record.atMs;
        job.kept.worker = record.worker;
      }
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
    else {
      notes[job.trial]!.endedAtMs = known(atMs);
      endKept(job, "ended", atMs);
    }
  }
}

function unfounded(expected: string, got: string): never {
  return corrupt("a record of the log", expected, got, "The log is not whole, or was changed. Use another copy.");
}

function enterEvent(book: Book, event: Event): void {
  const { notes, running } = book;
  const atMs = known(event.atMs);
  const end = (id: JobId, outcome: StoredJob["outcome"]): void => {
    const job = running.get(id);
    if (job === undefined) return;
    running.delete(id);
    const note = notes[job.trial]!;
    note.endedAtMs = atMs;
    if (job.sinceMs !== null && atMs !== null) note.busyMs = (note.busyMs ?? 0) + elapsedMs(job.sinceMs, atMs);
    endKept(job, outcome, event.atMs);
  };
  if (event.kind === "asked") {
    if (event.jobs.length > 0) book.ended = null;
    for (const job of event.jobs) {
      const { id, trial } = job;
      notes[trial] ??= { ...unknown, startedAtMs: atMs };
      notes[trial].endedAtMs = null;
      running.set(id, { trial, observed: false, sinceMs: atMs, kept: keep(book, job, event.atMs) });
    }
  } else if (event.kind === "observed") {
    const trial = trialId(notes.length);
    const { job, until = 0 } = event;
    if (job !== undefined)
      running.set(job, {
        trial,
        observed: true,
        sinceMs: atMs,
        kept: keep(book, { trial, from: null, until, observed: true }, event.atMs),
      });
    notes.push({ ...unknown, observed: true, startedAtMs: job === undefined ? null : atMs });
  } else if (event.kind === "failed") end(event.job, event.reason);
  else if (event.kind === "told" && event.last) end(event.job, "finished");
  if (event.kind !== "enqueued")
    for (const directive of event.directives)
      if (directive.kind !== "discard") end(directive.job, directive.kind === "stop" ? "stopped" : "paused");
}

/** Notes a job that begins, if the book keeps jobs. */
function keep(
  { jobs }: Book,
  job: Pick<Job, "trial" | "from" | "until" | "prediction" | "note" | "observed">,
  atMs: number,
): KeptJob | null {
  if (jobs === null) return null;
  const { trial, from, until, prediction, note, observed } = job;
  const kept: KeptJob = { trial, from, until, startedAtMs: atMs, endedAtMs: null, worker: null, outcome: "running" };
  if (prediction !== undefined) kept.prediction = prediction;
  if (note !== undefined) kept.note = note;
  if (observed !== undefined) kept.observed = observed;
  jobs.push(kept);
  return kept;
}

function endKept({ kept }: Running, outcome: StoredJob["outcome"], atMs: number): void {
  if (kept === null) return;
  kept.outcome = outcome;
  kept.endedAtMs = atMs;
}

const unknown: Notes = { observed: false, startedAtMs: null, endedAtMs: null, busyMs: null, worker: null, annotations: none };

/** A store without a clock writes 0. */
function known(atMs: number): number | null {
  return atMs === 0 ? null : atMs;
}

/** A clock that was set back gives 0, not a negative time. */
function elapsedMs(sinceMs: number, atMs: number): number {
  return atMs > sinceMs ? atMs - sinceMs : 0;
}
