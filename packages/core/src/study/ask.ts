/** Asking: the strategy's proposals become jobs. */

import { trialId } from "../contract/ids.ts";
import { limits } from "../contract/limits.ts";
import type { Answer, Context, Directive, Then } from "../contract/strategy.ts";
import type { Job } from "../contract/trial.ts";
import { boolean, number } from "../read/decode.ts";
import { below, optionsRoot } from "../read/path.ts";
import { picker } from "../read/pick.ts";
import { checkCount, checkOpen } from "./checks.ts";
import type { Event } from "./events.ts";
import { commit, contextOf, type Fold, guarded } from "./fold.ts";
import { acceptProposals, breach, checkDirectives, checkThen } from "./guard.ts";

/** What an ask wants. */
export type AskOptions = {
  /** The largest number of jobs: a whole number; 1 by default. */
  readonly want?: number;
  /**
   * The largest number of these jobs that are new trials. No limit by default. Some strategies cannot continue existing trials, or have
   * none to continue because the problem has no fidelity. The study asks these for at most `starts` jobs.
   */
  readonly starts?: number;
  /**
   * The budget: how many trials the study starts in all. Earlier and failed trials count, observed ones do not. It bounds new trials as
   * `starts` does, and strategies such as a Latin hypercube plan by it. No budget by default.
   */
  readonly trials?: number;
  /**
   * true allows no new trial, and says that none will come: the strategy trains the existing trials as far as they deserve, also in a rung
   * that is only half full. The study may still be asked for new trials later. false by default.
   */
  readonly finish?: boolean;
  /** The time of the event, in milliseconds; 0 by default. It is recorded, and nothing depends on it. */
  readonly atMs?: number;
};

/** The answer of a study to an ask. */
export type Asked = { readonly jobs: readonly Job[]; readonly directives: readonly Directive[]; readonly then: Then };

/** An `AskOptions` made definite. `bounds` is what the strategy and the log are told of it, null where `starts` bounds nothing. */
type AskRequest = {
  readonly want: number;
  readonly starts: number;
  readonly bounds: Pick<Context, "starts" | "finish"> | null;
  /** The budget, if the strategy plans by it. */
  readonly planned: { readonly trials: number } | null;
  readonly atMs: number;
};

export function ask(fold: Fold, options: AskOptions): Asked {
  checkOpen(fold.closed);
  const request = requestOf(fold, options);
  if (request.want === 0 || fold.then === "done") return { jobs: [], directives: [], then: fold.then };
  return guarded(fold, () => answer(fold, request));
}

const asking = optionsRoot("ask");
const readAsk = picker(({ want, starts, trials, finish, atMs }: AskOptions) => ({ want, starts, trials, finish, atMs }) as AskOptions);

function requestOf({ strategy, problem, books }: Fold, options: AskOptions): AskRequest {
  const { want: wanted = 1, starts: most = Infinity, trials = Infinity, finish = false, atMs = 0 } = readAsk(options, asking);
  checkCount("want", wanted, limits.want);
  checkCount("starts", most, Infinity);
  checkCount("trials", trials, Infinity);
  boolean(finish, below(asking, "finish"));
  number(atMs, below(asking, "atMs"));
  const starts = finish ? 0 : Math.min(most, Math.max(0, trials - books.user.started));
  const resumes = strategy.can.resumes === true && problem.fidelity !== null;
  const want = resumes ? wanted : Math.min(wanted, starts);
  const bounds = starts < want ? { starts, ...(finish && { finish }) } : null;
  return { want, starts, bounds, planned: strategy.can.plans === true && trials <= limits.trials ? { trials } : null, atMs };
}

function answer(fold: Fold, { want, starts, bounds, planned, atMs }: AskRequest): Asked {
  const { strategy, books } = fold;
  const context = contextOf(fold);
  const { length } = context.history.trials;
  const limited = bounds ?? planned;
  const budget = planned && { trials: planned.trials + length - books.user.started };
  const given = limited ? { ...context, ...bounds, ...budget } : context;
  const answered = strategy.ask(fold.state, given, want, trialId(length));
  const jobs = books.orientation.jobs(acceptProposals(strategy.name, books.strategy, answered.proposals, { want, starts }));
  checkAnswer(fold, answered, jobs, bounds !== null);
  const { directives, then } = answered;
  fold.then = then;
  // Two literals, because a literal with optional parts in the middle takes several times as long.
  const event: Event = limited
    ? { kind: "asked", want, ...bounds, ...planned, jobs, directives, then, atMs }
    : { kind: "asked", want, jobs, directives, then, atMs };
  books.apply(event);
  commit(fold, event);
  return { jobs, directives, then };
}

/** An answer without a job must not leave the caller with nothing to wait for. */
function checkAnswer(
  { strategy, books: { user: ledger } }: Fold,
  { directives, then }: Answer,
  jobs: readonly Job[],
  bounded: boolean,
): void {
  checkDirectives(strategy.name, ledger, directives, jobs);
  checkThen(strategy.name, then);
  if (jobs.length > 0 || then === "done") return;
  const ended = directives.filter((directive) => directive.kind !== "discard").length;
  if (!bounded && ledger.busy === ended) breach(strategy.name, "a proposal, or done, while no job runs", `${then} without one`);
  if (then === "more") breach(strategy.name, "wait or done without proposals", "more");
}
