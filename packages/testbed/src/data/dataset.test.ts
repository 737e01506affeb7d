import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { type ClassificationData, type RegressionData, rowsOf } from "./dataset.ts";

const inputs = Float32Array.of(1, 2, 3, 4, 5, 6);

describe("rows of a data set", () => {
  it("are copied with their labels, in the order asked for, also twice", () => {
    const dataset: ClassificationData = {
      kind: "classification",
      name: "a",
      n: 3,
      d: 2,
      inputs,
      labels: Float32Array.of(0, 1, 2),
      classes: 3,
      bayesError: 0.25,
    };
    const rows = rowsOf(dataset, [2, 0, 2]);
    expect(rows).toEqual({ ...dataset, inputs: Float32Array.of(5, 6, 1, 2, 5, 6), labels: Float32Array.of(2, 0, 2) });
    rows.inputs[0] = 99;
    expect(dataset.inputs[4]).toBe(5);
  });

  it("are copied with all their targets", () => {
    const dataset: RegressionData = {
      kind: "regression",
      name: "b",
      n: 2,
      d: 3,
      inputs,
      targets: Float32Array.of(1, 2, 3, 4),
      outputs: 2,
      noiseVariance: null,
    };
    expect(rowsOf(dataset, Int32Array.of(1))).toEqual({
      ...dataset,
      n: 1,
      inputs: Float32Array.of(4, 5, 6),
      targets: Float32Array.of(3, 4),
    });
  });

  it.each([-1, 3, 1.5, NaN])("are not invented: %d", (index) => {
    const dataset: RegressionData = { kind: "regression", name: "c", n: 3, d: 2, inputs, targets: inputs, outputs: 2, noiseVariance: null };
    expect(() => rowsOf(dataset, [0, index])).toThrow(ConfigError);
    expect(() => rowsOf(dataset, [0, index])).toThrow(/a row 0 ... 2/);
  });
});
