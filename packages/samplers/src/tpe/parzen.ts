/**
 * The Parzen estimator of TPE, Optuna's: a mixture with one product kernel for each observation and a prior kernel (Bergstra, Bardenet,
 * Bengio and Kégl, NeurIPS 2011, section 4; Bergstra, Yamins and Cox, ICML 2013; its parts are compared by Watanabe, arXiv 2304.11127).
 *
 * | symbol | meaning                                                                                              |
 * |--------|------------------------------------------------------------------------------------------------------|
 * | n      | observations; kernels are 0 … n - 1 of these, oldest first, and n, the prior                         |
 * | mu     | centre of a kernel on [0, 1]; of the prior 1/2                                                       |
 * | sigma  | the larger gap to the neighbouring centres (the inner one for the outermost), at least 1 / min(100, n + 2); of the prior 1 |
 * | w      | weight of a kernel: 1 for the latest 25, from 1/n rising to 1 for those before; of the prior 1       |
 *
 * On an interval a kernel is a normal density cut to [0, 1]; over cells it is that density's mass on each; over options it is the observed
 * one mixed with 1 / (n + 1) of every option.
 */
import type { Stream } from "@caviar-hpo/core";
import { exp, log, normalCdf, normalQuantile } from "@caviar-hpo/numerics";
import { cellAround, type DensityAxis, snap } from "./axis.ts";
import { logNormalMass } from "./normalMass.ts";

/** Places are row-major: one row per point, one column per axis. */
export type Places = { readonly data: Float64Array; readonly count: number };

export type Parzen = {
  readonly axes: readonly DensityAxis[];
  /** Independent draws. */
  sample(count: number, source: Stream): Places;
  /** ln of the density of each point: a density on [0, 1] for intervals, a probability for cells and options. */
  logDensity(points: Places): Float64Array;
};

/**
 * `add` adds the logarithms of the kernels' densities at points to a row-major points x kernels matrix. `draw` draws a point of one kernel.
 */
type Column = {
  add(points: Places, axis: number, sums: Float64Array): void;
  draw(kernel: number, source: Stream): number;
};

/** @param observed row-major: one row per point, oldest first, one column per axis. */
export function parzen(axes: readonly DensityAxis[], observed: Places): Parzen {
  const kernels = observed.count + 1;
  const weights = weightsOf(observed.count);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const logWeights = weights.map((weight) => log(weight / total));
  const columns = axes.map((axis, index) => {
    const places = Float64Array.from({ length: observed.count }, (_, row) => observed.data[row * axes.length + index]!);
    return axis.kind === "options" ? optionColumn(axis.options, places) : normalColumn(axis, places);
  });

  return {
    axes,
    sample: (count, source) => {
      const data = new Float64Array(count * axes.length);
      for (let row = 0; row < count; row++) {
        const kernel = pick(weights, source.uniform() * total);
        columns.forEach((column, index) => {
          data[row * axes.length + index] = column.draw(kernel, source);
        });
      }
      return { data, count };
    },
    logDensity: (points) => {
      const sums = new Float64Array(points.count * kernels);
      columns.forEach((column, index) => {
        column.add(points, index, sums);
      });
      return Float64Array.from({ length: points.count }, (_, row) =>
        logSumExp(sums.subarray(row * kernels, (row + 1) * kernels), logWeights),
      );
    },
  };
}

/** The weights of the observations, oldest first, and then that of the prior. */
export function weightsOf(n: number): Float64Array {
  const weights = new Float64Array(n + 1).fill(1);
  const ramp = n - 25;
  for (let index = 0; index < ramp; index++) weights[index] = 1 / n + (index / Math.max(1, ramp - 1)) * (1 - 1 / n);
  return weights;
}

/** The widths of the kernels at the observed centres, in the order of the centres. */
export function bandwidthsOf(mus: Float64Array): Float64Array {
  const n = mus.length;
  const order = ascending(mus);
  const least = 1 / Math.min(100, n + 2);
  const sigmas = new Float64Array(n);
  order.forEach((kernel, rank) => {
    const mu = mus[kernel]!;
    const left = rank > 0 ? mu - mus[order[rank - 1]!]! : n > 1 ? 0 : mu;
    const right = rank < n - 1 ? mus[order[rank + 1]!]! - mu : n > 1 ? 0 : 1 - mu;
    sigmas[kernel] = Math.min(1, Math.max(least, left, right));
  });
  return sigmas;
}

/**
 * The kernels by their centres. A hash orders equal centres, because the first and the last of these get wide kernels. It depends on the
 * ranks of all centres of this axis, so that each axis has an order of its own. If age decided, the wide kernels of all axes would belong
 * to the same few observations, and all others would have narrow kernels only.
 */
function ascending(mus: Float64Array): Int32Array {
  const order = Int32Array.from(mus.keys()).sort((a, b) => mus[a]! - mus[b]! || a - b);
  const ranks = new Int32Array(mus.length);
  for (let index = 1; index < order.length; index++) {
    const [before, kernel] = [order[index - 1]!, order[index]!];
    ranks[kernel] = ranks[before]! + (mus[kernel]! > mus[before]! ? 1 : 0);
  }
  if (ranks[order.at(-1)!] === order.length - 1) return order;
  const salt = ranks.reduce((hash, rank) => avalanche(hash + rank + 1), 0);
  const keys = ranks.map((_, kernel) => avalanche(salt + kernel));
  return order.sort((a, b) => ranks[a]! - ranks[b]! || keys[a]! - keys[b]!);
}

/** The last step of MurmurHash3 (Appleby): a one-to-one mixture of 32 bits. */
function avalanche(bits: number): number {
  let h = bits;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function normalColumn(axis: Exclude<DensityAxis, { kind: "options" }>, observed: Float64Array): Column {
  const kernels = observed.length + 1;
  const mus = new Float64Array(kernels).fill(0.5);
  mus.set(observed);
  const sigmas = new Float64Array(kernels).fill(1);
  sigmas.set(bandwidthsOf(observed));
  // Centres lie in [0, 1] and no kernel is wider: each has more than a third of its mass there, and nothing cancels.
  const below = mus.map((mu, kernel) => normalCdf(-mu / sigmas[kernel]!));
  const inside = mus.map((mu, kernel) => normalCdf((1 - mu) / sigmas[kernel]!) - below[kernel]!);
  const scale = inside.map((mass, kernel) => -log(mass) - (axis.kind === "interval" ? log(sigmas[kernel]!) + halfLogTwoPi : 0));

  const addDensities = (x: number, sums: Float64Array, start: number): void => {
    for (let kernel = 0; kernel < kernels; kernel++) {
      const z = (x - mus[kernel]!) / sigmas[kernel]!;
      sums[start + kernel]! += scale[kernel]! - (z * z) / 2;
    }
  };
  const massesOf = (cells: DensityAxis & { kind: "cells" | "logCells" }, x: number): Float64Array => {
    const { middle, width } = cellAround(cells, x);
    return mus.map((mu, kernel) => scale[kernel]! + logNormalMass((middle - mu) / sigmas[kernel]!, width / sigmas[kernel]!));
  };

  return {
    add: (points, index, sums) => {
      const dimensions = points.data.length / Math.max(1, points.count);
      const known = new Map<number, Float64Array>();
      for (let row = 0; row < points.count; row++) {
        const x = points.data[row * dimensions + index]!;
        if (axis.kind === "interval") {
          addDensities(x, sums, row * kernels);
          continue;
        }
        const masses = known.get(x) ?? massesOf(axis, x);
        known.set(x, masses);
        for (let kernel = 0; kernel < kernels; kernel++) sums[row * kernels + kernel]! += masses[kernel]!;
      }
    },
    draw: (kernel, source) => {
      const z = normalQuantile(below[kernel]! + source.uniform() * inside[kernel]!);
      return snap(axis, Math.min(1, Math.max(0, mus[kernel]! + sigmas[kernel]! * z)));
    },
  };
}

function optionColumn(options: number, observed: Float64Array): Column {
  const kernels = observed.length + 1;
  const share = 1 / (1 + options / kernels);
  const logMiss = log((1 - share) / options);
  const logHit = log(share + (1 - share) / options);
  return {
    add: (points, index, sums) => {
      const dimensions = points.data.length / Math.max(1, points.count);
      for (let row = 0; row < points.count; row++) {
        const option = points.data[row * dimensions + index]!;
        for (let kernel = 0; kernel < observed.length; kernel++) {
          sums[row * kernels + kernel]! += observed[kernel] === option ? logHit : logMiss;
        }
        sums[row * kernels + observed.length]! -= log(options);
      }
    },
    draw: (kernel, source) => {
      const fromObserved = source.uniform() < share;
      const option = source.integer(options);
      return fromObserved && kernel < observed.length ? observed[kernel]! : option;
    },
  };
}

/** The index at which the running sum of `weights` passes `target`. */
function pick(weights: Float64Array, target: number): number {
  let sum = 0;
  for (let index = 0; index < weights.length; index++) {
    sum += weights[index]!;
    if (target < sum) return index;
  }
  return weights.length - 1;
}

function logSumExp(terms: Float64Array, logWeights: Float64Array): number {
  let largest = -Infinity;
  for (let index = 0; index < terms.length; index++) largest = Math.max(largest, terms[index]! + logWeights[index]!);
  let sum = 0;
  for (let index = 0; index < terms.length; index++) sum += exp(terms[index]! + logWeights[index]! - largest);
  return largest + log(sum);
}

const halfLogTwoPi = 0.9189385332046728;
