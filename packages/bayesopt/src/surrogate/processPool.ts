/**
 * The processes of one outcome (the objective, a constraint), one for each mode of its hyperparameters, kept from ask to ask while only
 * rows are added.
 */
import type { Features } from "../features.ts";
import type { Data } from "../model/data.ts";
import { queries } from "../model/ensemble.ts";
import { createProcess, type Process } from "../process/process.ts";
import type { ChoiceState } from "./choiceState.ts";
import type { LikelihoodCache } from "./likelihoods.ts";
import { kindOf, modelOf } from "./modelChoice.ts";

export type Ensemble = {
  /** At least one; each has settled. */
  readonly processes: readonly Process[];
  /** ln of the lengthscales of the first, one per parameter. */
  readonly logLengthscales: readonly number[];
};

/** What is kept of an outcome from ask to ask. None of it changes what an ask gives. */
export type OutcomeCache = {
  readonly likelihoods: LikelihoodCache;
  /** Processes with their memory, by kernel and noise. */
  readonly processes: Map<string, Process[]>;
  /** At which modes the processes of one kernel have settled, and on which rows. */
  current: string;
  x: Float64Array;
};

export const newOutcomeCache = (): OutcomeCache => ({
  likelihoods: new Map(),
  processes: new Map(),
  current: "",
  x: new Float64Array(0),
});

/** `data`: warped, standardised values; `extra`: rows that may be imagined. */
export type Settling = { readonly features: Features; readonly data: Data; readonly extra: number };

/** null where no mode can be factorised. */
export function settleModes({ features, data, extra }: Settling, state: ChoiceState, cache: OutcomeCache): Ensemble | null {
  const { x, d, variance } = data;
  const rows = data.y.length + extra;
  const choice = state.choice!;
  const kind = kindOf(choice);
  const known = cache.processes.get(kind) ?? [];
  const pool = known.filter(({ size }) => size.rows >= rows);
  cache.processes.set(kind, pool);
  const grown = cache.current === nameOfModes(state) && pool.length === known.length && isPrefix(cache.x, x) && variance === null;
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
  cache.current = nameOfModes(state);
  cache.x = x;
  return { processes, logLengthscales: state.modes[0]!.slice(0, features.axes.length) };
}

function nameOfModes({ choice, modes, jitters }: ChoiceState): string {
  return JSON.stringify([choice, modes, jitters]);
}

/** Half more than needed, but at most 200 rows more, so that rows can be appended for a while. */
function roomFor(rows: number): number {
  return rows + Math.min(200, Math.max(32, Math.ceil(rows / 2)));
}

function isPrefix(before: Float64Array, after: Float64Array): boolean {
  return before.length > 0 && before.length <= after.length && before.every((value, index) => value === after[index]);
}
