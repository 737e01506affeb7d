/** The sum of kernels: each term models its own part of the function (an additive part beside a joint one). */
import type { BoundKernel, Kernel, Room } from "./kernel.ts";

/** Hyperparameters: those of the terms, one after another. */
export function sum(...terms: readonly Kernel[]): Kernel {
  const ends: number[] = [];
  for (const term of terms) ends.push((ends.at(-1) ?? 0) + term.hyperparameters.length);
  const slice = (of: Float64Array, index: number): Float64Array => of.subarray(ends[index - 1] ?? 0, ends[index]!);
  const own = ({ n, m }: Room): number => Math.max(n, 1) * Math.max(n, m);
  return {
    hyperparameters: terms.flatMap((term) => term.hyperparameters),
    memory: (room) => own(room) + terms.reduce((total, term) => total + term.memory(room), 0),
    bind: (x, room, memory) => {
      const part = memory.subarray(0, own(room));
      let at = own(room);
      let n = 0;
      const bound = terms.map((term): BoundKernel => {
        const from = at;
        at += term.memory(room);
        return term.bind(x, room, memory.subarray(from, at));
      });
      const add = (
        out: Float64Array,
        rows: number,
        columns: number,
        stride: number,
        fill: (term: BoundKernel, into: Float64Array) => void,
      ) =>
        bound.forEach((term, index) => {
          if (index === 0) return fill(term, out);
          fill(term, part);
          for (let i = 0; i < rows; i += 1)
            for (let j = 0; j < columns; j += 1) out[i * stride + j] = out[i * stride + j]! + part[i * stride + j]!;
        });
      return {
        set: (u, count) => {
          n = count;
          bound.forEach((term, index) => term.set(slice(u, index), count));
        },
        extend: (count) => {
          n = count;
          for (const term of bound) term.extend(count);
        },
        gram: (out, stride) => add(out, n, n, stride, (term, into) => term.gram(into, stride)),
        gramGradient: (weights, stride, out) => bound.forEach((term, index) => term.gramGradient(weights, stride, slice(out, index))),
        cross: (z, m, out) => add(out, n, m, m, (term, into) => term.cross(z, m, into)),
        crossGradient: (z, m, weights, out) => {
          for (const term of bound) term.crossGradient(z, m, weights, out);
        },
        diagonal: (z, m, out) => add(out, 1, m, m, (term, into) => term.diagonal(z, m, into)),
        diagonalGradient: (z, m, weights, out) => {
          for (const term of bound) term.diagonalGradient(z, m, weights, out);
        },
      };
    },
  };
}
