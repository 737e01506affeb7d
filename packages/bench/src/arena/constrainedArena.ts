/** An arena whose parameters keep the constraints that a plan adds to its problem. */
import { ConfigError, constrain, type Fault, feasibleSetOf, type Space, SpaceError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { Arena } from "./arena.ts";
import { type ConstrainedSpec, initialDesign } from "./arenaSpec.ts";

/** @throws ConfigError for constraints that do not fit the parameters, or that leave nothing. */
export function constrainedArena(arena: Arena, spec: ConstrainedSpec): Arena {
  const space = constrainedSpace(arena.problem.space, spec);
  const where = feasibleSetOf(space)!.rules.map(({ text }) => text);
  return {
    ...arena,
    facts: { ...arena.facts, ...optimumOf(arena.facts, spec), where },
    problem: { ...arena.problem, space },
    initial: initialDesign(spec, space),
  };
}

function optimumOf({ measure }: Arena["facts"], { problem, constrained: { minimum } }: ConstrainedSpec): Partial<Arena["facts"]> {
  if (minimum === undefined) return measure === undefined ? { optimumIsBound: true } : {};
  if (measure === undefined) return { optimum: minimum };
  return refuse(problem, {
    what: "minimum",
    expected: "none, because the report shows values and not regrets",
    got: `${minimum}`,
    remedy: "Leave it out.",
  });
}

function constrainedSpace(free: Space, { problem, constrained }: ConstrainedSpec): Space {
  try {
    const space = constrain(free, constrained.where);
    feasibleSetOf(space)!.prepare();
    return space;
  } catch (error) {
    if (!(error instanceof SpaceError)) throw error;
    return refuse(problem, error);
  }
}

function refuse(problem: string, { what, expected, got, remedy }: Omit<Fault, "code">): never {
  throw new ConfigError({ code: "badPlan", what: `plan.problems, ${show(problem)}, ${what}`, expected, got, remedy });
}
