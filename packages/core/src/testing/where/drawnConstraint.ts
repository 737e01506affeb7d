/** A drawn constraint with its oracle, and what the forms share. */
import { type Config, type Plain, plainOf } from "../../space/param.ts";
import type { ParameterConstraint } from "../../space/where/constraint.ts";
import type { Fulfilment } from "./fulfilment.ts";
import type { WitnessedSpace } from "./witnessed.ts";

/** A constraint, and the same in plain code. `equality`: how it equates real or whole numbers, if it does. */
export type DrawnConstraint = {
  readonly constraint: ParameterConstraint;
  readonly verdict: (config: Config) => Fulfilment;
  readonly equality: "linear" | "other" | null;
};

export function paramsOf({ space }: WitnessedSpace): ReadonlyMap<string, Plain> {
  return new Map(space.params.map(([name, param]) => [name, plainOf(param)]));
}

export function isNumeric(param: Plain): boolean {
  return param.kind !== "choice" || param.options.every((option) => typeof option === "number");
}

/** A constraint holds while one of its parameters is inactive. */
export function whileActive(names: readonly string[], verdict: (config: Config) => Fulfilment): (config: Config) => Fulfilment {
  return (config) => (names.every((name) => Object.hasOwn(config, name)) ? verdict(config) : true);
}

export function numericNames(given: WitnessedSpace): readonly string[] {
  return [...paramsOf(given)].filter(([, param]) => isNumeric(param)).map(([name]) => name);
}
