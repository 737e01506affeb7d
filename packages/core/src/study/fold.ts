/**
 * The fold at the heart of a study: a strategy's state and the books of trials and jobs, both changed by one event after another. `ask.ts`,
 * `report.ts` and `external.ts` make the events; this file says what all of them share.
 */

import type { TrialId } from "../contract/ids.ts";
import type { Json } from "../contract/json.ts";
import { limits } from "../contract/limits.ts";
import { type GivenProblem, type Problem, readProblem } from "../contract/problem.ts";
import type { Context, Strategy, Then } from "../contract/strategy.ts";
import { derive, root } from "../random/key.ts";
import { anything, type Decoder, func, object, reject, whole, withMethods } from "../read/decode.ts";
import { below, configRoot } from "../read/path.ts";
import { type Books, createBooks } from "./books.ts";
import { checkServes } from "./checks.ts";
import type { Event } from "./events.ts";

/** Everything that determines the future of a study, except the reports of its jobs. */
export type StudyDefinition = {
  readonly problem: GivenProblem;
  readonly strategy: Strategy;
  readonly seed: string | number;
  /** The id of the first job: how many jobs an earlier study has had that this one continues. A report of those is late. 0 by default. */
  readonly firstJob?: number;
};

/**
 * `problem` is the user's. `then` is the strategy's last answer. `last` is the last event, and `finishing` whether the last ask had
 * `finish: true`. `closed` is true during a call, and stays true if the call throws half-way.
 */
export type Fold = {
  readonly problem: Problem;
  readonly strategy: Strategy;
  readonly seed: string | number;
  readonly state: Json;
  readonly books: Books;
  readonly onEvent: (event: Event) => void;
  then: Then;
  last: Event | null;
  finishing: boolean;
  closed: boolean;
};

/** @throws ConfigError for a problem that no strategy can serve, or that this strategy cannot. */
export function createFold(definition: StudyDefinition, onEvent: (event: Event) => void): Fold {
  const { problem: given, strategy, seed, firstJob } = readDefinition(definition);
  func(onEvent, configRoot("onEvent", "badOption"));
  const problem = readProblem(given);
  checkServes(problem, strategy);
  const books = createBooks(problem, firstJob);
  const state = strategy.init(books.strategy.problem, derive(root(seed), "strategy"));
  return { problem, strategy, seed, state, books, onEvent, then: "more", last: null, finishing: false, closed: false };
}

const readMethods = withMethods<Strategy>("init", "ask", "tell");
const decodeStrategy: Decoder<Strategy> = (value, path) => {
  const strategy = readMethods(value, path);
  return typeof strategy.can === "object" ? strategy : reject(below(path, "can"), "what the strategy can do", strategy.can);
};
const fields = object({ problem: anything, strategy: decodeStrategy, seed: anything }, { firstJob: whole(0, 100 * limits.trials) });

function readDefinition(definition: StudyDefinition): StudyDefinition {
  return fields(definition, configRoot("definition of a study", "badOption")) as StudyDefinition;
}

/** What the strategy sees at this moment. */
export function contextOf({ books }: Fold): Context {
  const { problem, history, queue, pending } = books.strategy;
  return { problem, history: history(), queue, pending };
}

/** Lets the strategy note that an observed trial is new or has changed. */
export function noteObserved(fold: Fold, trial: TrialId): void {
  fold.strategy.observe?.(fold.state, contextOf(fold), trial);
}

/** Runs `body` with the study closed. A call that throws half-way leaves a state that no log describes, so the study then stays closed. */
export function guarded<T>(fold: Fold, body: () => T): T {
  fold.closed = true;
  const result = body();
  fold.closed = false;
  return result;
}

/** The last step of every event, after the books applied it: its directives take effect, and the log hears of it. */
export function commit(fold: Fold, event: Event): void {
  if (event.kind !== "enqueued") fold.books.direct(event.directives);
  follow(fold, event);
  fold.onEvent(event);
}

/** Notes the last event. */
export function follow(fold: Fold, event: Event): void {
  fold.last = event;
  if (event.kind === "asked") fold.finishing = event.finish === true;
}

/** Records an event that the strategy is not told of. `note` comes before the log hears of it. */
export function keep(fold: Fold, event: Event, note: () => void = () => {}): void {
  guarded(fold, () => {
    fold.books.apply(event);
    note();
    commit(fold, event);
  });
}
