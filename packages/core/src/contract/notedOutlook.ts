/** The outlook in the note of a job, as logs hold it: `remaining`. Notes are what strategies wrote, so anything may be there. */
import type { Json } from "./json.ts";
import type { Outlook } from "./strategy.ts";

/** null if the note has no outlook, or one that is not whole. */
export function notedOutlook(note: Json | undefined): Omit<Outlook, "trial"> | null {
  const remaining = entriesOf(note)?.remaining;
  const { expected, beyond, probability, quantiles, next, nextPerSecond } = entriesOf(remaining) ?? {};
  if (!isGain(expected) || !isGain(beyond) || !isGain(next) || !isGain(probability) || probability > 1) return null;
  if (!Array.isArray(quantiles) || !quantiles.every(isQuantile)) return null;
  return { expected, beyond, probability, quantiles, next, ...(isGain(nextPerSecond) && { nextPerSecond }) };
}

function entriesOf(value: Json | undefined): { readonly [name: string]: Json } | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [name: string]: Json }) : null;
}

function isGain(value: Json | undefined): value is number {
  return typeof value === "number" && value >= 0 && value < Infinity;
}

function isQuantile(value: Json): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && isGain(value[0] as Json) && isGain(value[1] as Json) && (value[0] as number) <= 1;
}
