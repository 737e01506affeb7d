/** The product of kernels: two points are alike where they are alike to every factor. The derivative of one factor is weighted by the others. */
import type { BoundKernel, Kernel, Room } from "./kernel.ts";

/** Hyperparameters: those of the factors, one after another. */
export function product(...factors: readonly Kernel[]): Kernel {
  const ends: number[] = [];
  for (const factor of factors) ends.push((ends.at(-1) ?? 0) + factor.hyperparameters.length);
  const slice = (of: Float64Array, index: number): Float64Array => of.subarray(ends[index - 1] ?? 0, ends[index]!);
  const block = ({ n, m }: Room): number => Math.max(n, 1) * Math.max(n, m);
  return {
    hyperparameters: factors.flatMap((factor) => factor.hyperparameters),
    memory: (room) => (factors.length + 1) * block(room) + factors.reduce((total, factor) => total + factor.memory(room), 0),
    bind: (x, room, memory) => {
      const size = block(room);
      const parts = factors.map((_, index) => memory.subarray(index * size, (index + 1) * size));
      const others = memory.subarray(factors.length * size, (factors.length + 1) * size);
      let at = (factors.length + 1) * size;
      let n = 0;
      const bound = factors.map((factor): BoundKernel => {
        const from = at;
        at += factor.memory(room);
        return factor.bind(x, room, memory.subarray(from, at));
      });
      /** Fills `parts` with what each factor says, and `out` with the product. */
      const multiply = (
        out: Float64Array,
        rows: number,
        columns: number,
        stride: number,
        fill: (factor: BoundKernel, into: Float64Array) => void,
      ) => {
        bound.forEach((factor, index) => fill(factor, parts[index]!));
        for (let i = 0; i < rows; i += 1) {
          for (let j = 0; j < columns; j += 1) {
            let value = 1;
            for (const part of parts) value *= part[i * columns + j]!;
            out[i * stride + j] = value;
          }
        }
      };
      /** The weights of one factor's derivative: those of the product times the other factors. */
      const weigh = (weights: Float64Array, index: number, rows: number, columns: number, stride: number): Float64Array => {
        for (let i = 0; i < rows; i += 1) {
          for (let j = 0; j < columns; j += 1) {
            let value = weights[i * stride + j]!;
            parts.forEach((part, other) => {
              if (other !== index) value *= part[i * columns + j]!;
            });
            others[i * columns + j] = value;
          }
        }
        return others;
      };
      return {
        set: (u, count) => {
          n = count;
          bound.forEach((factor, index) => factor.set(slice(u, index), count));
        },
        extend: (count) => {
          n = count;
          for (const factor of bound) factor.extend(count);
        },
        gram: (out, stride) => multiply(out, n, n, stride, (factor, into) => factor.gram(into, n)),
        gramGradient: (weights, stride, out) => {
          bound.forEach((factor, index) => factor.gram(parts[index]!, n));
          bound.forEach((factor, index) => factor.gramGradient(weigh(weights, index, n, n, stride), n, slice(out, index)));
        },
        cross: (z, m, out) => multiply(out, n, m, m, (factor, into) => factor.cross(z, m, into)),
        crossGradient: (z, m, weights, out) => {
          bound.forEach((factor, index) => factor.cross(z, m, parts[index]!));
          bound.forEach((factor, index) => factor.crossGradient(z, m, weigh(weights, index, n, m, m), out));
        },
        diagonal: (z, m, out) => multiply(out, 1, m, m, (factor, into) => factor.diagonal(z, m, into)),
        diagonalGradient: (z, m, weights, out) => {
          bound.forEach((factor, index) => factor.diagonal(z, m, parts[index]!));
          bound.forEach((factor, index) => factor.diagonalGradient(z, m, weigh(weights, index, 1, m, m), out));
        },
      };
    },
  };
}
