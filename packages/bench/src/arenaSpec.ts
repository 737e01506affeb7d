/**
 * One problem at one seed, as plain data. Every problem and seed make one instance, one initial design and one stream of noise, which all
 * strategies share. Randomness is keyed by the names of problem and seed, so an arena does not depend on what else a plan compares.
 */
import { type Config, decode, derive, type Key, root, type Space, stream } from "@caviar-hpo/core";
import type { PlanInstances, PlanNoise } from "./plan.ts";

/** points: a test function; training: a function of several fidelities; task: a network of the testbed. */
export type ArenaSpec = PointArenaSpec | TrainingArenaSpec | TaskArenaSpec;

export type PointArenaSpec = InstanceSpec & {
  readonly kind: "points";
  readonly instances: PlanInstances;
  /** null for none. */
  readonly noise: PlanNoise | null;
};

export type TrainingArenaSpec = InstanceSpec & { readonly kind: "training"; readonly instances: PlanInstances };

export type TaskArenaSpec = InstanceSpec & { readonly kind: "task" };

export type InstanceSpec = {
  /** The id as the plan has it, with "{seed}" where the instance follows the seed. */
  readonly problem: string;
  /** The id in the catalogue. */
  readonly instanceId: string;
  /** Whether the problem takes another instance at every seed; values are then counted from the instance's optimum. */
  readonly followsSeed: boolean;
  readonly seed: number;
  /** Points of the design that every strategy starts with. */
  readonly initialPoints: number;
};

/** @param problem the id as the plan has it. */
export function instanceSpec(problem: string, seed: number, initialPoints: number): InstanceSpec {
  return {
    problem,
    instanceId: problem.replaceAll("{seed}", String(seed)),
    followsSeed: problem.includes("{seed}"),
    seed,
    initialPoints,
  };
}

/** All randomness that strategies share on a problem and seed is derived from this key. */
export function arenaKey({ problem, seed }: InstanceSpec): Key {
  return derive(root(seed), "problem", problem);
}

/** The design that every strategy starts with: uniform points of the unit cube, each with a stream of its own. */
export function initialDesign(spec: InstanceSpec, space: Space): readonly Config[] {
  const key = derive(arenaKey(spec), "initial");
  return Array.from({ length: spec.initialPoints }, (_, index) => {
    const unit = Float64Array.from({ length: space.dims }, stream(derive(key, index)).uniform);
    return decode(space, unit);
  });
}
