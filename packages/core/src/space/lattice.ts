/**
 * The lattice of a parameter: how many values it has, and which number each value has, from 0 in ascending order or in the order of the
 * options. This file alone counts: the codec, grids, searches for values not yet tried, and densities ask here.
 *
 * Value k of a stepped real is the double nearest to the decimal low + k step, where low and step are the decimals that JavaScript prints:
 * with a step of 0.1, three steps from 0 are 0.3 and not 0.30000000000000004.
 */
import type { Int, ParamValue, Plain, Real } from "./param.ts";

/** How many values a parameter has. Infinity for a real without steps between two different bounds. */
export function countValues(param: Plain): number {
  switch (param.kind) {
    case "choice":
      return param.options.length;
    case "int":
      return Math.floor((param.high - param.low) / (param.step ?? 1)) + 1;
    case "real":
      return param.low === param.high ? 1 : param.step === undefined ? Infinity : stepsOf(param).count;
  }
}

/** The value with this number, a whole one from 0 to `countValues(param)` - 1. */
export function valueAt(param: Int | Real, index: number): number;
export function valueAt(param: Plain, index: number): ParamValue;
export function valueAt(param: Plain, index: number): ParamValue {
  switch (param.kind) {
    case "choice":
      return param.options[index]!;
    case "int":
      return param.low + (param.step ?? 1) * index;
    case "real":
      return index === 0 || param.step === undefined ? param.low : Math.min(param.high, stepsOf(param).at(index));
  }
}

/**
 * The number of a value. The value of a real need not be exact: the nearest one counts. -1 for a value that is not an option of a choice.
 */
export function indexOfValue(param: Plain, value: ParamValue): number {
  if (param.kind === "choice") return param.options.indexOf(value);
  const steps = Math.round(((value as number) - param.low) / (param.step ?? 1));
  if (param.kind === "int") return steps;
  const last = countValues(param) - 1;
  const distance = (index: number): number => Math.abs(valueAt(param, index) - (value as number));
  let nearest = Math.min(Math.max(steps, 0), last);
  // Where steps are hardly wider than the spacing of doubles, the quotient may be off by one.
  for (const other of [nearest - 1, nearest + 1]) if (other >= 0 && other <= last && distance(other) < distance(nearest)) nearest = other;
  return nearest;
}

/**
 * The parameter's own value that `value` stands for; undefined where there is none. On a stepped real it may be off by a billionth of the
 * step, or by the last digit of a double: 3 * 0.1 stands for 0.3. Whole numbers and options have to be exact. -0 stands for 0.
 */
export function ownValueOf(param: Plain, value: unknown): ParamValue | undefined {
  if (param.kind === "choice") return param.options[param.options.indexOf(value as ParamValue)];
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  if (param.kind === "real" && param.step !== undefined) {
    const own = valueAt(param, indexOfValue(param, value));
    return Math.abs(own - value) <= Math.max(1e-9 * param.step, finestStep(param)) ? own : undefined;
  }
  if (!(value >= param.low && value <= param.high)) return undefined;
  if (param.kind === "int" && (!Number.isInteger(value) || (value - param.low) % (param.step ?? 1) !== 0)) return undefined;
  return value + 0;
}

/** Whether `value` stands for one of the values of a parameter. */
export function isValueOf(param: Plain, value: unknown): boolean {
  return ownValueOf(param, value) !== undefined;
}

/** The finest step that leaves neighbouring values different doubles: at least their spacing at the bound that is farther from 0. */
export function finestStep({ low, high }: Real): number {
  return Number.EPSILON * Math.max(Math.abs(low), Math.abs(high));
}

/** How many values lie within the bounds, and the one with each number, which may lie a rounding error above them. */
type Steps = { readonly count: number; readonly at: (index: number) => number };

const known = new WeakMap<Real, Steps>();

function stepsOf(param: Real): Steps {
  const steps = known.get(param) ?? readSteps(param);
  known.set(param, steps);
  return steps;
}

function readSteps({ low: first, high, step: by = 1 }: Real): Steps {
  const decimals = [first, by, high].map(readDecimal);
  const exponent = Math.min(...decimals.map((decimal) => decimal.exponent));
  const [low, step, last] = decimals.map(({ digits, exponent: own }) => BigInt(digits + "0".repeat(own - exponent))) as [
    bigint,
    bigint,
    bigint,
  ];
  const count = Number((last - low) / step) + 1;
  const at = isExact([low, last, last - low + step], exponent)
    ? quickly(Number(low), Number(step), exponent)
    : (index: number) => Number(`${low + BigInt(index) * step}e${exponent}`);
  // 11 steps of 1 / 11 end at 1, although the decimal that is printed for 1 / 11 is rounded up.
  return { count: at(count) - high <= 1e-9 * by ? count + 1 : count, at };
}

/** Whether doubles hold these numbers and the power of ten. */
function isExact(numbers: readonly bigint[], exponent: number): boolean {
  return Math.abs(exponent) <= 22 && numbers.every((one) => Number.isSafeInteger(Number(one)));
}

/** (low + index step) 10^exponent, where doubles hold everything but the result: so that is rounded once. */
function quickly(low: number, step: number, exponent: number): (index: number) => number {
  const power = Number(`1e${Math.abs(exponent)}`);
  return (index) => (exponent < 0 ? (low + index * step) / power : (low + index * step) * power);
}

/** The decimal that JavaScript prints for a number: the shortest one that no other double is nearer to. */
function readDecimal(value: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa, power] = value.toExponential().split("e");
  const [whole, fraction = ""] = mantissa!.split(".");
  return { digits: whole! + fraction, exponent: Number(power) - fraction.length };
}
