/** Kernels side by side, as sums and products are made of: one after another in the hyperparameters and in memory. */
import type { BoundKernel, Hyperparameter, Kernel, KernelRoom } from "./kernel.ts";

export type Part = {
  readonly kernel: BoundKernel;
  /** Where its own hyperparameters begin, their values, and what it has to say of their derivatives. */
  readonly from: number;
  readonly u: Float64Array;
  readonly gradient: Float64Array;
};

export function hyperparametersOfAll(kernels: readonly Kernel[]): readonly Hyperparameter[] {
  return kernels.flatMap((kernel) => kernel.hyperparameters);
}

export function memoryOfAll(kernels: readonly Kernel[], room: KernelRoom): number {
  return kernels.reduce((total, kernel) => total + kernel.memory(room), 0);
}

/** A matrix with gaps: row-major, rows `stride` apart. */
export type MatrixBlock = { readonly values: Float64Array; readonly rows: number; readonly columns: number; readonly stride: number };

/** Numbers of a Gram matrix or of a matrix of covariances without gaps, whichever is more, for an array to hold either. */
export function blockSize({ n, m }: KernelRoom): number {
  return Math.max(n, 1) * Math.max(n, m);
}

/** Binds each kernel to its own stretch of `memory`. */
export function bindAll(kernels: readonly Kernel[], x: Float64Array, room: KernelRoom, memory: Float64Array): readonly Part[] {
  let from = 0;
  let at = 0;
  return kernels.map((kernel): Part => {
    const count = kernel.hyperparameters.length;
    const end = at + kernel.memory(room);
    const part = {
      kernel: kernel.bind(x, room, memory.subarray(at, end)),
      from,
      u: new Float64Array(count),
      gradient: new Float64Array(count),
    };
    from += count;
    at = end;
    return part;
  });
}

/** Gives each kernel its hyperparameters. */
export function setAll(parts: readonly Part[], u: Float64Array, n: number): void {
  for (const { kernel, from, u: own } of parts) {
    for (let p = 0; p < own.length; p++) own[p] = u[from + p]!;
    kernel.set(own, n);
  }
}

export function extendAll(parts: readonly Part[], n: number): void {
  for (const { kernel } of parts) kernel.extend(n);
}

/** Adds one part's derivatives by its hyperparameters to those of all. */
export function addGramGradient({ kernel, from, gradient }: Part, weights: Float64Array, stride: number, out: Float64Array): void {
  gradient.fill(0);
  kernel.gramGradient(weights, stride, gradient);
  for (let p = 0; p < gradient.length; p++) out[from + p] = out[from + p]! + gradient[p]!;
}
