/** Processes and models of problems with given data, for tests of what is built on them. */
import { type Config, encode, type Key, root, type Shape, type Space, trialId } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import { coordinatesOf, type Features, featuresOf } from "../src/features.ts";
import { queries } from "../src/model/ensemble.ts";
import { createProcess, type Process } from "../src/process/process.ts";
import { newChoiceState } from "../src/surrogate/choiceState.ts";
import { newFeasibilityState } from "../src/surrogate/feasibility.ts";
import { families, type ModelChoice, modelOf, noises, warps } from "../src/surrogate/modelChoice.ts";
import {
  fitProblemModel,
  newProblemModelCache,
  type ProblemFit,
  type ProblemModel,
  type ProblemModelState,
} from "../src/surrogate/problemModel.ts";
import type { Trials } from "../src/trials.ts";
import { uniforms } from "./kernelLaws.ts";
import { spaceOf } from "./studies.ts";

export const exact: ModelChoice = { family: "matern52", warp: "identity", noise: "none", input: "none" };

/** What completes a condition whose process is a constraint's values. */
export const exactly = { noise: 0, least: 0, told: "values" } as const;

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
  {
    length = 0.4,
    noise = 0.01,
    choice = exact,
    extra = 300,
  }: { length?: number; noise?: number; choice?: ModelChoice; extra?: number } = {},
): Process {
  const process = createProcess(modelOf(features, choice), { rows: units.length + extra, queries, d: features.size });
  const u = [...features.axes.map(() => log(length)), 0, ...(choice.noise === "learned" ? [log(noise)] : [])];
  const data = { x: coordinatesOf(features, units), y: Float64Array.from(y), d: features.size, variance: null };
  if (!process.settle(data, Float64Array.from(u), 0)) throw new Error("the matrix cannot be factorised");
  return process;
}

export type KnownTrial = {
  readonly config: Config;
  readonly value: number;
  readonly variance?: number;
  readonly constraints?: readonly number[];
};

export function trialsOf(
  space: Space,
  known: readonly KnownTrial[],
  failed: readonly Config[] = [],
  pending: readonly Config[] = [],
): Trials {
  return {
    fidelity: 1,
    observed: known.map(({ config, value, variance, constraints }, id) => ({
      trial: trialId(id),
      unit: encode(space, config),
      value,
      variance: variance ?? null,
      constraints: constraints ?? [],
      costSeconds: 0,
    })),
    failed: failed.map((config, index) => ({ trial: trialId(known.length + index), unit: encode(space, config) })),
    pending: pending.map((config) => encode(space, config)),
  };
}

export const newProblemModelState = (): ProblemModelState => ({
  objective: newChoiceState(),
  cautious: newChoiceState(),
  feasibility: newFeasibilityState(),
  fidelity: null,
});

export type ProblemModelSetting = {
  readonly choice?: Partial<ModelChoice>;
  readonly state?: ProblemModelState;
  readonly constraints?: number;
  readonly extra?: number;
  readonly key?: Key;
  readonly model?: ProblemFit["model"];
};

/** Fitted as an ask fits it; a part of `choice` that is named is the only one allowed. */
export function problemModelOf(
  shape: Shape | Space,
  trials: Trials,
  { choice = {}, state, constraints = 0, extra = 300, key, model = "objective" }: ProblemModelSetting = {},
): ProblemModel {
  const allowed = {
    families: choice.family === undefined ? families : [choice.family],
    warps: choice.warp === undefined ? warps : [choice.warp],
    noises: choice.noise === undefined ? noises : [choice.noise],
    inputs: [choice.input ?? "none"],
  };
  const features = featuresOf(spaceOf(shape));
  const fitted = fitProblemModel(
    { features, trials, constraints, allowed, extra, key: key ?? root(1), model },
    state ?? newProblemModelState(),
    newProblemModelCache(),
  );
  if (fitted === null) throw new Error("no matrix can be factorised");
  return fitted;
}
