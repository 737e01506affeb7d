/** A task small enough to be trained in milliseconds: where tests need one. */
import { type Choice, type Config, choice, type Int, int, type Real, real, root } from "@caviar/core";
import { moons } from "../data/moons.ts";
import { split } from "../data/split.ts";
import { createTask, type Task } from "./task.ts";

export type TinySpace = {
  readonly learningRate: Real;
  readonly batchSize: Int;
  readonly batchNorm: Choice<boolean>;
  readonly preprocessing: Choice<"none" | "standard" | "unit">;
};

export const tinySpace: TinySpace = {
  learningRate: real(1e-3, 1, { scale: "log" }),
  batchSize: int(4, 64, { scale: "log" }),
  batchNorm: choice([true, false]),
  preprocessing: choice(["none", "standard", "unit"]),
};

export function tinyTask(max = 9): Task<TinySpace> {
  const data = split(moons({ n: 300, noise: 0.25 }, root("tiny")), { train: 150, validation: 100, test: 50 }, root("split"));
  return createTask({
    name: "tiny",
    space: tinySpace,
    data,
    epochs: { min: 1, max },
    recipe: ({ learningRate, batchSize, batchNorm, preprocessing }) => ({
      network: { hidden: [8], batchNorm },
      training: { learningRate, batchSize, optimiser: { name: "momentum" } },
      preprocessing,
    }),
  });
}

export const tinyConfig = { learningRate: 0.1, batchSize: 16, batchNorm: true, preprocessing: "standard" } as const satisfies Config;
