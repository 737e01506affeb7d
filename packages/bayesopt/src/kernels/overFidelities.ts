/**
 * A kernel of configurations at fidelities, k((x, t), (x', t')) = k_x(x, x') own(t, t') + common(t, t'). `own` says how alike the values of
 * one configuration are at two fidelities, and `common` models the course that the curves of all configurations share.
 *
 * Many points share a few fidelities. So the kernels over the fidelity work on one point for each fidelity, and the sum and the product are
 * one pass over the matrix of all points.
 */
import type { BoundKernel, Kernel, KernelRoom } from "./kernel.ts";
import { addGramGradient, bindAll, blockSize, extendAll, hyperparametersOfAll, memoryOfAll, type Part, setAll } from "./parts.ts";

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

/**
 * The fidelities of the rows. `points` has a point with each of them, row-major, as many as `count` says. `ofRow` has the place among them
 * of each row's fidelity.
 */
type FidelityLevels = {
  readonly points: Float64Array;
  readonly ofRow: Int32Array;
  count: number;
  /** Keeps the first `from` rows, and takes the rows after them up to `end` - 1. */
  take(from: number, end: number): void;
  /** Whether m points have the same fidelity. */
  areSame(z: Float64Array, m: number): boolean;
};

function newLevels(x: Float64Array, { n, d }: KernelRoom, fidelity: readonly number[]): FidelityLevels {
  const agree = (a: Float64Array, i: number, b: Float64Array, j: number): boolean => fidelity.every((f) => a[i * d + f] === b[j * d + f]);
  const levels: FidelityLevels = {
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
/** A matrix without gaps whose entry (i, j) has entry (ofRow_i, ofColumn_j) of the tables, which have `width` columns. */
type Pairs = { readonly n: number; readonly m: number; readonly ofRow: Int32Array; readonly ofColumn: Int32Array; readonly width: number };
/** `own` and `common` at pairs of fidelities, or sums of weights there. */
type Tables = { readonly own: Float64Array; readonly common: Float64Array };

function boundOverFidelities(
  { configurations, own, common }: Parts,
  levels: FidelityLevels,
  blocks: Blocks,
  room: KernelRoom,
): BoundKernel {
  const { values, weighted } = blocks;
  const { ofRow } = levels;
  const size = Math.max(room.n, 1) * Math.max(room.n, room.m, 1);
  const tables = { own: new Float64Array(size), common: new Float64Array(size) };
  const sums = { own: new Float64Array(size), common: new Float64Array(size) };
  const each = Int32Array.from({ length: room.m }, (_, j) => j);
  const same = new Int32Array(room.m);
  const fromOwn = configurations.u.length;
  let n = 0;
  const pairsOfRows = (): Pairs => ({ n, m: n, ofRow, ofColumn: ofRow, width: levels.count });
  return {
    set: (u, count) => {
      levels.take(0, count);
      n = count;
      setAll([configurations], u, count);
      setAll([own, common], u.subarray(fromOwn), levels.count);
    },
    extend: (count) => {
      levels.take(Math.min(n, count), count);
      n = count;
      extendAll([configurations], count);
      extendAll([own, common], levels.count);
    },
    gram: (out, stride) => {
      configurations.kernel.gram(values, n);
      own.kernel.gram(tables.own, levels.count);
      common.kernel.gram(tables.common, levels.count);
      combine(values, tables, pairsOfRows(), out, stride);
    },
    gramGradient: (weights, stride, out) => {
      configurations.kernel.gram(values, n);
      own.kernel.gram(tables.own, levels.count);
      contract({ values, weighted, tables, sums }, pairsOfRows(), weights, stride);
      addGramGradient(configurations, weighted, n, out);
      addGramGradient(own, sums.own, levels.count, out.subarray(fromOwn));
      addGramGradient(common, sums.common, levels.count, out.subarray(fromOwn));
    },
    cross: (z, m, out) => {
      const width = levels.areSame(z, m) ? Math.min(1, m) : m;
      configurations.kernel.cross(z, m, values);
      own.kernel.cross(z, width, tables.own);
      common.kernel.cross(z, width, tables.common);
      combine(values, tables, { n, m, ofRow, ofColumn: width === m ? each : same, width }, out, m);
    },
    crossGradient: (z, m, weights, out) => {
      configurations.kernel.cross(z, m, values);
      own.kernel.cross(z, m, tables.own);
      contract({ values, weighted, tables, sums }, { n, m, ofRow, ofColumn: each, width: m }, weights, m);
      configurations.kernel.crossGradient(z, m, weighted, out);
      own.kernel.crossGradient(z, m, sums.own, out);
      common.kernel.crossGradient(z, m, sums.common, out);
    },
    ...diagonals({ configurations, own, common }, room.m),
  };
}

/** out = k_x own + common at all pairs. */
function combine(
  kx: Float64Array,
  { own, common }: Tables,
  { n, m, ofRow, ofColumn, width }: Pairs,
  out: Float64Array,
  stride: number,
): void {
  for (let i = 0; i < n; i++) {
    const row = ofRow[i]! * width;
    for (let j = 0; j < m; j++) {
      const pair = row + ofColumn[j]!;
      out[i * stride + j] = kx[i * m + j]! * own[pair]! + common[pair]!;
    }
  }
}

type Contraction = Blocks & { readonly tables: Tables; readonly sums: Tables };

/** From the weights of k to those of its parts: those of k_x go to `weighted`, and those of the kernels over the fidelity to `sums`. */
function contract(
  { values, weighted, tables, sums }: Contraction,
  { n, m, ofRow, ofColumn, width }: Pairs,
  weights: Float64Array,
  stride: number,
): void {
  sums.own.fill(0);
  sums.common.fill(0);
  for (let i = 0; i < n; i++) {
    const row = ofRow[i]! * width;
    for (let j = 0; j < m; j++) {
      const pair = row + ofColumn[j]!;
      const weight = weights[i * stride + j]!;
      weighted[i * m + j] = weight * tables.own[pair]!;
      sums.own[pair] = sums.own[pair]! + weight * values[i * m + j]!;
      sums.common[pair] = sums.common[pair]! + weight;
    }
  }
}

function diagonals({ configurations, own, common }: Parts, most: number): Pick<BoundKernel, "diagonal" | "diagonalGradient"> {
  const [kx, ko, weighted] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  const times = (weights: Float64Array, factors: Float64Array, m: number): Float64Array => {
    for (let j = 0; j < m; j++) weighted[j] = weights[j]! * factors[j]!;
    return weighted;
  };
  return {
    diagonal: (z, m, out) => {
      configurations.kernel.diagonal(z, m, kx);
      own.kernel.diagonal(z, m, ko);
      common.kernel.diagonal(z, m, out);
      for (let j = 0; j < m; j++) out[j] = kx[j]! * ko[j]! + out[j]!;
    },
    diagonalGradient: (z, m, weights, out) => {
      configurations.kernel.diagonal(z, m, kx);
      own.kernel.diagonal(z, m, ko);
      configurations.kernel.diagonalGradient(z, m, times(weights, ko, m), out);
      own.kernel.diagonalGradient(z, m, times(weights, kx, m), out);
      common.kernel.diagonalGradient(z, m, weights, out);
    },
  };
}
