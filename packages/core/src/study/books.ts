/** The books of a study: the ledger of its log, and the ledger that its strategy sees, in which less is better. */
import type { Problem } from "../contract/problem.ts";
import type { Directive } from "../contract/strategy.ts";
import type { Event } from "./events.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { type Orientation, orientationOf } from "./orientation.ts";

/** `user` and `strategy` are one and the same ledger where no objective is maximised, so that such a study pays for one. */
export type Books = {
  readonly orientation: Orientation;
  /** In the user's orientation. */
  readonly user: Ledger;
  /** In the strategy's. */
  readonly strategy: Ledger;
  /** Applies everything of an event of the log but its directives. */
  apply(event: Event): void;
  direct(directives: readonly Directive[]): void;
};

export function createBooks(problem: Problem, firstJob?: number): Books {
  const orientation = orientationOf(problem);
  const user = createLedger(problem, firstJob);
  if (!orientation.converts) return { orientation, user, strategy: user, apply: user.apply, direct: user.direct };
  const strategy = createLedger(orientation.problem, firstJob);
  return {
    orientation,
    user,
    strategy,
    apply: (event) => {
      user.apply(event);
      strategy.apply(orientation.event(event));
    },
    direct: (directives) => {
      user.direct(directives);
      strategy.direct(directives);
    },
  };
}
