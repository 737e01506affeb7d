/**
 * Where the acquisition is looked at first: scrambled Sobol points over the whole cube, perturbations of the best points at many scales, and points of
 * a box around the incumbent that is wide where the model is smooth. Global points alone starve the neighbourhood of the incumbent.
 */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { exp, log } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";
import { levelsOf } from "./levels.ts";
import { spread } from "./spread.ts";

/** A box of the unit cube. */
export type Box = { readonly lower: Float64Array; readonly upper: Float64Array };

export function unitCube(d: number): Box {
  return { lower: new Float64Array(d), upper: new Float64Array(d).fill(1) };
}

/**
 * A box around `centre`, its sides in proportion to the lengthscales and `side` in the geometric mean (Eriksson et al., NeurIPS 2019, section 2).
 * Choices have no neighbourhood: all their options are in it.
 */
export function boxAround(features: Features, centre: Float64Array, logLengthscales: readonly number[], side: number): Box {
  const d = centre.length;
  const middle = logLengthscales.reduce((sum, one) => sum + one / d, 0);
  const half = logLengthscales.map((one, axis) => (isChoice(features, axis) ? 1 : 0.5 * Math.min(1, side * exp(one - middle))));
  return {
    lower: centre.map((at, axis) => Math.max(0, at - half[axis]!)),
    upper: centre.map((at, axis) => Math.min(1, at + half[axis]!)),
  };
}

/**
 * `count` canonical points of `box`, row-major count x d: a half spread over it, 3/8 around the `elite` (best first), 1/8 near the best of them,
 * with its choices.
 */
export function candidates(
  features: Features,
  count: number,
  box: Box,
  elite: readonly Float64Array[],
  logLengthscales: readonly number[],
  key: Key,
): Float64Array {
  const d = features.axes.length;
  const points = new Float64Array(count * d);
  const near = elite.length === 0 ? 0 : Math.floor(count / 8);
  const moved = elite.length === 0 ? 0 : Math.floor((3 * count) / 8);
  const even = count - near - moved;
  const row = (index: number): Float64Array => points.subarray(index * d, (index + 1) * d);
  const fillBox = (from: number, rows: number, { lower, upper }: Box, purpose: string): void => {
    const target = points.subarray(from * d, (from + rows) * d);
    spread(d, derive(key, purpose)).fill(rows, target);
    for (let at = 0; at < target.length; at += 1) {
      const axis = at % d;
      target[at] = lower[axis]! + target[at]! * (upper[axis]! - lower[axis]!);
    }
  };
  fillBox(0, even, box, "even");
  const move = mover(features, box, derive(key, "moved"));
  for (let index = 0; index < moved; index += 1) move(elite[index % elite.length]!, row(even + index));
  if (near > 0) {
    const around = boxAround(features, elite[0]!, logLengthscales, 0.2);
    const inside = {
      lower: around.lower.map((at, axis) => clamp(at, box, axis)),
      upper: around.upper.map((at, axis) => clamp(at, box, axis)),
    };
    fillBox(even + moved, near, inside, "near");
    for (let index = even + moved; index < count; index += 1)
      for (let axis = 0; axis < d; axis += 1) if (isChoice(features, axis)) points[index * d + axis] = elite[0]![axis]!;
  }
  if (!features.plain) for (let index = 0; index < count; index += 1) row(index).set(features.canonical(row(index)));
  return points;
}

/**
 * Normal steps of one size, log-uniform over three decades, on every coordinate, or on 20 of many; at least of half a value where values are discrete.
 * Of the choices one or two are drawn anew.
 */
function mover(features: Features, box: Box, key: Key): (centre: Float64Array, out: Float64Array) => void {
  const source = stream(key);
  const d = features.axes.length;
  const halves = features.axes.map(({ param }) => 0.5 / (levelsOf(param)?.count ?? Infinity));
  const choices = halves.filter((_, axis) => isChoice(features, axis)).length;
  return (centre, out) => {
    const size = exp(log(smallest) + source.uniform() * log(largest / smallest));
    const share = Math.min(1, 20 / d);
    const sure = source.integer(d);
    for (let axis = 0; axis < d; axis += 1) {
      const chosen = source.uniform();
      const step = source.normal();
      const fresh = source.uniform();
      if (isChoice(features, axis)) out[axis] = chosen < Math.min(0.5, 1.5 / choices) ? fresh : centre[axis]!;
      else if (axis === sure || chosen < share) out[axis] = clamp(centre[axis]! + Math.max(size, halves[axis]!) * step, box, axis);
      else out[axis] = centre[axis]!;
    }
  };
}

function isChoice({ axes }: Features, axis: number): boolean {
  return axes[axis]!.param.kind === "choice";
}

function clamp(at: number, { lower, upper }: Box, axis: number): number {
  return Math.min(upper[axis]!, Math.max(lower[axis]!, at));
}

const smallest = 3e-4;
const largest = 0.3;
