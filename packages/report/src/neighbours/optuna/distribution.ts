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

/** Optuna replaces an upper bound that is no whole number of steps above the lower one, so the last value is written as the upper bound. */
function floatAttributes(param: Real): Json {
  const { low, step } = param;
  const high = step === undefined ? param.high : lastOf(param);
  const keepsStep = step !== undefined && isWholeNumberOfSteps(low, high, step);
  return { step: keepsStep ? step : null, low, high, log: param.scale === "log" };
}

function lastOf(param: Int | Real): number {
  return valueAt(param, countValues(param) - 1);
}

/** Python compares true with 1 as equal. Options that would be equal there are written as texts, all of them. */
function choicesOf(options: readonly ParamValue[]): readonly ParamValue[] {
  const equal = (option: number): boolean => options.includes(option) && options.includes(option === 1);
  return equal(0) || equal(1) ? options.map(String) : options;
}

/** Counted in the decimals that JavaScript and Python print, as Optuna does. */
function isWholeNumberOfSteps(low: number, high: number, step: number): boolean {
  const decimals = [low, high, step].map(readDecimal);
  const exponent = Math.min(...decimals.map((decimal) => decimal.exponent));
  const [first, last, by] = decimals.map(({ digits, exponent: own }) => BigInt(digits + "0".repeat(own - exponent))) as [
    bigint,
    bigint,
    bigint,
  ];
  return (last - first) % by === 0n;
}

function readDecimal(value: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa, power] = value.toExponential().split("e");
  const [whole, fraction = ""] = mantissa!.split(".");
  return { digits: whole! + fraction, exponent: Number(power) - fraction.length };
}
