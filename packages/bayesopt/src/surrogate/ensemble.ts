/** The processes of one outcome (the objective, a constraint), one for each mode of its hyperparameters, kept from ask to ask while only rows are added. */
import type { Features } from "../features.ts";
import { createProcess, type Process } from "../process/process.ts";
import { type ChoiceState, kindOf, type MarginalLikelihoodCache, modelOf, type Standardised } from "./choice.ts";

export type Ensemble = {
  /** At least one; each has settled. */
  readonly processes: readonly Process[];
  /** ln of the lengthscales of the first, one a parameter. */
  readonly logLengthscales: readonly number[];
};

/** Processes with their memory, by kernel family and noise; `current` says at which modes those of one of them have settled, and on which rows. */
export type EnsembleCache = {
  readonly evidences: MarginalLikelihoodCache;
  readonly processes: Map<string, Process[]>;
  current: string;
  x: Float64Array;
};

export const newEnsembleCache = (): EnsembleCache => ({
  evidences: new Map(),
  processes: new Map(),
  current: "",
  x: new Float64Array(0),
});

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
  const rows = z.length + extra;
  const choice = state.choice!;
  const kind = kindOf(choice);
  const known = cache.processes.get(kind) ?? [];
  const pool = known.filter(({ size }) => size.rows >= rows);
  cache.processes.set(kind, pool);
  const data = { x, y: z, d, variance };
  const grown = cache.current === nameOf(state) && pool.length === known.length && isPrefix(cache.x, x) && variance === null;
  cache.current = "";
  const kept: { readonly process: Process; readonly mode: readonly number[] }[] = [];
  state.modes.forEach((mode, index) => {
    const fits = grown && pool[index]?.admit(data) === true;
    pool[index] ??= createProcess(modelOf(features, choice), { rows: roomFor(rows), queries, d });
    if (fits || pool[index].settle(data, Float64Array.from(mode), state.jitters[index] ?? 0)) kept.push({ process: pool[index], mode });
  });
  if (kept.length === 0) return null;
  state.modes = kept.map(({ mode }) => mode);
  state.jitters = kept.map(({ process }) => process.jitter);
  const processes = kept.map(({ process }) => process);
  cache.processes.set(kind, [...processes, ...pool.filter((process) => !processes.includes(process))]);
  cache.current = nameOf(state);
  cache.x = x;
  return { processes, logLengthscales: state.modes[0]!.slice(0, features.axes.length) };
}

function nameOf({ choice, modes, jitters }: ChoiceState): string {
  return JSON.stringify([choice, modes, jitters]);
}

/** Query points at once. */
export const queries = 64;

/** Half more than needed, but at most 200 rows more, so that rows can be appended for a while. */
function roomFor(rows: number): number {
  return rows + Math.min(200, Math.max(32, Math.ceil(rows / 2)));
}

function isPrefix(before: Float64Array, after: Float64Array): boolean {
  return before.length > 0 && before.length <= after.length && before.every((value, index) => value === after[index]);
}
