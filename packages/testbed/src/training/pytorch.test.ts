import { root } from "@caviar-hpo/core";
import type { ActivationName } from "@caviar-hpo/numerics/network";
import { float32Operations, float64Operations, type Operations } from "@caviar-hpo/numerics/network";
import { describe, expect, it } from "vitest";
import { epochOrder } from "./order.ts";
import golden from "./pytorch.golden.json" with { type: "json" };
import { createTrainer, type Trainer } from "./trainer.ts";

const [inputs, outputs, rows, batchSize] = [784, 10, 7 * 64 + 20, 64];
const key = root("pytorch");
type Run = (typeof golden.runs)[number];

describe.each(golden.runs)("$optimiser, hidden $hidden, $activation, batch norm $batchNorm, L2 $l2, $loss", (run) => {
  const trainer = begin(run, float64Operations);
  const losses = Array.from({ length: 8 }, () => trainer.step());

  it("takes PyTorch's first eight steps in double precision", () => {
    expect(distance(losses, run.float64.losses)).toBeLessThan(1e-11);
  });

  it("arrives at PyTorch's parameters", () => {
    for (const { name, offset, length } of trainer.network.layout.slices) {
      const values = [...trainer.network.parameters.subarray(offset, offset + length)];
      const summary = [sum(values), sum(values.map((value) => value * value)), ...values.slice(0, 2)];
      expect(distance(summary, run.float64.parameters[name as "layer1.weights"]), name).toBeLessThan(1e-9);
    }
  });

  it("has PyTorch's running statistics, and its loss in evaluation mode", () => {
    const running = trainer.network.hidden.flatMap(({ batchNorm }) => {
      if (!batchNorm) return [];
      // What is left of the beginning, a variance of 1, is added when the statistics are read.
      return [sum(batchNorm.running.mean), sum(batchNorm.running.variance) + 0.9 ** 8 * batchNorm.units];
    });
    expect(distance(running, run.float64.running.flat())).toBeLessThan(1e-10);
    expect(trainer.evaluate(trainer.examples).loss).toBeCloseTo(run.float64.evaluated, 11);
  });

  it("takes them in single precision to 1e-6 of PyTorch's in single precision", () => {
    const single = begin(run, float32Operations);
    const singleLosses = Array.from({ length: 8 }, () => single.step());
    expect(distance(singleLosses, run.float32Losses)).toBeLessThan(1e-6);
  });
});

/** The trainer with the parameters and the examples of golden/pytorchSteps.py, which come in the order in which they are to be taken. */
function begin(run: Run, operations: Operations): Trainer {
  const order = epochOrder(key, 0, rows);
  const place = <A extends Float64Array | Int32Array>(into: A, width: number, value: (index: number) => number): A => {
    order.forEach((row, at) => {
      for (let column = 0; column < width; column++) into[row * width + column] = value(at * width + column);
    });
    return into;
  };
  const trainer = createTrainer({
    architecture: {
      inputs,
      hidden: run.hidden,
      outputs,
      activation: run.activation as ActivationName,
      batchNorm: run.batchNorm && { convention: "pytorch", populationStatistics: "raw" },
      loss: run.loss as "softmaxCrossEntropy" | "squaredError",
    },
    settings: {
      batchSize,
      learningRate: run.learningRate,
      l2: run.l2,
      optimiser:
        run.optimiser === "momentum" ? { name: "momentum", convention: "pytorch" } : { name: run.optimiser as "adam" | "sgd" | "rmsProp" },
    },
    examples: {
      n: rows,
      d: inputs,
      inputs: place(new Float64Array(rows * inputs), inputs, (index) => (hash(100, index) % 256) / 256),
      labels: place(new Int32Array(rows), 1, (index) => hash(101, index) % outputs),
      targets: place(new Float64Array(rows * outputs), outputs, (index) => between(102, index, 1)),
    },
    key,
    operations,
  });
  const { layout, parameters } = trainer.network;
  for (const { layer, kind, offset, length } of layout.slices) {
    const salt = 1 + 4 * layer + { weights: 0, bias: 1, gamma: 2, beta: 3 }[kind];
    const half = { weights: 1 / 16, bias: 0.25, gamma: 0.5, beta: 0.5 }[kind];
    for (let index = 0; index < length; index++) parameters[offset + index] = (kind === "gamma" ? 1 : 0) + between(salt, index, half);
  }
  return trainer;
}

function hash(salt: number, index: number): number {
  let x = salt * 2 ** 20 + index;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

function between(salt: number, index: number, half: number): number {
  return ((hash(salt, index) % 2048) - 1024) * (half / 1024);
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

/** The largest difference, relative to numbers beyond 1. */
function distance(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(0, ...a.map((value, index) => Math.abs(value - b[index]!) / Math.max(1, Math.abs(b[index]!))));
}
