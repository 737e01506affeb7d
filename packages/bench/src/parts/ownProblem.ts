/** A problem from outside: what a module exports, or what a plan says of a program. */
import { CaviarError, type Config, ConfigError, isPromise, type Json, type Space } from "@caviar-hpo/core";
import { anything, configRoot, type Decoder, func, object } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { decodeProblem } from "@caviar-hpo/core/wire";
import { checkSettings, goal, optionalSettings, type ProblemSettings } from "../plan/planProblem.ts";
import type { ClosedPart, ProblemPart } from "./part.ts";
import { exportOf, type PartsAtHand } from "./partsAtHand.ts";
import { noAnswer, startProgram } from "./wire.ts";

/** A problem whose settings have been read. */
export type OwnProblem = Omit<ProblemSettings, "space" | "where"> & {
  readonly space: Space;
  /** Where it comes from, as the plan writes it. */
  readonly source: string;
  /** Starts the evaluations of one run. */
  open(): Evaluator;
};

/** Evaluates configurations. A value that is not finite means that the evaluation failed. */
export type Evaluator = { evaluate(config: Config): number; close(): void };

/**
 * @param title how errors call it, for instance `problem "mine"`.
 * @throws ConfigError for settings that are wrong.
 */
export function ownProblem(part: Exclude<ProblemPart, ClosedPart>, title: string, parts: PartsAtHand): OwnProblem {
  if (part.kind === "command") {
    const { command, timeoutSeconds } = part;
    const open = (): Evaluator => {
      const program = startProgram(title, part);
      const ask = (config: Config): string => program.ask(JSON.stringify(config), timeoutSeconds);
      return { evaluate: (config) => valueIn(title, ask(config)), close: program.close };
    };
    return { ...settingsOf(part.settings, title), source: `the command ${command.join(" ")}`, open };
  }
  const { evaluate, ...settings } = readModule(exportOf(part, parts), configRoot(title, "badProblem"));
  const open = (): Evaluator => ({ evaluate: (config) => valueReturned(title, evaluate({ ...config })), close: () => {} });
  return { ...settingsOf(settings as ProblemSettings, title), source: `the module ${part.text}`, open };
}

const readModule = object(
  { space: anything, goal, evaluate: func<(config: Config) => unknown> },
  optionalSettings,
) satisfies Decoder<unknown>;

function settingsOf(settings: ProblemSettings, title: string): Omit<OwnProblem, "source" | "open"> {
  checkSettings(settings, configRoot(title, "badProblem"));
  const { space, where = [], ...rest } = settings;
  return { ...rest, space: spaceOf(space, where, title) };
}

/** A space that `createSpace` has made, the parameters by their names, or the list of the wire. */
function spaceOf(given: unknown, where: readonly Json[], title: string): Space {
  try {
    const { params, where: kept = [] } = Object(given) as Partial<Space>;
    const rules = [...kept, ...where];
    const list = Array.isArray(given) ? given : wireList(Array.isArray(params) ? params : entriesOf(given));
    return decodeProblem({ space: list, ...(rules.length > 0 && { where: rules }) }, title).space;
  } catch (error) {
    if (!(error instanceof CaviarError)) throw error;
    const { code, what, expected, got, remedy } = error;
    throw new ConfigError({ code, what: what.startsWith(title) ? what : `${title}, ${what}`, expected, got, remedy });
  }
}

function wireList(pairs: readonly (readonly [name: string, param: object])[]): readonly object[] {
  return pairs.map(([name, param]) => ({ name, ...param }));
}

/** JavaScript puts names that look like numbers first, and the order of the parameters matters. */
function entriesOf(given: unknown): readonly (readonly [name: string, param: object])[] {
  const entries = Object.entries(Object(given) as { readonly [name: string]: object });
  const number = entries.find(([name]) => /^\d+$/.test(name));
  if (number === undefined) return entries;
  throw new ConfigError({
    code: "badSpace",
    what: "space",
    expected: "names that do not look like numbers",
    got: show(number[0]),
    remedy: "Write the parameters as a list of objects with the key name.",
  });
}

function valueReturned(title: string, value: unknown): number {
  if (typeof value === "number") return value;
  return refuseValue(title, isPromise(value) ? "a promise. Write evaluate without async" : show(value));
}

/** The value in a line that a program has printed; null stands for an evaluation that failed. */
function valueIn(title: string, line: string): number {
  const value = jsonIn(line);
  if (value === null) return NaN;
  return typeof value === "number" ? value : refuseValue(title, show(line));
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function refuseValue(title: string, got: string): never {
  return noAnswer(title, "evaluate", "a number", got);
}
