import { root } from "@caviar-hpo/core";
import { float32Operations, float64Operations } from "@caviar-hpo/numerics/network";
import { expect, it } from "vitest";
import { completeArchitecture } from "../network/architecture.ts";
import { createNetwork } from "../network/network.ts";
import { loadBatch } from "./batch.ts";
import type { Examples } from "./examples.ts";

it.each([1, 31, 32, 100])("Rows of %i features are loaded in their order, from either precision into either", (d) => {
  for (const inputs of [
    Float32Array.from({ length: 10 * d }, (_, index) => index / 8),
    Float64Array.from({ length: 10 * d }, (_, index) => index / 8),
  ])
    for (const operations of [float32Operations, float64Operations]) {
      const network = createNetwork(
        completeArchitecture({ inputs: d, hidden: [], outputs: 2, loss: "squaredError" }),
        operations,
        4,
        0,
        root(0),
      );
      const examples: Examples = { n: 10, d, inputs, targets: Array.from({ length: 20 }, (_, index) => 100 - index) };
      const row = (source: number): readonly number[] => Array.from({ length: d }, (_, column) => (source * d + column) / 8);
      loadBatch(network, examples, examples.targets!, Int32Array.of(9, 8, 7, 0, 3), 2, 3);
      expect([...network.inputs]).toEqual([...row(7), ...row(0), ...row(3), ...Array.from({ length: d }, () => 0)]);
      expect([...network.targets]).toEqual([86, 85, 100, 99, 94, 93, 0, 0]);
      loadBatch(network, examples, examples.targets!, null, 5, 2);
      expect([...network.inputs.subarray(0, 2 * d)]).toEqual([...row(5), ...row(6)]);
    }
});
