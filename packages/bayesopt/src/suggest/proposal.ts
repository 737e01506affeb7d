/** A point that an ask suggests, and why. */
import type { Json } from "@caviar-hpo/core";
import type { Found } from "../search/maximise.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";

export type Note = { readonly [name: string]: Json };

/** `model`: what decided, or null without a model. */
export type ProposedPoint = { readonly unit: Float64Array; readonly note: Note; readonly model: ProblemModel | null };

/** A point that the model decided on, with its value of the acquisition; JSON has no infinities. */
export function byModel(model: ProblemModel, { unit, value }: Found, note: Note): ProposedPoint {
  return { unit, note: { ...note, utility: Number.isFinite(value) ? value : null }, model };
}
