/** The processes of one outcome (the objective, a constraint), one for each mode of its hyperparameters, kept from ask to ask while only rows are added. */
import type { Features } from "../features.ts";
import { createProcess, type Process } from "../process/process.ts";
import { type ChoiceState, modelOf, type Standardised } from "./choice.ts";

export type Ensemble = {
  /** At least one; each has settled. */
  readonly processes: readonly Process[];
  /** ln of the lengthscales of the first, one a parameter. */
  readonly logLengthscales: readonly number[];
};

/** Processes at modes that are still current. */
export type EnsembleCache = { name: string; processes: readonly Process[]; x: Float64Array };

export const newEnsembleCache = (): EnsembleCache => ({ name: "", processes: [], x: new Float64Array(0) });

/** `extra`: rows that may be imagined. null where no mode can be factorised. */
export function settle(
  features: Features,
  x: Float64Array,
  { z, variance }: Standardised,
  state: ChoiceState,
  extra: number,
  cache: EnsembleCache,
): Ensemble | null {
  const d = features.size;
  const n = z.length;
  const model = modelOf(features, state.choice!);
  const data = { x, y: z, d, variance };
  const name = JSON.stringify([state.choice, state.modes, state.jitters]);
  const same = cache.name === name && isPrefix(cache.x, x) && variance === null;
  const kept: { readonly process: Process; readonly jitter: number; readonly mode: readonly number[] }[] = [];
  state.modes.forEach((mode, index) => {
    let process = same ? cache.processes[index] : undefined;
    if (process === undefined || process.size.rows < n + extra || !process.admit(data)) {
      process = createProcess(model, { rows: roomFor(n + extra), queries, d });
      if (!process.settle(data, Float64Array.from(mode), state.jitters[index] ?? 0)) return;
    }
    kept.push({ process, jitter: process.jitter, mode });
  });
  if (kept.length === 0) return null;
  state.modes = kept.map(({ mode }) => mode);
  state.jitters = kept.map(({ jitter }) => jitter);
  cache.name = JSON.stringify([state.choice, state.modes, state.jitters]);
  cache.processes = kept.map(({ process }) => process);
  cache.x = x;
  return { processes: cache.processes, logLengthscales: state.modes[0]!.slice(0, features.axes.length) };
}

/** Query points at once. */
export const queries = 64;

/** A fifth more than needed, so that rows can be appended for a while. */
function roomFor(rows: number): number {
  return rows + Math.max(8, Math.ceil(rows / 5));
}

function isPrefix(before: Float64Array, after: Float64Array): boolean {
  return before.length > 0 && before.length <= after.length && before.every((value, index) => value === after[index]);
}
