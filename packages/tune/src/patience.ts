/**
 * Patience: a study ends once so many trials in a row have gained nothing.
 *
 * The rule takes the trials in the order in which they started. A trial counts once it has failed, or has been measured at the highest
 * fidelity. Trials that are paused, stopped or discarded before do not count. Observed ones do not count either, but what they measured has
 * to be beaten.
 *
 * A feasible trial gains something if it is better than each earlier one that gained something: by more than `minGain`, in at least one
 * objective. So a value that improves in small steps has gained something as soon as the steps sum to more than `minGain`. With several
 * objectives and a `minGain` of 0, a trial gains something if it enters the front.
 *
 * The rule depends on the history alone. So it holds at the same trial after an interruption.
 */
import type { Study, Trial } from "@caviar-hpo/core";
import { isFeasible } from "@caviar-hpo/core/contract";
import { between, type Decoder, object, whole } from "@caviar-hpo/core/read";

/** `minGain` has the unit of the objectives; 0 by default. */
export type Patience = { readonly trials: number; readonly minGain?: number };

const count = whole(1, Number.MAX_SAFE_INTEGER);
const record = object({ trials: count }, { minGain: between(0, Infinity) });

/** Reads a number of trials, or a record. */
export const patience: Decoder<Patience> = (value, path) =>
  typeof value === "number" ? { trials: count(value, path) } : record(value, path);

/** What the trials up to some trial come to. Less is better in `front`. */
type Tally = { readonly front: readonly (readonly number[])[]; readonly inVain: number };

/** Asks whether the rule holds. */
export function patienceOf(study: Study, { trials: most, minGain = 0 }: Patience): () => boolean {
  const { fidelity, objectives } = study.problem;
  const signs = objectives.map(({ goal }) => (goal === "maximize" ? -1 : 1));

  const add = (tally: Tally, { id, curve }: Trial): Tally => {
    const last = curve.at(-1);
    const values = last !== undefined && isFeasible(last) ? last.values.map((value, index) => signs[index]! * value) : null;
    const isBetter = (a: readonly number[], b: readonly number[], by: number): boolean => a.some((value, index) => b[index]! - value > by);
    if (values === null || !tally.front.every((point) => isBetter(values, point, minGain)))
      return study.observed(id) ? tally : { ...tally, inVain: tally.inVain + 1 };
    return { front: [...tally.front.filter((point) => isBetter(point, values, 0)), values], inVain: 0 };
  };

  /** All trials before this one count, so they are not looked at again. */
  let first = 0;
  let before: Tally = { front: [], inVain: 0 };
  return () => {
    const { trials } = study.history;
    let tally = before;
    for (let at = first; at < trials.length; at++) {
      const trial = trials[at]!;
      const counts = trial.status === "failed" || (trial.curve.at(-1)?.fidelity ?? 0) >= (fidelity?.max ?? 1);
      if (counts) tally = add(tally, trial);
      if (counts && at === first) [first, before] = [at + 1, tally];
    }
    return tally.inVain >= most;
  };
}
