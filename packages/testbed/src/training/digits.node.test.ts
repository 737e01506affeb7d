import { root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { digitRows } from "../../testing/digitRows.ts";
import type { PopulationStatistics } from "../network/architecture.ts";
import { createTrainer } from "./trainer.ts";

describe("After one epoch on 8,000 digits of 14 x 14, in 8, 16 or 32 steps,", async () => {
  const { training, validation } = await digitRows(14);
  const accuracy = (steps: number, decay: number, populationStatistics: PopulationStatistics): number => {
    const trainer = createTrainer({
      architecture: { inputs: 196, hidden: [32, 32], outputs: 10, batchNorm: { decay, populationStatistics } },
      settings: { batchSize: 8000 / steps, learningRate: 0.01 },
      examples: training,
      key: root(0),
    });
    trainer.epoch();
    return trainer.evaluate(validation).accuracy!;
  };

  it.each([
    [8, 0.7],
    [16, 0.82],
    [32, 0.87],
  ])("recomputed statistics give the same accuracy whatever the decay: %i steps", (steps, least) => {
    expect(accuracy(steps, 0.99, "recomputed")).toBe(accuracy(steps, 0.9, "recomputed"));
    expect(accuracy(steps, 0.9, "recomputed")).toBeGreaterThan(least);
  });

  it.each([8, 16, 32])("raw ones lose more than .05 to a decay of .99: %i steps", (steps) => {
    expect(accuracy(steps, 0.9, "raw") - accuracy(steps, 0.99, "raw")).toBeGreaterThan(0.05);
  });

  it("bias-corrected ones do not lose it, but they lag behind the parameters", () => {
    const [short, long, recomputed] = [
      accuracy(32, 0.9, "biasCorrected"),
      accuracy(32, 0.99, "biasCorrected"),
      accuracy(32, 0.99, "recomputed"),
    ];
    expect(short - long).toBeLessThan(0.05);
    expect(long).toBeLessThan(recomputed);
  });
});
