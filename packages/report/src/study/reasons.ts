/** Why a strategy chose a trial: the note of its first job, as words. */
import type { Json } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";
import type { DataTable } from "../render/csv.ts";
import type { Digest } from "./digest.ts";
import type { ShownJob } from "./shownStudy.ts";

/** `kind` is a group of trials with one reason. `note` is what the strategy noted; null if it noted nothing. */
export type Reason = { readonly kind: string; readonly note: Json };

const unknown: Reason = { kind: "no reason noted", note: null };
const fromElsewhere: Reason = { kind: "from elsewhere", note: null };

/** One per trial, by its id. */
export function reasonsOf({ study, jobs }: Digest): readonly Reason[] {
  const notes = new Map<number, Json | null>();
  for (const { trial, note } of jobs) if (!notes.has(trial)) notes.set(trial, note ?? null);
  return study.trials.map(({ id, observed }) => {
    if (observed === true) return fromElsewhere;
    const note = notes.get(id) ?? null;
    return note === null ? unknown : reasonOf(note);
  });
}

/** The notes of shipped strategies have `decided` or `by`. Of those of others, the first entry counts. */
function reasonOf(note: Json): Reason {
  if (typeof note === "string") return { kind: note, note };
  if (typeof note !== "object" || note === null || Array.isArray(note)) return { kind: "another note", note };
  const entries = note as { readonly [name: string]: Json };
  const [kind] = ["decided", "by"].flatMap((key) =>
    Object.hasOwn(entries, key) && typeof entries[key] === "string" ? [entries[key]] : [],
  );
  return { kind: kind ?? Object.keys(entries)[0] ?? "another note", note };
}

/** What the kinds that shipped strategies note mean. */
export const kindWords: ReadonlyMap<string, string> = new Map([
  ["initial design", "a point of the design with which the strategy begins"],
  ["model", "the best point according to the model of the strategy"],
  ["exploration", "a wide confidence bound, because nothing improved"],
  ["region", "the best point in a box around the best trial"],
  ["cautious", "the best point according to a model that trusts the trend less"],
  ["untried", "the search found nothing new, so this is the best of the configurations that were left"],
  ["replicate", "a configuration again, because values have noise"],
  ["fallback", "a point of the design, because no model could be fitted"],
  ["start", "random, because there are too few trials for a model"],
  ["random", "random, although there is a model: the strategy does so from time to time"],
  ["promotion", "a configuration of a lower fidelity that did well there"],
  ["evolution", "a mixture of earlier configurations"],
  ["from elsewhere", "observed, and not chosen by the strategy"],
]);

/** A row per trial: the reason, the whole note as JSON, and what the strategy predicted for the first objective. */
export function choiceTable({ jobs }: Digest, reasons: readonly Reason[]): DataTable {
  const predictions = new Map<number, NonNullable<ShownJob["prediction"]>>();
  for (const { trial, prediction } of jobs) if (prediction !== undefined && !predictions.has(trial)) predictions.set(trial, prediction);
  return {
    columns: ["trial", "chosen by", "note", "predicted mean", "predicted sd"],
    rows: reasons.map(({ kind, note }, trial) => {
      const predicted = predictions.get(trial);
      return [trial, kind, note === null ? null : stringifyWire(note), predicted?.mean[0] ?? null, predicted?.sd[0] ?? null];
    }),
  };
}
