/**
 * A kernel of warped coordinates, k(w(x), w(z)): what changes fast at one end of a range and slowly at the other becomes stationary (J.
 * Snoek, K. Swersky, R. Zemel, R. P. Adams, *Input warping for Bayesian optimization of non-stationary functions*, ICML 2014).
 */
import type { InputWarp } from "../warp/inputWarp.ts";
import type { Kernel, KernelRoom } from "./kernel.ts";

/** Hyperparameters: the kernel's, then the warp's. */
export function warped(kernel: Kernel, warp: InputWarp): Kernel {
  const own = kernel.hyperparameters.length;
  /** The marginal likelihood needs derivatives at the training points themselves. */
  const inner = (room: KernelRoom): KernelRoom => ({ ...room, m: Math.max(room.n, room.m) });
  return {
    hyperparameters: [...kernel.hyperparameters, ...warp.hyperparameters],
    memory: (room) => kernel.memory(inner(room)) + room.n * room.n,
    bind: (x, room, memory) => {
      const { d } = room;
      const most = inner(room).m * d;
      const square = memory.subarray(0, room.n * room.n);
      const trained = new Float64Array(room.n * d);
      const asked = new Float64Array(most);
      const slopes = new Float64Array(most);
      const bound = kernel.bind(trained, inner(room), memory.subarray(room.n * room.n));
      let shape = new Float64Array(warp.hyperparameters.length);
      let n = 0;
      const take = (z: Float64Array, m: number): Float64Array => {
        warp.apply(shape, { x: z, n: m }, asked);
        return asked;
      };
      const train = (from: number, count: number): void => {
        warp.apply(shape, { x: x.subarray(from * d, count * d), n: count - from }, trained.subarray(from * d, count * d));
        n = count;
      };
      return {
        set: (u, count) => {
          shape = u.slice(own);
          train(0, count);
          bound.set(u.subarray(0, own), count);
        },
        extend: (count) => {
          if (count > n) train(n, count);
          n = count;
          bound.extend(count);
        },
        gram: bound.gram,
        gramGradient: (weights, stride, out) => {
          bound.gramGradient(weights, stride, out.subarray(0, own));
          for (let i = 0; i < n; i++) square.set(weights.subarray(i * stride, i * stride + n), i * n);
          slopes.fill(0, 0, n * d);
          bound.crossGradient(trained, n, square, slopes);
          // Weights are symmetric, and each pair moves with both of its points.
          for (let at = 0; at < n * d; at++) slopes[at] = 2 * slopes[at]!;
          warp.gradient(shape, { x, n }, slopes, out.subarray(own));
        },
        cross: (z, m, out) => bound.cross(take(z, m), m, out),
        crossGradient: (z, m, weights, out) => {
          slopes.fill(0, 0, m * d);
          bound.crossGradient(take(z, m), m, weights, slopes);
          warp.pointGradient(shape, { x: z, n: m }, slopes, out);
        },
        diagonal: (z, m, out) => bound.diagonal(take(z, m), m, out),
        diagonalGradient: (z, m, weights, out) => {
          slopes.fill(0, 0, m * d);
          bound.diagonalGradient(take(z, m), m, weights, slopes);
          warp.pointGradient(shape, { x: z, n: m }, slopes, out);
        },
      };
    },
  };
}
