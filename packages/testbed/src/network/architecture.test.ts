import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { type ArchitectureOptions, completeArchitecture } from "./architecture.ts";
import { trainingFlops } from "./flops.ts";
import { layoutOf } from "./layout.ts";

const small: ArchitectureOptions = { inputs: 3, hidden: [4, 2], outputs: 5 };

describe("An architecture", () => {
  it("is completed by Keras's batch norm with recomputed statistics, rectifiers, no dropout and cross-entropy", () => {
    expect(completeArchitecture(small)).toEqual({
      ...small,
      activation: "relu",
      batchNorm: { convention: "keras", decay: 0.99, epsilon: 1e-3, populationStatistics: "recomputed", bias: false, noise: 0 },
      dropout: [0, 0],
      loss: "softmaxCrossEntropy",
    });
  });

  it("takes PyTorch's defaults by name, and its own values where given", () => {
    expect(completeArchitecture({ ...small, batchNorm: { convention: "pytorch" } }).batchNorm).toMatchObject({ decay: 0.9, epsilon: 1e-5 });
    expect(completeArchitecture({ ...small, batchNorm: { decay: 0.5, epsilon: 0 } }).batchNorm).toMatchObject({ decay: 0.5, epsilon: 0 });
    expect(completeArchitecture({ ...small, dropout: 0.25 }).dropout).toEqual([0.25, 0.25]);
  });

  it("is the same after being completed again", () => {
    const once = completeArchitecture({ ...small, batchNorm: false, dropout: [0.1, 0.2] });
    expect(completeArchitecture(once)).toEqual(once);
    expect(JSON.stringify(completeArchitecture(JSON.parse(JSON.stringify(once))))).toBe(JSON.stringify(once));
  });

  it.each<[string, object]>([
    ["no inputs", { inputs: 0 }],
    ["half a unit", { hidden: [1.5] }],
    ["a layer of none", { hidden: [4, 0] }],
    ["outputs that are no number", { outputs: NaN }],
    ["an unknown activation", { activation: "rleu" }],
    ["an unknown loss", { loss: "hinge" }],
    ["dropout of everything", { dropout: 1 }],
    ["dropout for another number of layers", { dropout: [0.5] }],
    ["an unknown convention", { batchNorm: { convention: "torch" } }],
    ["a decay of 1", { batchNorm: { decay: 1 } }],
    ["PyTorch's name for the decay", { batchNorm: { momentum: 0.1 } }],
    ["a misspelt option", { batchnorm: true }],
  ])("is refused with %s", (_, wrong) => {
    expect(() => completeArchitecture({ ...small, ...wrong } as ArchitectureOptions)).toThrow(ConfigError);
  });
});

describe("The parameters of a 3-4-2-5 network", () => {
  const names = (options: Partial<ArchitectureOptions>): readonly string[] =>
    layoutOf(completeArchitecture({ ...small, ...options })).slices.map(({ name, shape }) => `${name} ${shape.join("x")}`);

  it("have gamma and beta instead of a bias with batch norm, except in the output layer", () => {
    expect(names({})).toEqual([
      "layer1.weights 3x4",
      "layer1.gamma 4",
      "layer1.beta 4",
      "layer2.weights 4x2",
      "layer2.gamma 2",
      "layer2.beta 2",
      "layer3.weights 2x5",
      "layer3.bias 5",
    ]);
  });

  it("have biases without it, and both on request", () => {
    expect(names({ batchNorm: false }).filter((name) => !name.includes("weights"))).toEqual([
      "layer1.bias 4",
      "layer2.bias 2",
      "layer3.bias 5",
    ]);
    expect(names({ batchNorm: { bias: true } })).toContain("layer1.bias 4");
  });

  it("lie one after the other without gaps", () => {
    const { slices, length } = layoutOf(completeArchitecture({ ...small, batchNorm: { bias: true } }));
    let at = 0;
    for (const slice of slices) {
      expect(slice.offset).toBe(at);
      expect(slice.length).toBe(slice.shape.reduce((product, side) => product * side, 1));
      at += slice.length;
    }
    expect(length).toBe(at);
  });
});

it("An example costs two products forward and backward in the first layer, three in the others", () => {
  expect(trainingFlops(completeArchitecture(small))).toBe(2 * (2 * 3 * 4 + 3 * 4 * 2 + 3 * 2 * 5));
  const wider = trainingFlops(completeArchitecture({ ...small, hidden: [5, 2] }));
  expect(wider).toBeGreaterThan(trainingFlops(completeArchitecture(small)));
});
