/**
 * The choice of a model: kernel family, output warp and noise, by the evidence. Warps are compared with the logarithm of their Jacobian, so that all
 * are densities of the same values (Snelson, Rasmussen & Ghahramani 2004). One coordinate of the choice is varied at a time, from the last choice on,
 * which must be beaten by a margin. Hyperparameters go on from where the last fit of the same model ended.
 */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";
import { type InputName, learnedNoise, parameterKernel } from "../kernels/families.ts";
import { hyperparametersOf, type Model } from "../model/data.ts";
import { type Fitted, fit } from "../process/fit.ts";
import { createMarginalLikelihood, type MarginalLikelihood } from "../process/marginalLikelihood.ts";
import { type OutputWarp, outputWarps } from "../warp/outputWarps.ts";

export const families = ["matern52", "squaredExponential", "matern32"] as const;
/** Those that the evidence chooses from, and those that an option may name besides. */
export const warps = ["identity", "yeoJohnson", "shiftedLog(0.1)", "shiftedLog(0.01)"] as const;
export const allWarps = [
  "identity",
  "yeoJohnson",
  "shiftedLog(0.1)",
  "shiftedLog(0.01)",
  "shiftedLog(0.001)",
  "winsorised",
  "halfRankLog",
] as const;
export const noises = ["none", "learned"] as const;

export type Choice = {
  readonly family: (typeof families)[number];
  readonly warp: (typeof allWarps)[number];
  readonly noise: (typeof noises)[number];
  readonly input: InputName;
};

/** What may be chosen from: all, or what an option names. */
export type Choices = {
  readonly families: readonly Choice["family"][];
  readonly warps: readonly Choice["warp"][];
  readonly noises: readonly Choice["noise"][];
  readonly inputs: readonly InputName[];
};

/** Part of the strategy's state. `warm`: hyperparameters by the name of the choice; `jitter`: of the last factorisation at them. */
export type ChoiceState = {
  choice: Choice | null;
  warm: { [choice: string]: readonly number[] };
  modes: readonly (readonly number[])[];
  jitters: number[];
  /** Values that the last fit, and the last comparison of choices, knew. */
  fitted: number;
  compared: number;
};

export const newChoiceState = (): ChoiceState => ({ choice: null, warm: {}, modes: [], jitters: [], fitted: 0, compared: 0 });

/** Values of the objective at points in feature coordinates, row-major n x features.size. */
export type Values = { readonly x: Float64Array; readonly y: Float64Array; readonly variance: Float64Array | null };

/** Warped, with mean 0 and variance 1. */
export type Standardised = {
  readonly warp: OutputWarp;
  readonly z: Float64Array;
  readonly variance: Float64Array | null;
  readonly mean: number;
  readonly sd: number;
  readonly logJacobian: number;
};

export function modelOf(features: Features, { family, noise, input }: Choice): Model {
  return { kernel: parameterKernel(family, features, input), noise: noise === "learned" ? learnedNoise : null };
}

export function standardise(warp: OutputWarp, y: Float64Array, variance: Float64Array | null): Standardised {
  const n = y.length;
  const warped = warp.forward(y);
  // The mean of equal values is not always that value, and the rounding that is left would pass for their deviation.
  const constant = warped.every((value) => value === warped[0]);
  const mean = constant ? warped[0]! : warped.reduce((sum, value) => sum + value / n, 0);
  const sd = constant ? 1 : Math.sqrt(warped.reduce((sum, value) => sum + ((value - mean) * (value - mean)) / n, 0)) || 1;
  return {
    warp,
    z: warped.map((value) => (value - mean) / sd),
    variance: variance === null ? null : spreadOf(warp, y, variance).map((one) => one / sd / sd),
    mean,
    sd,
    logJacobian: warp.logJacobian - n * log(sd),
  };
}

/** Variances after the warp: half the way that it takes the two ends of one deviation, squared. */
function spreadOf(warp: OutputWarp, y: Float64Array, variance: Float64Array): Float64Array {
  const above = warp.forward(y.map((value, i) => value + Math.sqrt(variance[i]!)));
  const below = warp.forward(y.map((value, i) => value - Math.sqrt(variance[i]!)));
  return above.map((value, i) => ((value - below[i]!) / 2) * ((value - below[i]!) / 2));
}

/** Evidences with their memory, kept from fit to fit; by kernel family and noise. */
export type MarginalLikelihoodCache = Map<string, { readonly model: Model; readonly density: MarginalLikelihood }>;

/** Fits when there is enough that the last fit did not know; compares choices every few fits. Returns the evaluations of the evidence that it took. */
export function choose(
  features: Features,
  values: Values,
  allowed: Choices,
  state: ChoiceState,
  key: Key,
  cache: MarginalLikelihoodCache,
): number {
  const n = values.y.length;
  const known = state.choice !== null && isAllowed(state.choice, allowed);
  if (known && n - state.fitted < Math.max(1, Math.floor(n / refitFraction))) return 0;
  const comparing = !known || n - state.compared >= Math.max(3, Math.floor(n / compareFraction));
  const subset = telling(values, features.size);
  const trial = trialOf(features, subset, allowed, state, derive(key, "fit"), cache);

  let best = trial.score(
    known ? state.choice! : { family: allowed.families[0]!, warp: allowed.warps[0]!, noise: allowed.noises[0]!, input: allowed.inputs[0]! },
  );
  if (comparing) {
    const vary = (others: readonly Choice[]): void => {
      for (const other of others) {
        const scored = trial.score(other);
        if (scored.score > best.score + margin) best = scored;
      }
    };
    vary(allowed.warps.map((warp) => ({ ...best.choice, warp })));
    vary(allowed.families.map((family) => ({ ...best.choice, family })));
    vary(allowed.noises.map((noise) => ({ ...best.choice, noise })));
    vary(allowed.inputs.map((input) => ({ ...best.choice, input })));
    best = trial.deepen(best);
    state.compared = n;
  }
  state.fitted = n;
  state.choice = best.choice;
  state.modes = distinct(best.fits);
  state.jitters = state.modes.map(() => 0);
  return trial.evaluations();
}

type Scored = { readonly choice: Choice; readonly fits: readonly Fitted[]; readonly score: number };

function trialOf(
  features: Features,
  { x, y, variance }: Values,
  allowed: Choices,
  state: ChoiceState,
  key: Key,
  cache: MarginalLikelihoodCache,
) {
  const source = stream(key);
  const shapes = new Map(
    outputWarps(y)
      .filter(({ name }) => (allowed.warps as readonly string[]).includes(name))
      .map((warp) => [warp.name, standardise(warp, y, variance)]),
  );
  const modelled = (choice: Choice): { readonly model: Model; readonly density: MarginalLikelihood } => {
    const { z, variance: spread } = shapes.get(choice.warp)!;
    const data = { x, y: z, d: features.size, variance: spread };
    const name = kindOf(choice);
    const known = cache.get(name);
    if (known !== undefined && known.density.rows >= z.length) {
      known.density.take(data);
      return known;
    }
    const model = modelOf(features, choice);
    const made = { model, density: createMarginalLikelihood(model, data, Math.min(fitRows, Math.max(32, 2 * z.length))) };
    cache.set(name, made);
    return made;
  };
  const seen = new Map<string, Scored>();
  let evaluations = 0;
  const score = (choice: Choice): Scored => {
    const name = nameOf(choice);
    const before = seen.get(name);
    if (before !== undefined) return before;
    const { logJacobian } = shapes.get(choice.warp)!;
    const { model, density } = modelled(choice);
    const standard = Float64Array.from(hyperparametersOf(model), ({ start }) => log(start));
    const warm = state.warm[name] ?? siblingOf(state, choice, standard.length);
    const fits = fit(model, density, warm === undefined ? [standard] : [Float64Array.from(warm)], fitEvaluations);
    evaluations += fits.reduce((sum, one) => sum + one.evaluations, 0);
    if (fits.length > 0) state.warm[name] = [...fits[0]!.u];
    const scored = {
      choice,
      fits,
      score: fits.length === 0 ? -Infinity : fits[0]!.value + logJacobian - costOfWarp(choice) - costOfNoise(choice, fits[0]!.u),
    };
    seen.set(name, scored);
    return scored;
  };
  /** Fits from afresh as well: the other modes, and a way out of a poor one. */
  const deepen = ({ choice, fits, score: before }: Scored): Scored => {
    const { model, density } = modelled(choice);
    const standard = Float64Array.from(hyperparametersOf(model), ({ start }) => log(start));
    const more = fit(model, density, [standard, standard.map((u) => u + source.normal())], fitEvaluations);
    evaluations += more.reduce((sum, one) => sum + one.evaluations, 0);
    const all = [...fits, ...more].sort((a, b) => b.value - a.value);
    if (all.length > 0) state.warm[nameOf(choice)] = [...all[0]!.u];
    return { choice, fits: all, score: before };
  };
  return { score, deepen, evaluations: () => evaluations };
}

/** A nat for each number of a warp that the values themselves have set: with few values a warp that bends is chosen too easily. */
function costOfWarp({ warp }: Choice): number {
  if (warp === "identity") return 0;
  return warp === "yeoJohnson" ? 2 : 1;
}

/**
 * What a learned noise costs a choice, so that models with and without it compare: instead of the prior density over the noise itself, which grows
 * without bound as the noise vanishes, that of its logarithm, and the factor by which the values narrow it (Laplace's approximation, about e).
 */
function costOfNoise({ noise }: Choice, u: Float64Array): number {
  if (noise === "none") return 0;
  const at = u[u.length - 1]!;
  const off = at - noiseCentre;
  return learnedNoise.prior.logDensity(at) + 0.5 * off * off + 1;
}

/** ln of the median of the noise's prior, of which ln has deviation 1. */
const noiseCentre = -4;

/** Where another warp of the same kernel has ended. */
function siblingOf(state: ChoiceState, choice: Choice, length: number): readonly number[] | undefined {
  return Object.entries(state.warm).find(([name, u]) => name.startsWith(`${kindOf(choice)} `) && u.length === length)?.[1];
}

/** All of a choice that decides which hyperparameters there are: everything but the warp. */
export function kindOf({ family, noise, input }: Choice): string {
  return `${family} ${noise} ${input}`;
}

function nameOf(choice: Choice): string {
  return `${kindOf(choice)} ${choice.warp}`;
}

function isAllowed({ family, warp, noise, input }: Choice, allowed: Choices): boolean {
  return (
    allowed.families.includes(family) && allowed.warps.includes(warp) && allowed.noises.includes(noise) && allowed.inputs.includes(input)
  );
}

/** Hyperparameters that are nearly as probable as the best and not the same. */
function distinct(fits: readonly Fitted[]): readonly (readonly number[])[] {
  const modes: Float64Array[] = [];
  for (const { u, value } of fits) {
    const twin = modes.some((mode) => mode.every((one, p) => Math.abs(one - u[p]!) < sameMode));
    if (!twin && value > fits[0]!.value - 2) modes.push(u);
  }
  return modes.map((mode) => [...mode]);
}

/** At most `fitRows` rows: the better half of them the best, the rest spread evenly over the others. */
function telling(values: Values, d: number): Values {
  const n = values.y.length;
  if (n <= fitRows) return values;
  const order = Array.from(values.y.keys()).sort((a, b) => values.y[a]! - values.y[b]! || a - b);
  const half = fitRows / 2;
  const others = order.slice(half).sort((a, b) => a - b);
  const rows = [...order.slice(0, half), ...Array.from({ length: half }, (_, i) => others[Math.floor((i * others.length) / half)]!)].sort(
    (a, b) => a - b,
  );
  const x = new Float64Array(fitRows * d);
  rows.forEach((row, i) => {
    x.set(values.x.subarray(row * d, row * d + d), i * d);
  });
  return {
    x,
    y: Float64Array.from(rows, (row) => values.y[row]!),
    variance: values.variance && Float64Array.from(rows, (row) => values.variance![row]!),
  };
}

/** Refitted every ask up to 60 values, then every n / 30 asks. */
const refitFraction = 30;
const compareFraction = 10;
/** In nats. */
const margin = 1;
const fitEvaluations = 25;
const fitRows = 256;
const sameMode = 0.3;
