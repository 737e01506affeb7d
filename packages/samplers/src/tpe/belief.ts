/**
 * A belief as a part of the density of the good trials. Its share is beta / (n + beta) after n trials: at first most candidates come from
 * the belief, and with the trials it fades. Optuna's uniform prior is such a part with a constant weight; HyperMapper multiplies the two
 * densities, with a power that falls as 1/n (A. Souza et al., Bayesian optimization with a prior for the optimum, ECML 2021).
 */
import type { Stream } from "@caviar-hpo/core";
import { type BeliefDensity, type BeliefFactor, drawFactor, logFactor } from "@caviar-hpo/core/contract";
import { exp, log, pow } from "@caviar-hpo/numerics";
import { type DensityAxis, place, snap, unitAt } from "./axis.ts";
import type { Group } from "./groups.ts";
import type { Parzen, Places } from "./parzen.ts";

/** `share`: of the belief in the mixture, below 1. */
export type BelievedShare = { readonly density: BeliefDensity; readonly share: number };

/** The density itself if there is no belief about the group. */
export function withBelief(known: Parzen, { params, axes }: Group, belief: BelievedShare | null): Parzen {
  const parts = belief === null ? [] : belief.density.parts.map((part) => params.map((param) => part[param]!));
  if (belief === null || parts.every((part) => part.every((factor) => factor === null))) return known;
  const { share } = belief;
  return {
    axes,
    sample: (count, source) => {
      const drawn = known.sample(count, source);
      for (let row = 0; row < count; row++) {
        if (source.uniform() >= share) continue;
        const part = parts[source.integer(parts.length)]!;
        axes.forEach((axis, column) => {
          drawn.data[row * axes.length + column] = drawPlace(axis, part[column]!, source);
        });
      }
      return drawn;
    },
    logDensity: (points) => {
      const believed = logBelief(parts, axes, points);
      return known.logDensity(points).map((one, row) => logSum(log(1 - share) + one, log(share) + believed[row]!));
    },
  };
}

function logSum(a: number, b: number): number {
  const top = Math.max(a, b);
  return top === -Infinity ? top : top + log(exp(a - top) + exp(b - top));
}

function logBelief(parts: readonly (readonly BeliefFactor[])[], axes: readonly DensityAxis[], { data, count }: Places): Float64Array {
  return Float64Array.from({ length: count }, (_, row) =>
    parts
      .map((part) =>
        part.reduce((sum, factor, column) => {
          const at = data[row * axes.length + column]!;
          return sum + logFactor(factor, unitAt(axes[column]!, at)) + logUniform(axes[column]!, at);
        }, -log(parts.length)),
      )
      .reduce(logSum),
  );
}

/** ln of what a uniform point has: a density of 1 on an interval, the probability of the value elsewhere. */
function logUniform(axis: DensityAxis, placed: number): number {
  switch (axis.kind) {
    case "interval":
      return 0;
    case "cells":
      return -log(axis.cells);
    case "options":
      return -log(axis.options);
    case "logCells": {
      // The codec's cell of k is [ln k, ln(k + 1)], of which `unitAt` gives the place of k + 1/2.
      const { low, high } = axis;
      const value = low * pow((high + 1) / low, unitAt(axis, placed)) - 0.5;
      return log(log((value + 1) / value) / log((high + 1) / low));
    }
  }
}

function drawPlace(axis: DensityAxis, factor: BeliefFactor, source: Stream): number {
  const unit = drawFactor(factor, source);
  switch (axis.kind) {
    case "interval":
    case "cells":
      return snap(axis, unit);
    case "options":
      return Math.min(axis.options - 1, Math.floor(unit * axis.options));
    case "logCells": {
      const { low, high } = axis;
      return place(axis, unit, Math.min(high, Math.max(low, Math.floor(low * pow((high + 1) / low, unit)))));
    }
  }
}
