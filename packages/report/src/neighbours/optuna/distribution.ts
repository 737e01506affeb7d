/**
 * Optuna's distributions, one per parameter of a trial, as JSON text: `{"name":"FloatDistribution","attributes":{"step":null,"low":0,…}}`
 * (optuna/distributions.py). A value is stored as a number: the index of a choice, otherwise the value.
 */
import { countValues, type Int, type Json, type ParamValue, type Plain, type Real, valueAt } from "@caviar-hpo/core";
import { writePythonJson } from "./pythonJson.ts";

/** The distribution of a parameter, as text. */
export function distributionText(param: Plain): string {
  const [name, attributes] = distributionOf(param);
  return writePythonJson({ name, attributes });
}

/** The number by which Optuna stores a value. */
export function internalValue(param: Plain, value: ParamValue): number {
  return param.kind === "choice" ? param.options.indexOf(value) : (value as number);
}

/** Whether Optuna has the scale of this parameter. A real on another scale is written as a linear range. */
export function hasScale({ scale }: Int | Real): boolean {
  return scale === "linear" || scale === "log";
}

function distributionOf(param: Plain): readonly [name: string, attributes: Json] {
  switch (param.kind) {
    case "real":
      return ["FloatDistribution", floatAttributes(param)];
    case "int":
      return ["IntDistribution", { log: param.scale === "log", step: param.step ?? 1, low: param.low, high: lastOf(param) }];
    case "choice":
      return ["CategoricalDistribution", { choices: choicesOf(param.options) }];
  }
}

/**
 * Optuna replaces an upper bound that is no whole number of steps above the lower one, so the upper bound is the last step. It takes a
 * value for one on a step if their quotient is within 1e-8 of a whole number. If rounding could miss that, no step is written.
 */
function floatAttributes(param: Real): Json {
  const { low, high, step } = param;
  const log = param.scale === "log";
  const last =
    step === undefined || Math.max(Math.abs(low), Math.abs(high)) > 1e7 * step ? null : lastStep(low, step, countValues(param) - 1);
  return last === null ? { step: null, low, high, log } : { step: step!, low, high: last, log };
}

function lastOf(param: Int): number {
  return valueAt(param, countValues(param) - 1);
}

/** Python compares true with 1 as equal. Options that would be equal there are written as texts, all of them. */
function choicesOf(options: readonly ParamValue[]): readonly ParamValue[] {
  const equal = (option: number): boolean => options.includes(option) && options.includes(option === 1);
  return equal(0) || equal(1) ? options.map(String) : options;
}

/** low + steps * step in the decimals that JavaScript and Python print. null if a double does not print as this decimal. */
function lastStep(low: number, step: number, steps: number): number | null {
  const decimals = [readDecimal(low), readDecimal(step)] as const;
  const exponent = Math.min(decimals[0].exponent, decimals[1].exponent);
  const [first, by] = decimals.map((decimal) => wholeOf(decimal, exponent)) as [bigint, bigint];
  const exact = first + BigInt(steps) * by;
  const last = Number(`${exact}e${exponent}`);
  const printed = readDecimal(last);
  return printed.exponent >= exponent && wholeOf(printed, exponent) === exact ? last : null;
}

type Decimal = { readonly digits: string; readonly exponent: number };

function wholeOf({ digits, exponent }: Decimal, unit: number): bigint {
  return BigInt(digits + "0".repeat(exponent - unit));
}

function readDecimal(value: number): Decimal {
  const [mantissa, power] = value.toExponential().split("e");
  const [whole, fraction = ""] = mantissa!.split(".");
  return { digits: whole! + fraction, exponent: Number(power) - fraction.length };
}
