/**
 * Scales: the laws that carry a unit coordinate p in [0, 1] to a value and back.
 *
 * | law                 | value at p                                   | domain            |
 * |---------------------|----------------------------------------------|-------------------|
 * | linear              | (1 - p) low + p high                         | finite            |
 * | log                 | low (high / low)^p                           | 0 < low           |
 * | mirroredLog         | low + high - low (high / low)^(1 - p)        | 0 < low           |
 * | oneMinusLog         | 1 - (1 - low) ((1 - high) / (1 - low))^p     | 0 <= low, high < 1 |
 * | cells (n of them)   | floor(n p)                                   | n <= 2^53         |
 * | int log             | floor(low ((high + 1) / low)^p)              | 1 <= low          |
 *
 * `oneMinusLog` is the deep-learning course's recipe for momentum: 1 - beta is uniform on a log scale. `mirroredLog` (Vizier's
 * UNIT_REVERSE_LOG_SCALE, KerasTuner's reverse_log) is another law: on [0.9, 0.999] their medians are 0.990 and 0.951. The integer law
 * gives P(k) = ln((k + 1) / k) / ln((high + 1) / low), so that 1 of [1, 8] has probability 0.3155.
 */
import { exp, expm1, log, log1p } from "@caviar-hpo/numerics";
import { countValues, indexOfValue, valueAt } from "./lattice.ts";
import type { Int, Real } from "./param.ts";

/** The value of `param` at p, inside [low, high] for every p in [0, 1]. */
export function realAt(param: Real, p: number): number {
  if (param.step !== undefined) return valueAt(param, cellAt(p, countValues(param)));
  if (p <= 0) return param.low;
  if (p >= 1) return param.high;
  return clamp(law(param, p), param.low, param.high);
}

/** The unit coordinate of a value in [low, high]; 0.5 where the range is a point. */
export function realToUnit(param: Real, value: number): number {
  const { low, high } = param;
  if (param.step !== undefined) return cellToUnit(indexOfValue(param, value), countValues(param));
  if (low === high) return 0.5;
  return clamp(inverseLaw(param, value), 0, 1);
}

export function intAt(param: Int, p: number): number {
  if (param.scale === "linear") return valueAt(param, cellAt(p, countValues(param)));
  return clamp(Math.floor(logLaw(param.low, param.high + 1, p)), param.low, param.high);
}

export function intToUnit(param: Int, value: number): number {
  if (param.scale === "linear") return cellToUnit(indexOfValue(param, value), countValues(param));
  return clamp(inverseLogLaw(param.low, param.high + 1, value + 0.5), 0, 1);
}

/** The cell of p among n cells of equal width. */
export function cellAt(p: number, n: number): number {
  return clamp(Math.floor(p * n), 0, n - 1);
}

/** The middle of a cell; above 2^52 cells, where middles are no longer doubles, the first double that falls into it. */
export function cellToUnit(cell: number, n: number): number {
  const middle = (cell + 0.5) / n;
  if (cellAt(middle, n) === cell) return middle;
  const edge = cell / n;
  return cellAt(edge, n) === cell ? edge : edge + edge * 2.220446049250313e-16;
}

function law(param: Real, p: number): number {
  const { low, high } = param;
  switch (param.scale) {
    case "linear":
      return (1 - p) * low + p * high;
    case "log":
      return logLaw(low, high, p);
    case "mirroredLog":
      return high - (logLaw(low, high, 1 - p) - low);
    case "oneMinusLog":
      return -expm1((1 - p) * log1p(-low) + p * log1p(-high));
  }
}

function inverseLaw(param: Real, value: number): number {
  const { low, high } = param;
  switch (param.scale) {
    case "linear":
      return high - low < Infinity ? (value - low) / (high - low) : (value / 2 - low / 2) / (high / 2 - low / 2);
    case "log":
      return inverseLogLaw(low, high, value);
    case "mirroredLog":
      return 1 - inverseLogLaw(low, high, high - (value - low));
    case "oneMinusLog":
      return (log1p(-value) - log1p(-low)) / (log1p(-high) - log1p(-low));
  }
}

/** low (high / low)^p in the form that loses least: by expm1 for narrow ranges, by a difference of logarithms where the ratio overflows. */
function logLaw(low: number, high: number, p: number): number {
  const ratio = high / low;
  if (ratio < 2) return low + low * expm1(p * log1p((high - low) / low));
  if (ratio < Infinity) return low * exp(p * log(ratio));
  return exp((1 - p) * log(low) + p * log(high));
}

function inverseLogLaw(low: number, high: number, value: number): number {
  const ratio = high / low;
  if (ratio < 2) return log1p((value - low) / low) / log1p((high - low) / low);
  if (ratio < Infinity) return log(value / low) / log(ratio);
  return (log(value) - log(low)) / (log(high) - log(low));
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
