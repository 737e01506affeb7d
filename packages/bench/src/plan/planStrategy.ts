/** A strategy in a plan: one that Caviar has, one from a module, or a program that speaks the wire format. */
import { limits, type StrategyOptions } from "@caviar-hpo/core";
import { type Decoder, hasKey, keyed, map, named, object, reject, scalar, typed, union, whole } from "@caviar-hpo/core/read";
import { command, fileNameOf, inherit, moduleText, timeoutSeconds, usualTimeoutSeconds, words } from "./planPart.ts";

export type PlanStrategy = NamedStrategy | ModuleStrategy | ProgramStrategy;

type Compared = {
  /** Unique in the plan. */
  readonly label: string;
  /** Options by name. The value "budget" stands for the number of trials that the strategy may place itself. */
  readonly options: StrategyOptions;
  /** How many evaluations, or how much resource, it may spend for each counted unit. */
  readonly evaluationsPerStep: number;
};

/** A strategy that Caviar has, or a peer such as "peer:optuna-gp". */
export type NamedStrategy = Compared & {
  readonly name: string;
  /** Only of a peer: how long it may take for each answer. */
  readonly timeoutSeconds?: number;
};

/** An export of a module. */
export type ModuleStrategy = Compared & {
  /** "./my-sampler.mjs#card": a path from the plan's folder, and the name of the export. Without a name, it is the default export. */
  readonly module: string;
};

/** A strategy of a program that answers the wire format on its standard input and output. */
export type ProgramStrategy = Compared & {
  readonly command: readonly string[];
  /** The name of the strategy in the program. */
  readonly name: string;
  /** How long it may take for each answer. */
  readonly timeoutSeconds: number;
  /** Environment variables that the program gets besides the usual ones. */
  readonly inherit: readonly string[];
};

/** The peers of Caviar have names that begin like this. */
export const peerPrefix = "peer:";

export function isPeer(strategy: PlanStrategy): boolean {
  return !hasKey(strategy, "command") && nameOf(strategy)?.startsWith(peerPrefix) === true;
}

/** The name of a strategy; that of a module is known only once the module is loaded. */
export function nameOf(strategy: PlanStrategy): string | null {
  return hasKey(strategy, "name") ? strategy.name : null;
}

const compared = { label: words, options: named(scalar, limits.params), evaluationsPerStep: whole(1, 1000) };

const namedStrategy: Decoder<NamedStrategy> = map(
  object({ name: words }, { ...compared, timeoutSeconds }),
  ({ name, label = name.replace(peerPrefix, ""), options = {}, evaluationsPerStep = 1, ...given }, path) => {
    const strategy = { name, label, options, evaluationsPerStep };
    if (isPeer(strategy)) return { ...strategy, timeoutSeconds: given.timeoutSeconds ?? usualTimeoutSeconds };
    return given.timeoutSeconds === undefined
      ? strategy
      : reject(path, "timeoutSeconds of a peer or a command only", strategy.name, "Leave it out.");
  },
);

const moduleStrategy: Decoder<ModuleStrategy> = map(
  object({ module: moduleText }, compared),
  ({ module, label = fileNameOf(module), options = {}, evaluationsPerStep = 1 }) => ({ module, label, options, evaluationsPerStep }),
);

const programStrategy: Decoder<ProgramStrategy> = map(
  object({ command, name: words }, { ...compared, timeoutSeconds, inherit }),
  ({ command: program, name, label = name, options = {}, evaluationsPerStep = 1, ...given }) => ({
    command: program,
    name,
    label,
    options,
    evaluationsPerStep,
    timeoutSeconds: given.timeoutSeconds ?? usualTimeoutSeconds,
    inherit: given.inherit ?? [],
  }),
);

export const planStrategy: Decoder<PlanStrategy> = union(
  "an object with a name, a module, or a command and a name",
  keyed("module", moduleStrategy),
  keyed("command", programStrategy),
  typed("object", namedStrategy),
);
