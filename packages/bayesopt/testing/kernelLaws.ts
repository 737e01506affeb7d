/** What every kernel must obey, run on each: a new kernel needs its closed form tested and `kernelLaws` called with it, nothing more. */
import { log } from "@caviar-hpo/numerics";
import { allocate, cholesky } from "@caviar-hpo/numerics/linear";
import { expect, it } from "vitest";
import type { BoundKernel, Kernel } from "../src/kernels/kernel.ts";

/** Numbers in [0, 1), the same for the same seed. */
export function uniforms(length: number, seed: number): Float64Array {
  let state = Math.imul(seed + 1, 747796405);
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  });
}

/** ln of the starting values, each moved a little. */
export function someHyperparameters(kernel: Kernel, seed: number): Float64Array {
  const shifts = uniforms(kernel.hyperparameters.length, seed);
  return Float64Array.from(kernel.hyperparameters, ({ start }, p) => log(start) + shifts[p]! - 0.5);
}

/** Training points, row-major n x d, and the most query points. */
export type KernelPoints = { readonly x: Float64Array; readonly d: number; readonly m: number };

/** Bound to points in memory of its own, with some hyperparameters set. */
export function bound(kernel: Kernel, { x, d, m }: KernelPoints, u: Float64Array): BoundKernel {
  const room = { n: x.length / d, m, d };
  const [memory] = allocate(kernel.memory(room));
  const own = kernel.bind(x, room, memory!);
  own.set(u, room.n);
  return own;
}

/** Central differences of a function of an array, one coordinate at a time. */
export function centralDifferences(of: (at: Float64Array) => number, at: Float64Array, step = 1e-5): Float64Array {
  return at.map((value, index) => {
    const moved = (by: number): number => of(at.map((other, index2) => (index2 === index ? value + by : other)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

/** To 1e-6 of the largest. */
export function expectClose(got: Float64Array, wanted: Float64Array, tolerance = 1e-6): void {
  const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  expect(got.length).toBe(wanted.length);
  got.forEach((value, index) => {
    expect(Math.abs(value - wanted[index]!), `${index}: ${value}, by differences ${wanted[index]}`).toBeLessThanOrEqual(tolerance * scale);
  });
}

export function kernelLaws(kernel: Kernel, d: number): void {
  const [n, m] = [9, 7];
  const x = uniforms(n * d, 1);
  const z = uniforms(m * d, 2);
  const u = someHyperparameters(kernel, 3);
  const count = kernel.hyperparameters.length;
  const symmetric = (() => {
    const all = uniforms(n * n, 4);
    return all.map((value, at) => value + all[(at % n) * n + Math.floor(at / n)]! - 1);
  })();
  const weights = uniforms(n * m, 5).map((value) => value - 0.5);
  const gramOf = (points: Float64Array, at: Float64Array): Float64Array => {
    const out = new Float64Array((points.length / d) ** 2);
    bound(kernel, { x: points, d, m: 0 }, at).gram(out, points.length / d);
    return out;
  };
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((total, value, at) => total + value * b[at]!, 0);

  it("its Gram matrix is symmetric, and the covariances of the points with themselves, to the bit", () => {
    const out = new Float64Array(n * n);
    const own = bound(kernel, { x, d, m: n }, u);
    own.cross(x, n, out);
    const gram = gramOf(x, u);
    expect(out).toEqual(gram);
    expect(gram.every((value, at) => Object.is(value, gram[(at % n) * n + Math.floor(at / n)]))).toBe(true);
    const diagonal = new Float64Array(n);
    own.diagonal(x, n, diagonal);
    expect(diagonal).toEqual(Float64Array.from({ length: n }, (_, i) => gram[i * n + i]!));
  });

  it("its Gram matrix is positive semidefinite", () => {
    const gram = gramOf(x, u);
    expect(cholesky(gram, n).kind).toBe("factored");
  });

  it("writes a Gram matrix between the rows of a wider one without touching what lies there", () => {
    const [wide] = allocate(n * (n + 2));
    wide!.fill(-7);
    bound(kernel, { x, d, m: 0 }, u).gram(wide!, n + 2);
    const gram = gramOf(x, u);
    for (let i = 0; i < n; i++) {
      expect(wide!.slice(i * (n + 2), i * (n + 2) + n)).toEqual(gram.slice(i * n, i * n + n));
      if (i < n - 1) expect([...wide!.slice(i * (n + 2) + n, (i + 1) * (n + 2))]).toEqual([-7, -7]);
    }
  });

  it("gives rows that have come since, and rows in place of others, as if it had had them from the start", () => {
    const points = x.slice();
    const grown = bound(kernel, { x: points, d, m }, u);
    grown.set(u, 4);
    grown.extend(n);
    const [some, others] = [new Float64Array(n * m), new Float64Array(n * m)];
    grown.cross(z, m, some);
    bound(kernel, { x, d, m }, u).cross(z, m, others);
    expect(some).toEqual(others);
    points.set(uniforms(5 * d, 8), 4 * d);
    grown.extend(4);
    grown.extend(n);
    grown.cross(z, m, some);
    bound(kernel, { x: points, d, m }, u).cross(z, m, others);
    expect(some).toEqual(others);
  });

  it("has the derivatives by its hyperparameters that differences show, and adds them", () => {
    const gradient = new Float64Array(count).fill(10);
    const [wide] = allocate(n * (n + 1));
    for (let i = 0; i < n; i++) wide!.set(symmetric.subarray(i * n, i * n + n), i * (n + 1));
    bound(kernel, { x, d, m: 0 }, u).gramGradient(wide!, n + 1, gradient);
    expectClose(
      gradient.map((value) => value - 10),
      centralDifferences((at) => dot(symmetric, gramOf(x, at)), u),
    );
  });

  it("has the derivatives by the query points that differences show, and adds them", () => {
    const weighted = (at: Float64Array): number => {
      const out = new Float64Array(n * m);
      bound(kernel, { x, d, m }, u).cross(at, m, out);
      return dot(weights, out);
    };
    const gradient = new Float64Array(m * d).fill(10);
    bound(kernel, { x, d, m }, u).crossGradient(z, m, weights, gradient);
    expectClose(
      gradient.map((value) => value - 10),
      centralDifferences(weighted, z),
    );
  });

  it("has the derivatives of its diagonal that differences show, and adds them", () => {
    const own = weights.subarray(0, m);
    const weighted = (at: Float64Array): number => {
      const out = new Float64Array(m);
      bound(kernel, { x, d, m }, u).diagonal(at, m, out);
      return dot(own, out);
    };
    const gradient = new Float64Array(m * d).fill(10);
    bound(kernel, { x, d, m }, u).diagonalGradient(z, m, own, gradient);
    expectClose(
      gradient.map((value) => value - 10),
      centralDifferences(weighted, z),
    );
  });

  it("covariances with a query point do not depend on other query points, to the bit", () => {
    const all = new Float64Array(n * m);
    const own = bound(kernel, { x, d, m }, u);
    own.cross(z, m, all);
    for (let j = 0; j < m; j++) {
      const one = new Float64Array(n);
      own.cross(z.subarray(j * d, j * d + d), 1, one);
      expect(one).toEqual(Float64Array.from({ length: n }, (_, i) => all[i * m + j]!));
    }
  });

  it("takes no points and no query points", () => {
    const none = bound(kernel, { x: new Float64Array(0), d, m }, u);
    const out = new Float64Array(m).fill(3);
    none.cross(z, m, out);
    none.gram(out, 0);
    none.crossGradient(z, m, out, new Float64Array(m * d));
    expect([...out]).toEqual(new Array(m).fill(3));
    none.diagonal(z, m, out);
    expect(out.every((value) => value !== 3)).toBe(true);
    bound(kernel, { x, d, m }, u).cross(new Float64Array(0), 0, new Float64Array(0));
  });
}
