/** Which parameters a figure shows if it has no room for all. */
import type { Digest } from "../digest.ts";
import type { TrialModel } from "../model.ts";

/** For a sentence: which parameters these are. */
export function shownParamWords(count: number, model: TrialModel | null): string {
  return model === null ? `first ${count} parameters` : `${count} most important parameters`;
}

/** Indices of parameters in the order of the space: all of them, or the most important ones, or the first ones if there is no model. */
export function shownParams({ problem: { space } }: Digest, model: TrialModel | null, most: number): readonly number[] {
  const names = space.params.map(([name]) => name);
  const order = model === null ? names : model.shares.main.map(({ name }) => name);
  const kept = new Set(order.slice(0, most));
  return [...names.keys()].filter((index) => kept.has(names[index]!));
}
