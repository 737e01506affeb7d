/**
 * The history in a log, read without the code of the strategy: for reports, to adopt an old study, or for logs of strategies that you do
 * not have.
 */
import { JournalError } from "../contract/errors.ts";
import type { Problem } from "../contract/problem.ts";
import type { Directive } from "../contract/strategy.ts";
import type { History, Job } from "../contract/trial.ts";
import type { Event } from "./events.ts";
import { createLedger, type Ledger } from "./ledger.ts";

/**
 * The history of these events. `eventDecoder` reads events that come from outside; `readHistory` checks that they agree with each other.
 *
 * @param firstJob as in the definition of the study.
 * @throws JournalError "corrupt", with the index of the first event that cannot follow those before it.
 */
export function readHistory(problem: Problem, events: Iterable<Event>, firstJob = 0): History {
  const ledger = createLedger(problem, firstJob);
  let index = 0;
  for (const event of events) enterChecked(ledger, ledger, event, index++);
  return ledger.history();
}

/**
 * Enters an event of a log and its directives into `books`, without the strategy.
 *
 * @param ledger the user's ledger of the books.
 * @throws JournalError "corrupt" for an event that cannot follow those before it.
 */
export function enterChecked(books: Pick<Ledger, "apply" | "direct">, ledger: Ledger, event: Event, index: number): void {
  checkEvent(ledger, event, index);
  const late = ledger.isLate(event);
  books.apply(event);
  if (late || event.kind === "enqueued") return;
  for (const directive of event.directives) {
    checkDirective(ledger, directive, index);
    books.direct([directive]);
  }
}

function checkEvent(ledger: Ledger, event: Event, index: number): void {
  if (event.kind === "asked") checkJobs(ledger, event.jobs, index);
  else if (event.kind === "observed") checkNextJob(ledger.jobs, event.job ?? ledger.jobs, index);
  else if ((event.kind === "told" || event.kind === "failed") && ledger.running(event.job) === undefined && !ledger.isLate(event))
    corrupt(index, "a report of a job that was handed out before", `job ${event.job}`);
}

/** Jobs are numbered in order. Each begins the next trial, or continues one that has begun. */
function checkJobs(ledger: Ledger, jobs: readonly Job[], index: number): void {
  let trials = ledger.history().trials.length;
  jobs.forEach(({ id, trial, from }, place) => {
    checkNextJob(ledger.jobs + place, id, index);
    if (trial > trials) corrupt(index, `trial ${trials}, the next one, or an earlier trial`, `trial ${trial}`);
    if (from !== null && from.trial >= trials) corrupt(index, "a checkpoint of an earlier trial", `one of trial ${from.trial}`);
    if (trial === trials) trials++;
  });
}

function checkNextJob(next: number, id: number, index: number): void {
  if (id !== next) corrupt(index, `job ${next}, the next one`, `job ${id}`);
}

function checkDirective(ledger: Ledger, directive: Directive, index: number): void {
  if (directive.kind === "discard") {
    const { length } = ledger.history().trials;
    if (directive.trial >= length) corrupt(index, `a directive for one of ${length} trials`, `trial ${directive.trial}`);
  } else if (ledger.running(directive.job) === undefined) corrupt(index, "a directive for a running job", `job ${directive.job}`);
}

function corrupt(index: number, expected: string, got: string): never {
  const remedy = "The log is not whole, or was changed. Use another copy.";
  throw new JournalError({ code: "corrupt", what: `event ${index} of the log`, expected, got, remedy });
}
