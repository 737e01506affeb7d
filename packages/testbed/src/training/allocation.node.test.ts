/** Needs Node for its count of bytes. Typed arrays count as `arrayBuffers`, everything else as `heapUsed`. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { root } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { smallExamples } from "../../testing/smallTraining.ts";
import type { OptimiserOptions } from "../optimiser/optimiser.ts";
import { createTrainer } from "./trainer.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

it.each<OptimiserOptions>([{ name: "adam" }, { name: "momentum" }])(
  "A step with %j allocates nothing as large as a layer's batch",
  (optimiser) => {
    const [batchSize, steps, units] = [64, 150, 64];
    const trainer = createTrainer({
      architecture: { inputs: 32, hidden: [units, units], outputs: 3, dropout: 0.2 },
      settings: { batchSize, optimiser, l2: 1e-4 },
      examples: smallExamples(4 * steps * batchSize, 32, 3, 1),
      key: root(1),
    });
    const take = (): number => {
      collect();
      const before = process.memoryUsage();
      for (let step = 0; step < steps; step += 1) trainer.step();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return Math.max(0, heapUsed - before.heapUsed) + Math.max(0, arrayBuffers - before.arrayBuffers);
    };
    take();
    take();
    // Boxed numbers of code that is not compiled yet come to some 2 kB; the array of one layer's batch would be 16 kB.
    const bytes = Math.min(take(), take()) / steps;
    expect(trainer.epochs).toBe(1);
    expect(bytes).toBeLessThan(4096);
  },
);
