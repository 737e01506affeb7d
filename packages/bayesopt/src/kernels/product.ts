/**
 * The product of kernels. Two points are similar if they are similar for every factor. The derivative of a factor is weighted by the other
 * factors.
 */
import type { BoundKernel, Kernel } from "./kernel.ts";
import { addGramGradient, bindAll, blockSize, extendAll, hyperparametersOfAll, type MatrixBlock, memoryOfAll, setAll } from "./parts.ts";

/** The product of the factors. Its hyperparameters are those of the factors, in order. Without factors it is 1 everywhere. */
export function product(...factors: readonly Kernel[]): Kernel {
  return {
    hyperparameters: hyperparametersOfAll(factors),
    memory: (room) => (factors.length + 1) * blockSize(room) + memoryOfAll(factors, room),
    bind: (x, room, memory) => {
      const size = blockSize(room);
      const values = factors.map((_, index) => memory.subarray(index * size, (index + 1) * size));
      const weighted = memory.subarray(factors.length * size, (factors.length + 1) * size);
      const parts = bindAll(factors, x, room, memory.subarray((factors.length + 1) * size));
      let n = 0;
      /** Fills `values` with each factor, rows without gaps. */
      const evaluate = (fill: (kernel: BoundKernel, into: Float64Array) => void): void => {
        for (let index = 0; index < parts.length; index++) fill(parts[index]!.kernel, values[index]!);
      };
      const multiply = ({ values: out, rows, columns, stride }: MatrixBlock): void => {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            let value = 1;
            for (const factor of values) value *= factor[i * columns + j]!;
            out[i * stride + j] = value;
          }
        }
      };
      /** The weights of one factor's derivative: those of the product times the other factors. */
      const weigh = ({ values: weights, rows, columns, stride }: MatrixBlock, index: number): Float64Array => {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            let value = weights[i * stride + j]!;
            for (let other = 0; other < values.length; other++) if (other !== index) value *= values[other]![i * columns + j]!;
            weighted[i * columns + j] = value;
          }
        }
        return weighted;
      };
      return {
        set: (u, count) => {
          n = count;
          setAll(parts, u, count);
        },
        extend: (count) => {
          n = count;
          extendAll(parts, count);
        },
        gram: (out, stride) => {
          evaluate((factor, into) => factor.gram(into, n));
          multiply({ values: out, rows: n, columns: n, stride });
        },
        gramGradient: (weights, stride, out) => {
          evaluate((factor, into) => factor.gram(into, n));
          for (let index = 0; index < parts.length; index++)
            addGramGradient(parts[index]!, weigh({ values: weights, rows: n, columns: n, stride }, index), n, out);
        },
        cross: (z, m, out) => {
          evaluate((factor, into) => factor.cross(z, m, into));
          multiply({ values: out, rows: n, columns: m, stride: m });
        },
        crossGradient: (z, m, weights, out) => {
          evaluate((factor, into) => factor.cross(z, m, into));
          for (let index = 0; index < parts.length; index++)
            parts[index]!.kernel.crossGradient(z, m, weigh({ values: weights, rows: n, columns: m, stride: m }, index), out);
        },
        diagonal: (z, m, out) => {
          evaluate((factor, into) => factor.diagonal(z, m, into));
          multiply({ values: out, rows: 1, columns: m, stride: m });
        },
        diagonalGradient: (z, m, weights, out) => {
          evaluate((factor, into) => factor.diagonal(z, m, into));
          for (let index = 0; index < parts.length; index++)
            parts[index]!.kernel.diagonalGradient(z, m, weigh({ values: weights, rows: 1, columns: m, stride: m }, index), out);
        },
      };
    },
  };
}
