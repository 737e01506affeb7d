import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { checkProcess, processFaults } from "../../testing/processFaults.ts";
import { freeNoise, kernelNamed } from "../../testing/smallModels.ts";
import type { Data } from "../model/data.ts";
import { createProcess } from "./process.ts";

describe("6,300 processes over awkward data, row F2 of the fault matrix", () => {
  const faults = processFaults(7);
  it.each([1, 2, 6, 20])("keep every promise in %i dimensions", (d) => {
    for (const fault of faults.filter((one) => one.d === d)) {
      try {
        checkProcess(fault);
      } catch (error) {
        throw new Error(JSON.stringify(fault), { cause: error });
      }
    }
  });
});

/** The part that is counted: the standard library without DOM does not know WebAssembly. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: { readonly Memory: { readonly prototype: { grow: (pages: number) => number } } };
};

describe("a process that grows to 5,000 rows, a few hundred at a time", () => {
  const [n, d, step] = [5000, 5, 400];
  // All matrices are in WebAssembly memory, which only grows by this call, so the bytes that a process takes can be counted. The spy keeps
  // every memory that grew, and an engine holds a limited number of them, so there is none while the test above runs.
  let grow: MockInstance<(pages: number) => number>;
  beforeEach(() => {
    grow = vi.spyOn(webAssembly.Memory.prototype, "grow");
  });
  afterEach(() => {
    grow.mockRestore();
  });
  const grownBytes = (): number => grow.mock.calls.reduce((sum, [pages]) => sum + pages * 65_536, 0);

  it.each(["matern12", "matern32", "matern52", "squaredExponential", "matern52 + linear"])(
    "takes less than 600 MB, and meets its data: %s",
    (name) => {
      const x = uniforms(n * d, 1);
      const y = Float64Array.from({ length: n }, (_, i) => Math.sin(7 * x[i * d]!) * x[i * d + 1]!);
      const noise = 1e-6;
      const model = { kernel: kernelNamed(name, d), noise: freeNoise };
      const u = Float64Array.from({ length: model.kernel.hyperparameters.length + 1 }, () => -1);
      u[u.length - 1] = Math.log(noise);
      const upTo = (count: number): Data => ({ x: x.subarray(0, count * d), y: y.subarray(0, count), d, variance: null });
      const grown = createProcess(model, { rows: n, queries: 64, d });
      expect(grown.settle(upTo(200), u, 0)).toBe(true);
      for (let count = 200; count < n; ) {
        count = Math.min(n, count + step);
        expect(grown.admit(upTo(count))).toBe(true);
      }
      const used = grownBytes();
      expect(used).toBeGreaterThan(n * n * 8 * 0.9);
      expect(used).toBeLessThan(600e6);

      const m = 64;
      const [mean, variance, prior] = [new Float64Array(m), new Float64Array(m), new Float64Array(m)];
      const z = Float64Array.of(...x.subarray(0, 32 * d), ...uniforms(32 * d, 2));
      grown.predict({ z, m }, { mean, variance });
      grown.priorVariance({ z, m }, prior);
      for (let j = 0; j < m; j++) expect(variance[j]! >= 0 && variance[j]! <= prior[j]!).toBe(true);
      for (let j = 0; j < 32; j++) expect(Math.abs(mean[j]! - y[j]!)).toBeLessThan(1e-2);
      for (let j = 0; j < 32; j++) expect(variance[j]!).toBeLessThan(1.001 * noise);
    },
  );
});
