/** Processes and surrogates with given data, for tests of what is built on them. */
import { type Config, encode, type Key, root, type Shape, type Space, trialId } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import { type Features, featuresOf } from "../src/features.ts";
import { createProcess, type Process } from "../src/process/process.ts";
import { type Choice, families, modelOf, newChoiceState, noises, warps } from "../src/surrogate/choice.ts";
import { queries } from "../src/surrogate/ensemble.ts";
import { fitSurrogate, newSurrogateCache, type Surrogate, type SurrogateState } from "../src/surrogate/surrogate.ts";
import type { Trials } from "../src/trials.ts";
import { uniforms } from "./kernelLaws.ts";
import { spaceOf } from "./studies.ts";

export const exact: Choice = { family: "matern52", warp: "identity", noise: "none", input: "none" };

/** Points of the unit cube, canonical. */
export function somePoints(features: Features, count: number, seed: number): readonly Float64Array[] {
  const d = features.axes.length;
  const all = uniforms(count * d, seed);
  return Array.from({ length: count }, (_, row) => features.canonical(all.slice(row * d, (row + 1) * d)));
}

/** Settled on `units` with values `y`; all lengthscales `length`, outputscale 1, noise variance `noise` where it is learned. */
export function processAt(
  features: Features,
  units: readonly Float64Array[],
  y: readonly number[],
  { length = 0.4, noise = 0.01, choice = exact, extra = 300 }: { length?: number; noise?: number; choice?: Choice; extra?: number } = {},
): Process {
  const process = createProcess(modelOf(features, choice), { rows: units.length + extra, queries, d: features.size });
  const u = [...features.axes.map(() => log(length)), 0, ...(choice.noise === "learned" ? [log(noise)] : [])];
  const data = { x: rowsOf(features, units), y: Float64Array.from(y), d: features.size, variance: null };
  if (!process.settle(data, Float64Array.from(u), 0)) throw new Error("the matrix cannot be factorised");
  return process;
}

export function rowsOf(features: Features, units: readonly Float64Array[]): Float64Array {
  const x = new Float64Array(units.length * features.size);
  units.forEach((unit, row) => {
    features.write(unit, x, row * features.size);
  });
  return x;
}

export type Known = {
  readonly config: Config;
  readonly value: number;
  readonly variance?: number;
  readonly constraints?: readonly number[];
};

export function trialsOf(space: Space, known: readonly Known[], failed: readonly Config[] = [], pending: readonly Config[] = []): Trials {
  return {
    fidelity: 1,
    observed: known.map(({ config, value, variance, constraints }, id) => ({
      trial: trialId(id),
      unit: encode(space, config),
      value,
      variance: variance ?? null,
      constraints: constraints ?? [],
    })),
    failed: failed.map((config) => encode(space, config)),
    pending: pending.map((config) => encode(space, config)),
  };
}

export const newSurrogateState = (): SurrogateState => ({ objective: newChoiceState(), feasibility: {}, fidelity: null });

export type Fitting = {
  readonly choice?: Partial<Choice>;
  readonly state?: SurrogateState;
  readonly constraints?: number;
  readonly extra?: number;
  readonly key?: Key;
};

/** Fitted as an ask fits it; a part of `choice` that is named is the only one allowed. */
export function surrogateOf(
  shape: Shape | Space,
  trials: Trials,
  { choice = {}, state, constraints = 0, extra = 300, key }: Fitting = {},
): Surrogate {
  const allowed = {
    families: choice.family === undefined ? families : [choice.family],
    warps: choice.warp === undefined ? warps : [choice.warp],
    noises: choice.noise === undefined ? noises : [choice.noise],
    inputs: [choice.input ?? "none"],
  };
  const features = featuresOf(spaceOf(shape));
  const fitted = fitSurrogate(
    features,
    trials,
    constraints,
    allowed,
    state ?? newSurrogateState(),
    extra,
    key ?? root(1),
    newSurrogateCache(),
  );
  if (fitted === null) throw new Error("no matrix can be factorised");
  return fitted;
}
