/**
 * A kernel of configurations at fidelities, k((x, t), (x', t')) = k_x(x, x') own(t, t') + common(t, t'). `own` says how alike the values of
 * one configuration are at two fidelities, and `common` models the course that the curves of all configurations share.
 *
 * Many points share a few fidelities. So the kernels over the fidelity work on one point for each fidelity, and the sum and the product are
 * one pass over the matrix of all points.
 */
import type { BoundKernel, Kernel, KernelRoom } from "./kernel.ts";
import { addGramGradient, bindAll, blockSize, hyperparametersOfAll, memoryOfAll, type Part } from "./parts.ts";

export type OverFidelities = {
  /** k_x. It must not read the coordinates of the fidelity. */
  readonly configurations: Kernel;
  /** Over the coordinates of the fidelity only. */
  readonly own: Kernel;
  readonly common: Kernel;
  /** The coordinates of the fidelity. Two points have the same fidelity if they agree in all of them. */
  readonly fidelity: readonly number[];
};

/** Its hyperparameters are those of `configurations`, `own` and `common`, in this order. */
export function overFidelities({ configurations, own, common, fidelity }: OverFidelities): Kernel {
  const kernels = [configurations, own, common];
  return {
    hyperparameters: hyperparametersOfAll(kernels),
    memory: (room) => 2 * blockSize(room) + memoryOfAll(kernels, room),
    bind: (x, room, memory) => {
      const size = blockSize(room);
      const levels = newLevels(x, room, fidelity);
      const rest = memory.subarray(2 * size);
      const [first] = bindAll([configurations], x, room, rest);
      const [second, third] = bindAll([own, common], levels.points, room, rest.subarray(configurations.memory(room)));
      const parts = { configurations: first!, own: second!, common: third! };
      return boundOverFidelities(parts, levels, { values: memory.subarray(0, size), weighted: memory.subarray(size, 2 * size) }, room);
    },
  };
}

/** The fidelities of the rows: `points` has one point for each of the first `count`, row-major, and `ofRow` says which one a row has. */
type Levels = {
  readonly points: Float64Array;
  readonly ofRow: Int32Array;
  count: number;
  /** Keeps the first `from` rows, and takes the rows after them up to `end` - 1. */
  take(from: number, end: number): void;
  /** Whether m points have the same fidelity. */
  areSame(z: Float64Array, m: number): boolean;
};

function newLevels(x: Float64Array, { n, d }: KernelRoom, fidelity: readonly number[]): Levels {
  const agree = (a: Float64Array, i: number, b: Float64Array, j: number): boolean => fidelity.every((f) => a[i * d + f] === b[j * d + f]);
  const levels: Levels = {
    points: new Float64Array(n * d),
    ofRow: new Int32Array(n),
    count: 0,
    take: (from, end) => {
      // A level has the number of levels before its first row.
      levels.count = levels.ofRow.subarray(0, from).reduce((most, level) => Math.max(most, level + 1), 0);
      for (let i = from; i < end; i++) {
        let level = 0;
        while (level < levels.count && !agree(levels.points, level, x, i)) level++;
        if (level === levels.count) {
          levels.points.set(x.subarray(i * d, (i + 1) * d), level * d);
          levels.count++;
        }
        levels.ofRow[i] = level;
      }
    },
    areSame: (z, m) => {
      for (let j = 1; j < m; j++) if (!agree(z, 0, z, j)) return false;
      return true;
    },
  };
  return levels;
}

type Parts = { readonly configurations: Part; readonly own: Part; readonly common: Part };
/** Room for k_x at all pairs, and for weights. */
type Blocks = { readonly values: Float64Array; readonly weighted: Float64Array };

function boundOverFidelities({ configurations, own, common }: Parts, levels: Levels, blocks: Blocks, room: KernelRoom): BoundKernel {
  const { values, weighted } = blocks;
  const { ofRow } = levels;
  const width = Math.max(room.n, room.m, 1);
  /** `own` and `common` at pairs of levels, or at levels and query points; and sums of weights at the same pairs. */
  const [ownTable, commonTable] = [new Float64Array(room.n * width), new Float64Array(room.n * width)];
  const diagonals = { configurations: new Float64Array(room.m), own: new Float64Array(room.m), weights: new Float64Array(room.m) };
  let n = 0;

  const give = ({ kernel, from, u: mine }: Part, u: Float64Array, count: number): void => {
    mine.set(u.subarray(from, from + mine.length));
    kernel.set(mine, count);
  };
  const fromOwn = configurations.u.length;
  const shifted = (out: Float64Array): Float64Array => out.subarray(fromOwn);
  return {
    set: (u, count) => {
      levels.take(0, count);
      n = count;
      give(configurations, u, count);
      for (const part of [own, common]) give(part, u.subarray(fromOwn), levels.count);
    },
    extend: (count) => {
      levels.take(Math.min(n, count), count);
      n = count;
      configurations.kernel.extend(count);
      for (const part of [own, common]) part.kernel.extend(levels.count);
    },
    gram: (out, stride) => {
      const { count } = levels;
      configurations.kernel.gram(values, n);
      own.kernel.gram(ownTable, count);
      common.kernel.gram(commonTable, count);
      for (let i = 0; i < n; i++) {
        const row = ofRow[i]! * count;
        for (let j = 0; j < n; j++) {
          const pair = row + ofRow[j]!;
          out[i * stride + j] = values[i * n + j]! * ownTable[pair]! + commonTable[pair]!;
        }
      }
    },
    gramGradient: (weights, stride, out) => {
      const { count } = levels;
      configurations.kernel.gram(values, n);
      own.kernel.gram(ownTable, count);
      const sums = { own: new Float64Array(count * count), common: new Float64Array(count * count) };
      for (let i = 0; i < n; i++) {
        const row = ofRow[i]! * count;
        for (let j = 0; j < n; j++) {
          const pair = row + ofRow[j]!;
          const weight = weights[i * stride + j]!;
          weighted[i * n + j] = weight * ownTable[pair]!;
          sums.own[pair] = sums.own[pair]! + weight * values[i * n + j]!;
          sums.common[pair] = sums.common[pair]! + weight;
        }
      }
      addGramGradient(configurations, weighted, n, out);
      addGramGradient(own, sums.own, count, shifted(out));
      addGramGradient(common, sums.common, count, shifted(out));
    },
    cross: (z, m, out) => {
      const columns = levels.areSame(z, m) ? Math.min(1, m) : m;
      configurations.kernel.cross(z, m, values);
      own.kernel.cross(z, columns, ownTable);
      common.kernel.cross(z, columns, commonTable);
      const step = columns === m ? 1 : 0;
      for (let i = 0; i < n; i++) {
        const row = ofRow[i]! * columns;
        for (let j = 0; j < m; j++) out[i * m + j] = values[i * m + j]! * ownTable[row + step * j]! + commonTable[row + step * j]!;
      }
    },
    crossGradient: (z, m, weights, out) => {
      configurations.kernel.cross(z, m, values);
      own.kernel.cross(z, m, ownTable);
      const sums = { own: new Float64Array(levels.count * m), common: new Float64Array(levels.count * m) };
      for (let i = 0; i < n; i++) {
        const row = ofRow[i]! * m;
        for (let j = 0; j < m; j++) {
          const weight = weights[i * m + j]!;
          weighted[i * m + j] = weight * ownTable[row + j]!;
          sums.own[row + j] = sums.own[row + j]! + weight * values[i * m + j]!;
          sums.common[row + j] = sums.common[row + j]! + weight;
        }
      }
      configurations.kernel.crossGradient(z, m, weighted, out);
      own.kernel.crossGradient(z, m, sums.own, out);
      common.kernel.crossGradient(z, m, sums.common, out);
    },
    diagonal: (z, m, out) => {
      configurations.kernel.diagonal(z, m, diagonals.configurations);
      own.kernel.diagonal(z, m, diagonals.own);
      common.kernel.diagonal(z, m, out);
      for (let j = 0; j < m; j++) out[j] = diagonals.configurations[j]! * diagonals.own[j]! + out[j]!;
    },
    diagonalGradient: (z, m, weights, out) => {
      configurations.kernel.diagonal(z, m, diagonals.configurations);
      own.kernel.diagonal(z, m, diagonals.own);
      const by = (factor: Float64Array): Float64Array => {
        for (let j = 0; j < m; j++) diagonals.weights[j] = weights[j]! * factor[j]!;
        return diagonals.weights;
      };
      configurations.kernel.diagonalGradient(z, m, by(diagonals.own), out);
      own.kernel.diagonalGradient(z, m, by(diagonals.configurations), out);
      common.kernel.diagonalGradient(z, m, weights, out);
    },
  };
}
