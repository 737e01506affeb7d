/** The strategy that the laws examine, and what they draw for it: problems that it serves, seeds and scripts. */
import fc from "fast-check";
import type { Dependence } from "../../contract/card.ts";
import type { Problem } from "../../contract/problem.ts";
import type { Strategy } from "../../contract/strategy.ts";
import { anything } from "../../read/decode.ts";
import { optionReader } from "../../read/record.ts";
import type { Space } from "../../space/param.ts";
import type { Cast } from "../play.ts";
import { type Law, lawOf, type PropertyOptions } from "../property.ts";
import { type Script, scripts } from "../script.ts";
import { problems, spaces } from "../spaces.ts";
import type { LawName } from "./names.ts";

export type LawOptions = PropertyOptions & {
  /** What trials may depend on. `order`, which promises nothing, by default. */
  readonly dependsOn?: Dependence;
  /** Whether another seed gives other points. false, which promises nothing, by default. */
  readonly random?: boolean;
  /** Whether it may leave its best trial below the highest fidelity even at the end, as PASHA does. false by default. */
  readonly stopsShort?: boolean;
  /** The spaces of the problems that are drawn. By default all that the strategy takes. Pass small ones for an expensive strategy. */
  readonly spaces?: fc.Arbitrary<Space>;
};

/** One file next to this one makes each law of it. */
export type LawMaker = (subject: Subject) => Law;

export type Subject = {
  readonly create: () => Strategy;
  readonly can: Strategy["can"];
  readonly options: LawOptions;
  readonly problem: fc.Arbitrary<Problem>;
  readonly seed: fc.Arbitrary<number>;
  /** A problem, a seed, and a script of up to 60 steps. */
  readonly scripted: fc.Arbitrary<[Problem, number, Script]>;
  /** `cases` is how many are drawn where `runs` is 1. */
  readonly law: <T>(law: LawName, cases: number, arbitrary: fc.Arbitrary<T>, check: (value: T) => void) => Law;
  /** Who plays: this strategy, or the wrapped one of `strategy`. */
  readonly cast: (problem: Problem, seed: number, strategy?: () => Strategy) => Cast;
};

export const readLawOptions: (given: LawOptions) => LawOptions = optionReader<LawOptions>("the laws", {
  runs: anything,
  seed: anything,
  reproduce: anything,
  dependsOn: anything,
  random: anything,
  stopsShort: anything,
  spaces: anything,
});

export function subjectOf(name: string, create: () => Strategy, options: LawOptions): Subject {
  const { can } = create();
  const problem = problems(can, options.spaces ?? spaces({ conditional: can.conditional }));
  const seed = fc.nat({ max: 1000 });
  return {
    create,
    can,
    options,
    problem,
    seed,
    scripted: fc.tuple(problem, seed, scripts(60)),
    law: (law, cases, arbitrary, check) => lawOf({ strategy: name, law, cases, options }, arbitrary, check),
    cast: (one, key, strategy = create) => ({ problem: one, seed: key, create: strategy }),
  };
}
