import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { kernelNamed } from "../../testing/smallModels.ts";
import { createProcess, type Process } from "../process/process.ts";
import { inBatches, meansAt, momentsAt, queries } from "./ensemble.ts";

const d = 2;
const points = (n: number) => ({ data: uniforms(n * d, 3), n, d });
const processes = [0.2, 0.7, 1.5].map((length): Process => {
  const process = createProcess({ kernel: kernelNamed("matern52", d), noise: null }, { rows: 9, queries, d });
  const data = { x: uniforms(9 * d, 1), y: uniforms(9, 2), d, variance: null };
  expect(process.settle(data, Float64Array.of(Math.log(length), Math.log(length), 0), 0)).toBe(true);
  return process;
});

describe("a mixture of processes", () => {
  it("has the moments of drawing a process first, and then its value", () => {
    const x = points(3);
    const alone = processes.map((process) => momentsAt([process], x));
    const { mean, variance } = momentsAt(processes, x);
    for (let j = 0; j < 3; j++) {
      const first = alone.reduce((sum, one) => sum + one.mean[j]! / 3, 0);
      const second = alone.reduce((sum, one) => sum + (one.variance[j]! + one.mean[j]! ** 2) / 3, 0);
      expect(mean[j]).toBeCloseTo(first, 14);
      expect(variance[j]).toBeCloseTo(second - first * first, 13);
    }
    expect(meansAt(processes, x)).toEqual(mean);
  });

  it("of one process is that process, to the bit", () => {
    const [process] = processes;
    const x = points(5);
    const [mean, variance] = [new Float64Array(5), new Float64Array(5)];
    process!.predict({ z: x.data, m: 5 }, { mean, variance });
    expect(momentsAt([process!], x)).toEqual({ mean, variance });
  });

  it("gives a point the same bits among many as alone", () => {
    const x = points(2 * queries + 5);
    const { mean, variance } = momentsAt(processes, x);
    for (const j of [0, queries - 1, queries, 2 * queries + 4]) {
      const one = momentsAt(processes, { data: x.data.slice(j * d, j * d + d), n: 1, d });
      expect([one.mean[0], one.variance[0]]).toEqual([mean[j], variance[j]]);
    }
  });
});

it("batches hold every point once, in order", () => {
  for (const n of [0, 1, queries, queries + 1, 3 * queries]) {
    const seen: number[] = [];
    const x = points(n);
    inBatches(x, ({ z, m, start }) => {
      expect(start).toBe(seen.length / d);
      expect(m <= queries && z.length === m * d).toBe(true);
      seen.push(...z);
    });
    expect(Float64Array.from(seen)).toEqual(x.data);
  }
});
