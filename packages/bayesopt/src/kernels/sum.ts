/** The sum of kernels. Each term models its own part of the function, such as an additive part and a joint one. */
import type { BoundKernel, Kernel } from "./kernel.ts";
import { addGramGradient, bindAll, blockSize, extendAll, hyperparametersOfAll, type MatrixBlock, memoryOfAll, setAll } from "./parts.ts";

/** The sum of the terms. Its hyperparameters are those of the terms, in order. Without terms it is 0 everywhere. */
export function sum(...terms: readonly Kernel[]): Kernel {
  return {
    hyperparameters: hyperparametersOfAll(terms),
    memory: (room) => blockSize(room) + memoryOfAll(terms, room),
    bind: (x, room, memory) => {
      const size = blockSize(room);
      const parts = bindAll(terms, x, room, memory.subarray(size));
      const term = memory.subarray(0, size);
      let n = 0;
      /** Fills `term` with each term, rows without gaps, and adds it. */
      const total = (
        { values: out, rows, columns, stride }: MatrixBlock,
        fill: (kernel: BoundKernel, into: Float64Array) => void,
      ): void => {
        for (let i = 0; i < rows; i++) out.fill(0, i * stride, i * stride + columns);
        for (const { kernel } of parts) {
          fill(kernel, term);
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < columns; j++) out[i * stride + j] = out[i * stride + j]! + term[i * columns + j]!;
        }
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
        gram: (out, stride) => total({ values: out, rows: n, columns: n, stride }, (kernel, into) => kernel.gram(into, n)),
        gramGradient: (weights, stride, out) => {
          for (const part of parts) addGramGradient(part, weights, stride, out);
        },
        cross: (z, m, out) => total({ values: out, rows: n, columns: m, stride: m }, (kernel, into) => kernel.cross(z, m, into)),
        crossGradient: (z, m, weights, out) => {
          for (const { kernel } of parts) kernel.crossGradient(z, m, weights, out);
        },
        diagonal: (z, m, out) => total({ values: out, rows: 1, columns: m, stride: m }, (kernel, into) => kernel.diagonal(z, m, into)),
        diagonalGradient: (z, m, weights, out) => {
          for (const { kernel } of parts) kernel.diagonalGradient(z, m, weights, out);
        },
      };
    },
  };
}
