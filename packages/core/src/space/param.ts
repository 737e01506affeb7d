/**
 * Parameters, of which a search space is made. There are four kinds, as plain data: `real`, `int`, `choice`, and `given`, which makes a
 * parameter of the other kinds conditional on an earlier parameter. `scale.ts` has the laws of the scales.
 */
import { SpaceError } from "../contract/errors.ts";
import type { Json } from "../contract/json.ts";
import { anything, type Decoder, object } from "../read/decode.ts";
import { optionsRoot } from "../read/path.ts";
import type { Beliefs } from "./belief/belief.ts";
import type { ParameterConstraint } from "./where/constraint.ts";

/** Four laws with four names; formulas in `scale.ts`. */
export type RealScale = "linear" | "log" | "mirroredLog" | "oneMinusLog";
export type IntScale = "linear" | "log";

/** A real number in [low, high]; with `step`, one of low, low + step, … (linear scale only). */
export type Real = {
  readonly kind: "real";
  readonly low: number;
  readonly high: number;
  readonly scale: RealScale;
  readonly step?: number;
};
/** A whole number in [low, high]; with `step`, one of low, low + step, … (linear scale only). */
export type Int = { readonly kind: "int"; readonly low: number; readonly high: number; readonly scale: IntScale; readonly step?: number };
/** A value of a parameter in a configuration. */
export type ParamValue = string | number | boolean;
/** One of `options`. `ordered` says whether their order has a meaning. */
export type Choice<V extends ParamValue = ParamValue> = {
  readonly kind: "choice";
  readonly options: readonly V[];
  readonly ordered: boolean;
};
/** A parameter without a condition. */
export type Plain = Real | Int | Choice;
/** `param` exists only while the parameter `parent` is active and has one of `values`. */
export type Given<P extends Plain = Plain> = {
  readonly kind: "given";
  readonly param: P;
  readonly parent: string;
  readonly values: readonly Json[];
};
/** A parameter, with or without a condition. */
export type Param = Plain | Given;

/** Parameters by name. The order of declaration identifies them. */
export type Shape = { readonly [name: string]: Param };
/** Values by name. A conditional parameter that is not active is absent. */
export type Config = { readonly [name: string]: ParamValue };

/**
 * A space as plain data. `params` are in the order of declaration. `dims` is the length of the unit point, with one coordinate per
 * parameter. `where` holds the constraints between parameters; it is empty if there are none. `beliefs` are what the user believes about
 * good values; absent if nothing is believed.
 */
export type Space = {
  readonly params: readonly (readonly [name: string, param: Param])[];
  readonly dims: number;
  readonly where: readonly ParameterConstraint[];
  readonly beliefs?: Beliefs;
};

type ValueOf<P> = P extends Choice<infer V> ? V : P extends Real | Int ? number : never;
type Optional<S extends Shape> = { [N in keyof S]: S[N] extends Given ? N : never }[keyof S];
/** The type of the configurations of a shape. `given` parameters are optional. */
export type ConfigOf<S extends Shape> = { readonly [N in Exclude<keyof S, Optional<S>>]: ValueOf<S[N]> } & {
  readonly [N in Optional<S>]?: S[N] extends Given<infer P> ? ValueOf<P> : never;
};

export type RealOptions = {
  /** "linear" by default. */
  readonly scale?: RealScale;
  /** Above 0; every number of the range by default. */
  readonly step?: number;
};
export type IntOptions = {
  /** "linear" by default. */
  readonly scale?: IntScale;
  /** A whole number above 0; 1 by default. */
  readonly step?: number;
};
export type ChoiceOptions = {
  /** Whether the order of the options has a meaning. false by default. */
  readonly ordered?: boolean;
};

/**
 * A real number from `low` to `high`, both included.
 *
 * @throws SpaceError for an unknown option. `createSpace` checks the values.
 */
export function real(low: number, high: number, options: RealOptions = {}): Real {
  const { scale = "linear", step } = readDetails<RealOptions>("real", scaleAndStep, options);
  return { kind: "real", low, high, scale, ...(step === undefined ? {} : { step }) };
}

/**
 * A whole number from `low` to `high`, both included.
 *
 * @throws SpaceError for an unknown option. `createSpace` checks the values.
 */
export function int(low: number, high: number, options: IntOptions = {}): Int {
  const { scale = "linear", step } = readDetails<IntOptions>("int", scaleAndStep, options);
  return { kind: "int", low, high, scale, ...(step === undefined ? {} : { step }) };
}

/**
 * One of the given options.
 *
 * @throws SpaceError for an unknown detail. `createSpace` checks the options.
 */
export function choice<const V extends ParamValue>(options: readonly V[], details: ChoiceOptions = {}): Choice<V> {
  const { ordered = false } = readDetails<ChoiceOptions>("choice", order, details);
  return { kind: "choice", options, ordered };
}

/** A conditional parameter. In `momentum: given("optimizer", ["sgd"], real(0, 1))`, momentum exists only if the optimizer is sgd. */
export function given<P extends Plain>(parent: string, values: readonly ParamValue[], param: P): Given<P> {
  return { kind: "given", param, parent, values };
}

/** The parameter itself, without its condition. */
export function plainOf(param: Param): Plain {
  return param.kind === "given" ? param.param : param;
}

/** Whether a parameter exists in a configuration that has its parent's value. Parents are declared first. */
export function isActive(param: Param, config: Config): boolean {
  if (param.kind !== "given") return true;
  return Object.hasOwn(config, param.parent) && param.values.includes(config[param.parent]!);
}

/** Only the names are read here: `createSpace` judges the values of every parameter, however it was made. */
function readDetails<T>(kind: string, names: Decoder<object>, details: unknown): T {
  return names(details, { ...optionsRoot(kind), error: SpaceError }) as T;
}

const scaleAndStep = object({}, { scale: anything, step: anything });
const order = object({}, { ordered: anything });
