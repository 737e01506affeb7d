/**
 * The density of a belief over the unit cube, relative to uniform points: a mixture of products of one factor per parameter. One part of
 * the mixture has the beliefs about parameters, and one part each configuration that is believed to be good.
 */
import { exp, log, normalCdf, normalQuantile } from "@caviar-hpo/numerics";
import type { Stream } from "../../random/stream.ts";
import { decode, toUnit } from "../codec.ts";
import { countValues } from "../lattice.ts";
import { type Config, type Plain, plainOf, type Space } from "../param.ts";
import type { Belief, Beliefs } from "./belief.ts";

/**
 * What is believed about one coordinate: a normal density cut to [0, 1], where it has this share of its mass; or one weight per option,
 * with mean 1; null for uniform.
 */
export type BeliefFactor =
  | { readonly kind: "normal"; readonly mean: number; readonly sd: number; readonly mass: number }
  | { readonly kind: "weights"; readonly weights: readonly number[] }
  | null;

/** Factors by the index of their parameter. */
export type BeliefPart = readonly BeliefFactor[];

export type BeliefDensity = {
  /** At least one. Each has the same share. */
  readonly parts: readonly BeliefPart[];
  /** ln of the density at a point of the unit cube. Parameters that do not exist there count as 0. A given gradient is written. */
  logDensity(unit: Float64Array, gradient?: Float64Array): number;
  /** A point of the unit cube. */
  draw(source: Stream): Float64Array;
};

/** @param beliefs as `believe` has checked them. */
export function densityOf(space: Space, beliefs: Beliefs): BeliefDensity {
  const { params, dims } = space;
  const plains = params.map(([name, param]) => [name, plainOf(param)] as const);
  const parts = [
    ...(beliefs.params === undefined ? [] : [plains.map(([name, param]) => factorOf(param, ownMember(beliefs.params!, name)))]),
    ...(beliefs.configs ?? []).map((config) => plains.map(([name, param]) => nearValue(param, config, name))),
  ];
  const conditional = params.some(([, param]) => param.kind === "given");
  const activeAt = (unit: Float64Array): ((axis: number) => boolean) => {
    if (!conditional) return () => true;
    const config = decode(space, unit);
    return (axis) => Object.hasOwn(config, params[axis]![0]);
  };
  return {
    parts,
    logDensity: (unit, gradient) => logDensity(parts, unit, activeAt(unit), gradient),
    draw: (source) => {
      const part = parts[source.integer(parts.length)]!;
      return Float64Array.from({ length: dims }, (_, axis) => drawFactor(part[axis]!, source));
    },
  };
}

/** A parameter may have the name of a member of Object. */
function ownMember(params: NonNullable<Beliefs["params"]>, name: string): Belief | undefined {
  return Object.hasOwn(params, name) ? params[name] : undefined;
}

/** ln of a factor at a coordinate. */
export function logFactor(factor: BeliefFactor, at: number): number {
  if (factor === null) return 0;
  if (factor.kind === "weights") return log(factor.weights[optionAt(factor.weights, at)]!);
  const z = (at - factor.mean) / factor.sd;
  return -0.5 * z * z - log(factor.sd * factor.mass) - halfLogTwoPi;
}

/** A coordinate, by the factor as a density. */
export function drawFactor(factor: BeliefFactor, source: Stream): number {
  const u = source.uniform();
  if (factor === null) return u;
  if (factor.kind === "weights") {
    const { weights } = factor;
    let left = u * weights.length;
    const option = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    // The weights may sum to a little less than their number.
    return ((option < 0 ? weights.indexOf(Math.max(...weights)) : option) + 0.5) / weights.length;
  }
  const { mean, sd, mass } = factor;
  return Math.min(1, Math.max(0, mean + sd * normalQuantile(normalCdf(-mean / sd) + u * mass)));
}

function optionAt(weights: readonly number[], at: number): number {
  return Math.min(weights.length - 1, Math.floor(at * weights.length));
}

function factorOf(param: Plain, belief: Belief | undefined): BeliefFactor {
  if (belief === undefined) return null;
  if ("near" in belief) return normalFactor(toUnit(param, belief.near), belief.sd ?? usualSd, param);
  const mean = belief.weights.reduce((sum, weight) => sum + weight / belief.weights.length, 0);
  return { kind: "weights", weights: belief.weights.map((weight) => weight / mean) };
}

const usualSd = 0.25;

/** Around a value of a good configuration. A choice without order has it with a high share, and any option with the rest. */
function nearValue(param: Plain, config: Config, name: string): BeliefFactor {
  if (!Object.hasOwn(config, name)) return null;
  const value = config[name]!;
  if (param.kind !== "choice" || param.ordered) return normalFactor(toUnit(param, value), configSd, param);
  const { options } = param;
  return { kind: "weights", weights: options.map((option) => 1 - optionShare + (option === value ? optionShare * options.length : 0)) };
}

const [configSd, optionShare] = [0.1, 0.75];

/** Not narrower than half a value, so that the value itself does not get more than the whole mass. */
function normalFactor(mean: number, least: number, param: Plain): BeliefFactor {
  const sd = Math.max(least, 0.5 / countValues(param));
  // At least a third, because the mean lies inside and the deviation is at most 1.
  return { kind: "normal", mean, sd, mass: normalCdf((1 - mean) / sd) - normalCdf(-mean / sd) };
}

function logDensity(
  parts: readonly BeliefPart[],
  unit: Float64Array,
  isActive: (axis: number) => boolean,
  gradient: Float64Array | undefined,
): number {
  const logs = parts.map((part) => part.reduce((sum, factor, axis) => sum + (isActive(axis) ? logFactor(factor, unit[axis]!) : 0), 0));
  const top = Math.max(...logs);
  gradient?.fill(0);
  if (top === -Infinity) return -Infinity;
  const shares = logs.map((one) => exp(one - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (gradient !== undefined)
    parts.forEach((part, index) => {
      const share = shares[index]! / total;
      part.forEach((factor, axis) => {
        if (factor?.kind === "normal" && isActive(axis)) gradient[axis]! += (share * (factor.mean - unit[axis]!)) / factor.sd / factor.sd;
      });
    });
  return top + log(total / parts.length);
}

const halfLogTwoPi = 0.9189385332046728;
