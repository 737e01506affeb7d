/**
 * The distribution that a parameter's scale gives to its values: uniform in the scale's coordinate for reals, a probability for each value
 * of the others. `uniformOf` turns values of either sort into uniform numbers.
 */
import { log } from "@caviar-hpo/numerics";
import type { Stream } from "../../random/stream.ts";
import { countValues } from "../../space/lattice.ts";
import type { Choice, Int, ParamValue, Plain, Real } from "../../space/param.ts";
import { intAt, realAt, realToUnit } from "../../space/scale.ts";

/** A real: `below` is the distribution function. */
export type Continuous = {
  readonly kind: "continuous";
  readonly below: (value: ParamValue) => number;
  readonly valueAt: (p: number) => ParamValue;
};
/** `cells` values in order: `below` is the probability of the first `cell` of them, 0 at 0 and 1 at `cells`. */
export type Discrete = {
  readonly kind: "discrete";
  readonly cells: number;
  readonly cellOf: (value: ParamValue) => number;
  readonly below: (cell: number) => number;
  readonly valueAt: (cell: number) => ParamValue;
};
export type ScaleDistribution = Continuous | Discrete;

/** Null where there is nothing to test: one value only, or a real whose range has too few doubles for a continuous distribution. */
export function distributionOf(param: Plain): ScaleDistribution | null {
  const distribution = param.kind === "real" && param.step === undefined ? continuous(param) : discrete(param);
  if (distribution === null || (distribution.kind === "discrete" && distribution.cells < 2)) return null;
  return distribution;
}

/**
 * The randomised probability integral transform: uniform on [0, 1) if `value` has the distribution. A discrete value becomes a number drawn
 * from the interval that belongs to it (L. Rueschendorf, "On the distributional transform, Sklar's theorem, and the empirical copula
 * process", Journal of Statistical Planning and Inference 139, 2009).
 */
export function uniformOf(distribution: ScaleDistribution, value: ParamValue, source: Stream): number {
  if (distribution.kind === "continuous") return distribution.below(value);
  const cell = distribution.cellOf(value);
  const [low, high] = [distribution.below(cell), distribution.below(cell + 1)];
  return low + (high - low) * source.uniform();
}

function continuous(param: Real): Continuous | null {
  const below = (value: ParamValue): number => realToUnit(param, value as number);
  const coarse = Array.from({ length: 65 }, (_, index) => index / 64).some((p) => Math.abs(below(realAt(param, p)) - p) > 1e-6);
  return param.low === param.high || coarse ? null : { kind: "continuous", below, valueAt: (p) => realAt(param, p) };
}

function discrete(param: Plain): Discrete | null {
  if (param.kind === "choice") return options(param);
  return param.kind === "int" && param.scale === "log" ? logInts(param) : evenSteps(param);
}

function options({ options }: Choice): Discrete {
  const cells = options.length;
  return {
    kind: "discrete",
    cells,
    cellOf: (value) => options.indexOf(value),
    below: (cell) => cell / cells,
    valueAt: (cell) => options[cell]!,
  };
}

/** P(k) = ln((k + 1) / k) / ln((high + 1) / low). */
function logInts(param: Int): Discrete {
  const { low, high } = param;
  const cells = high - low + 1;
  const all = log((high + 1) / low);
  return {
    kind: "discrete",
    cells,
    cellOf: (value) => (value as number) - low,
    below: (cell) => (cell === cells ? 1 : log((low + cell) / low) / all),
    valueAt: (cell) => low + cell,
  };
}

function evenSteps(param: Int | Real): Discrete {
  const step = param.step ?? 1;
  const cells = countValues(param);
  return {
    kind: "discrete",
    cells,
    cellOf: (value) => Math.round(((value as number) - param.low) / step),
    below: (cell) => cell / cells,
    valueAt: (cell) => (param.kind === "int" ? intAt(param, (cell + 0.5) / cells) : realAt(param, (cell + 0.5) / cells)),
  };
}
