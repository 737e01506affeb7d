/**
 * One problem at one seed, as plain data. Every problem and seed make one instance, one initial design and one stream of noise, which all
 * strategies share. Randomness is keyed by the names of problem and seed, so an arena does not depend on what else a plan compares.
 */
import { type Config, derive, type Key, root, type Space, uniformConfig } from "@caviar-hpo/core";
import type { ProblemPart } from "../parts/part.ts";
import type { PlanInstances, PlanNoise } from "../plan/plan.ts";
import { type ConstrainedProblem, labelOf } from "../plan/planProblem.ts";

/** points: a test function; training: a function of several fidelities; task: a network of the testbed; own: a problem from outside. */
export type ArenaSpec = PointArenaSpec | TrainingArenaSpec | TaskArenaSpec | OwnArenaSpec;

export type PointArenaSpec = InstanceSpec & {
  readonly kind: "points";
  readonly instances: PlanInstances;
  /** null for none. */
  readonly noise: PlanNoise | null;
};

export type TrainingArenaSpec = InstanceSpec & { readonly kind: "training"; readonly instances: PlanInstances };

export type TaskArenaSpec = InstanceSpec & { readonly kind: "task" };

export type OwnArenaSpec = InstanceSpec & { readonly kind: "own"; readonly part: ProblemPart };

/** The part of the plan that a problem from outside is. */
export function partOf(spec: ArenaSpec): ProblemPart | null {
  return spec.kind === "own" ? spec.part : null;
}

export type InstanceSpec = {
  /** The problem's name in the plan, with "{seed}" where the instance follows the seed. */
  readonly problem: string;
  /** The id in the catalogue. */
  readonly instanceId: string;
  /** Whether the problem takes another instance at every seed; values are then counted from the instance's optimum. */
  readonly followsSeed: boolean;
  readonly seed: number;
  /** Points of the design that every strategy starts with. */
  readonly initialPoints: number;
  /** Absent where the parameters are free. */
  readonly constrained?: ConstrainedProblem;
};

export type ConstrainedSpec = InstanceSpec & Required<Pick<InstanceSpec, "constrained">>;

export function isConstrained(spec: InstanceSpec): spec is ConstrainedSpec {
  return spec.constrained !== undefined;
}

export function instanceSpec(problem: string | ConstrainedProblem, seed: number, initialPoints: number): InstanceSpec {
  const id = typeof problem === "string" ? problem : problem.id;
  return {
    problem: labelOf(problem),
    instanceId: id.replaceAll("{seed}", String(seed)),
    followsSeed: id.includes("{seed}"),
    seed,
    initialPoints,
    ...(typeof problem !== "string" && { constrained: problem }),
  };
}

/** All randomness that strategies share on a problem and seed is derived from this key. */
export function arenaKey({ problem, seed }: InstanceSpec): Key {
  return derive(root(seed), "problem", problem);
}

/** The design that every strategy starts with: uniform points of the unit cube, or of its feasible part, each with a stream of its own. */
export function initialDesign(spec: InstanceSpec, space: Space): readonly Config[] {
  const key = derive(arenaKey(spec), "initial");
  return Array.from({ length: spec.initialPoints }, (_, index) => uniformConfig(space, derive(key, index)));
}
