/**
 * Stationary kernels with one lengthscale per group of coordinates (automatic relevance determination): s k(r) with r^2 = sum_f ((x_f -
 * z_f) / l_g(f))^2. Matern 1/2, 3/2, 5/2 and squared exponential: Rasmussen & Williams (2006), eq. 4.9, 4.14, 4.17. A categorical parameter
 * has its one-hot coordinates, divided by sqrt 2, in one group. Their squared distance is the Hamming distance.
 */
import { anything, array, object, optionsRoot, whole } from "@caviar-hpo/core/read";
import { exp } from "@caviar-hpo/numerics";
import {
  type StationaryFamily,
  stationaryCovariance,
  stationaryGram,
  stationaryGramScaleGradient,
  stationaryPointGradient,
} from "@caviar-hpo/numerics/covariance";
import type { Hyperparameter, Kernel } from "./kernel.ts";

export type StationaryOptions = {
  /** The coordinates that the kernel reads, counted from 0. */
  readonly coordinates: readonly number[];
  /** For each of these coordinates, the index of its lengthscale, from 0. */
  readonly groups: readonly number[];
  /** One per group. */
  readonly lengthscales: readonly Hyperparameter[];
  /** The variance s. */
  readonly scale: Hyperparameter;
};

const indices = array(whole(0, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
const readStationary = object({
  coordinates: indices,
  groups: indices,
  lengthscales: array(anything, Number.MAX_SAFE_INTEGER),
  scale: anything,
});

/** A stationary kernel of the given family. Its hyperparameters are the lengthscales in order, then the scale. */
export function stationary(family: StationaryFamily, options: StationaryOptions): Kernel {
  const { coordinates, groups, lengthscales, scale } = readStationary(options, optionsRoot("stationary")) as StationaryOptions;
  const size = coordinates.length;
  const scaleAt = lengthscales.length;
  return {
    hyperparameters: [...lengthscales, scale],
    memory: ({ n, m }) => (n + 2 * m + 1) * size,
    bind: (x, room, memory) => {
      let n = 0;
      let s = 1;
      const { d } = room;
      const inverse = new Float64Array(size);
      const scaled = memory.subarray(0, room.n * size);
      const byCoordinate = memory.subarray(room.n * size, (room.n + 1) * size);
      const points = memory.subarray((room.n + 1) * size, (room.n + 1 + room.m) * size);
      const slopes = memory.subarray((room.n + 1 + room.m) * size, (room.n + 1 + 2 * room.m) * size);
      const extend = (count: number): void => {
        for (let i = n; i < count; i++) for (let f = 0; f < size; f++) scaled[i * size + f] = x[i * d + coordinates[f]!]! * inverse[f]!;
        n = count;
      };
      const take = (z: Float64Array, m: number): void => {
        for (let f = 0; f < size; f++) for (let j = 0; j < m; j++) points[f * m + j] = z[j * d + coordinates[f]!]! * inverse[f]!;
      };
      return {
        set: (u, count) => {
          for (let f = 0; f < size; f++) inverse[f] = exp(-u[groups[f]!]!);
          s = exp(u[scaleAt]!);
          n = 0;
          extend(count);
        },
        extend,
        gram: (out, stride) => stationaryGram(family, scaled, n, size, out, s, stride),
        gramGradient: (weights, stride, out) => {
          byCoordinate.fill(0);
          const total = stationaryGramScaleGradient(family, scaled, n, size, weights, byCoordinate, stride);
          for (let f = 0; f < size; f++) out[groups[f]!] = out[groups[f]!]! + s * byCoordinate[f]!;
          out[scaleAt] = out[scaleAt]! + s * total;
        },
        cross: (z, m, out) => {
          take(z, m);
          stationaryCovariance(family, scaled, n, points, m, size, out, s);
        },
        crossGradient: (z, m, weights, out) => {
          take(z, m);
          slopes.fill(0, 0, size * m);
          stationaryPointGradient(family, scaled, n, points, m, size, weights, slopes);
          for (let f = 0; f < size; f++) {
            const factor = s * inverse[f]!;
            const at = coordinates[f]!;
            for (let j = 0; j < m; j++) out[j * d + at] = out[j * d + at]! + factor * slopes[f * m + j]!;
          }
        },
        diagonal: (_z, m, out) => {
          out.fill(s, 0, m);
        },
        diagonalGradient: () => {},
      };
    },
  };
}
