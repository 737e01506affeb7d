/** The options of a study, and the problem that they state. */
import {
  ConfigError,
  createSpace,
  type Event,
  type GivenFidelity,
  isSpace,
  type Objective,
  type OnNotice,
  type Problem,
  type Shape,
  type Space,
} from "@caviar-hpo/core";
import { readProblem } from "@caviar-hpo/core/contract";
import { anything, boolean, func, oneOf, optionReader, withMethods } from "@caviar-hpo/core/read";
import type { Checkpoints } from "./checkpoints.ts";

/** Everything about a study but its strategy. */
export type StudySettings<S extends Shape, M = unknown> = {
  /** Parameters by name; or a space, for instance one that `constrain` has made. */
  readonly space: S | Space;
  /** For one objective; `objectives` names several. Minimise by default. */
  readonly goal?: "minimize" | "maximize";
  /** By default one objective with the name `value`, and with `goal`. */
  readonly objectives?: readonly Objective[];
  /** Names of what must be at most 0; none by default. */
  readonly constraints?: readonly string[];
  /** How far a trial can be trained. Strategies such as `hyperband` decide how far it is. By default each trial is trained once. */
  readonly fidelity?: GivenFidelity;
  /** Whether a paused trial can continue from a checkpoint. Default: true if `checkpoints` are given, otherwise false. */
  readonly resumable?: boolean;
  /**
   * Where `save` puts checkpoints, and `load` finds them: a `Map` will do, and is the default. One that outlives the process lets a
   * replayed study continue from them.
   */
  readonly checkpoints?: Checkpoints<M>;
  /** 0 by default: the same program gives the same study. */
  readonly seed?: string | number;
  /**
   * The log of an earlier run: it is replayed and verified, and the study continues. A log that Caviar 0.1 wrote of a problem to maximise
   * has to pass through `upgradeLog` of @caviar-hpo/core before: it holds the negatives of the values. None by default.
   */
  readonly events?: readonly Event[];
  /** Called with each new event. Append the event to a log, so that the study can continue after a crash. */
  readonly onEvent?: (event: Event) => void;
  /**
   * Called once in the life of the study for each thing that its user should know although nothing failed, for instance that a synchronous
   * objective cannot time out. Notices are stored in no log and decide nothing.
   */
  readonly onNotice?: OnNotice;
};

type GivenOptions = StudySettings<Shape> & { readonly strategy?: unknown };

export const readStudyOptions: (given: GivenOptions) => GivenOptions = optionReader<GivenOptions>("createStudy", {
  space: anything,
  goal: oneOf("minimize", "maximize"),
  objectives: anything,
  constraints: anything,
  fidelity: anything,
  resumable: boolean,
  checkpoints: withMethods("get", "set", "delete"),
  seed: anything,
  strategy: anything,
  events: anything,
  onEvent: func,
  onNotice: func,
});

export function problemOf({ space, goal, objectives, constraints = [], fidelity, checkpoints, resumable }: StudySettings<Shape>): Problem {
  if (goal !== undefined && objectives !== undefined) {
    throw new ConfigError({
      code: "badGoal",
      what: "study",
      expected: "goal or objectives",
      got: "both",
      remedy: "Say each goal in objectives.",
    });
  }
  return readProblem({
    space: isSpace(space) ? space : createSpace(space),
    objectives: objectives ?? [{ name: "value", goal: goal ?? "minimize" }],
    constraints,
    fidelity: fidelity ?? null,
    resumable: resumable ?? checkpoints !== undefined,
  });
}
