import { root } from "@caviar-hpo/core";
import { float32Operations, float64Operations } from "@caviar-hpo/numerics/network";
import { describe, expect, it } from "vitest";
import { createTrainer } from "../training/trainer.ts";
import { effectiveRates } from "./effectiveRate.ts";
import { gradientShifts } from "./gradientShift.ts";
import golden from "./instruments.golden.json" with { type: "json" };
import { lossAlongGradient } from "./lossAlongGradient.ts";
import { preActivationsOf } from "./preActivations.ts";

// The same network as in golden/instruments.py, which derives its numbers without backpropagation.
const examples = {
  n: 6,
  d: 3,
  inputs: Float64Array.from({ length: 18 }, (_, index) => Math.sin(1 + index)),
  labels: [0, 1, 1, 0, 1, 0],
};

describe.each([
  ["double precision", float64Operations, 1e-12],
  ["single precision", float32Operations, 2e-5],
] as const)("instruments in %s", (_name, operations, tolerance) => {
  const trainer = createTrainer({
    architecture: { inputs: 3, hidden: [4, 3], outputs: 2, activation: "tanh" },
    settings: { learningRate: 0.5, optimiser: { name: "sgd" }, l2: 0.1 },
    examples,
    key: root(1),
    operations,
  });
  trainer.network.parameters.forEach((_, index, parameters) => {
    parameters[index] = 0.9 * Math.sin(2 + 3 * index);
  });

  it.each([
    ["pre-activations", preActivationsOf(trainer, examples), golden.preActivations],
    ["gradient shifts", gradientShifts(trainer), golden.shifts],
    ["the loss along the gradient", lossAlongGradient(trainer, [0.25, 0.5, 1, 2]), golden.along],
    ["effective rates", effectiveRates(trainer), golden.effectiveRates],
  ])("read %s as NumPy does", (_what, read, expected) => {
    const [ours, theirs] = [numbersIn(read), numbersIn(expected)];
    expect([...ours.keys()]).toEqual([...theirs.keys()]);
    for (const [path, value] of theirs)
      expect(Math.abs(ours.get(path)! - value), path).toBeLessThanOrEqual(tolerance * (1 + Math.abs(value)));
  });
});

/** Every number of a nested value by its path. */
function numbersIn(value: unknown, path = ""): ReadonlyMap<string, number> {
  if (typeof value === "number") return new Map([[path, value]]);
  return new Map(Object.entries(value as object).flatMap(([name, part]) => [...numbersIn(part, `${path}.${name}`)]));
}
