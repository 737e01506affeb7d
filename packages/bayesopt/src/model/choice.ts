/**
 * The choice of a model by marginal likelihood. A choice has several aspects (a kernel, a warp, a noise); one aspect after another is
 * varied, from the best choice so far, which an alternative must beat by a margin.
 *
 * Models of different hyperparameters compare only if each score makes up for them. What a learned noise costs is up to the caller: the
 * regression takes the criterion of Schwarz (regression/chooseNoise.ts), the optimiser the width of the prior (surrogate/score.ts).
 */
import type { Fitted } from "../process/fit.ts";

/** `fits`: best first, none where no finite density was found; `score` in nats, -Infinity for no fit. */
export type Scored<C> = { readonly choice: C; readonly fits: readonly Fitted[]; readonly score: number };

export type Comparison<C> = {
  readonly first: Scored<C>;
  /** The alternatives of each aspect, given the best choice so far. */
  readonly aspects: readonly ((best: C) => readonly C[])[];
  readonly score: (choice: C) => Scored<C>;
  /** In nats. */
  readonly margin: number;
};

export function bestChoice<C>({ first, aspects, score, margin }: Comparison<C>): Scored<C> {
  let best = first;
  for (const alternatives of aspects) {
    for (const choice of alternatives(best.choice)) {
      const scored = score(choice);
      if (scored.score > best.score + margin) best = scored;
    }
  }
  return best;
}
