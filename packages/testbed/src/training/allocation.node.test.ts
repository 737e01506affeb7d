/**
 * Needs Node for its count of bytes. `arrayBuffers` counts the bytes of typed arrays exactly, and only the garbage collector lowers it. The
 * rest of the heap is measured in `bench/steps.mjs`: numbers are boxed there until the code is compiled, which takes longer on a slow
 * machine.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { root } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { smallExamples } from "../../testing/smallTraining.ts";
import type { OptimiserOptions } from "../optimiser/optimiser.ts";
import { createTrainer } from "./trainer.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

it.each<OptimiserOptions>([{ name: "adam" }, { name: "momentum" }])("A step with %j allocates no typed array", (optimiser) => {
  const [batchSize, steps, units] = [64, 20, 64];
  const trainer = createTrainer({
    architecture: { inputs: 32, hidden: [units, units], outputs: 3, dropout: 0.2 },
    settings: { batchSize, optimiser, l2: 1e-4 },
    examples: smallExamples(4 * steps * batchSize, 32, 3, 1),
    key: root(1),
  });
  const take = (): number => {
    collect();
    const before = process.memoryUsage().arrayBuffers;
    for (let step = 0; step < steps; step++) trainer.step();
    return process.memoryUsage().arrayBuffers - before;
  };
  // The first steps of an epoch may make the arrays that later ones use again.
  take();
  // Few enough steps that their garbage would not be collected between the two counts; one layer's batch would be 16 kB a step.
  expect(take()).toBe(0);
  expect(take()).toBe(0);
});
