import { ConfigError, ProtocolError, root } from "@caviar-hpo/core";
import { float64Operations } from "@caviar-hpo/numerics/network";
import { describe, expect, it } from "vitest";
import { smallExamples } from "../../testing/smallTraining.ts";
import { createTrainer, type Trainer, type TrainerOptions } from "./trainer.ts";

const base: TrainerOptions = {
  architecture: { inputs: 3, hidden: [4], outputs: 2 },
  settings: { batchSize: 6, learningRate: 0.01 },
  examples: smallExamples(20, 3, 2, 1),
  key: root(1),
};
const written = createTrainer(base);
written.epoch();
const bytes = written.save();

/** Loading throws, and the trainer is what it was. */
function refuses(trainer: Trainer, load: () => void, error: typeof ConfigError | typeof ProtocolError, code: string): void {
  const before = trainer.save();
  let thrown: unknown = null;
  try {
    load();
  } catch (caught) {
    thrown = caught;
  }
  expect(thrown).toBeInstanceOf(error);
  expect((thrown as ConfigError).code).toBe(code);
  expect(trainer.save()).toEqual(before);
}

describe("A checkpoint", () => {
  it("begins with its name and its version, little-endian", () => {
    expect(String.fromCharCode(...bytes.subarray(0, 4))).toBe("CVTB");
    expect([...bytes.subarray(4, 8)]).toEqual([1, 0, 0, 0]);
  });

  it("holds parameters, slots and running statistics as they are, and 92 bytes about them", () => {
    // 12 weights, gamma and beta, 8 weights and 2 biases; Adam's slots; mean and variance of 4 units in double precision.
    const parameters = 12 + 8 + 8 + 2;
    expect(bytes.length).toBe(92 + 3 * 4 * parameters + 2 * 8 * 4);
    const view = new DataView(bytes.buffer);
    expect([view.getFloat64(44, true), view.getFloat64(52, true)]).toEqual([1, 4]);
    expect(view.getFloat32(92, true)).toBe(written.network.parameters[0]);
  });

  it("is read from the middle of a larger buffer", () => {
    const larger = new Uint8Array(bytes.length + 10);
    larger.set(bytes, 3);
    const trainer = createTrainer(base);
    trainer.load(larger.subarray(3, 3 + bytes.length));
    expect(trainer.save()).toEqual(bytes);
  });

  it.each<[string, Partial<TrainerOptions>]>([
    ["other layers", { architecture: { inputs: 3, hidden: [5], outputs: 2 } }],
    ["no batch norm", { architecture: { inputs: 3, hidden: [4], outputs: 2, batchNorm: false } }],
    ["another convention", { architecture: { inputs: 3, hidden: [4], outputs: 2, batchNorm: { convention: "pytorch" } } }],
    ["another optimiser", { settings: { ...base.settings, optimiser: { name: "rmsProp" } } }],
    ["another precision", { operations: float64Operations }],
  ])("is refused, and cannot be adopted, by a trainer with %s", (_, change) => {
    const trainer = createTrainer({ ...base, ...change });
    refuses(trainer, () => trainer.load(bytes), ConfigError, "otherNetwork");
    refuses(trainer, () => trainer.adopt(bytes), ConfigError, "otherNetwork");
  });

  it.each<[string, Partial<TrainerOptions>]>([
    ["another learning rate", { settings: { ...base.settings, learningRate: 0.02 } }],
    ["another batch size", { settings: { ...base.settings, batchSize: 7 } }],
    ["another schedule", { settings: { ...base.settings, schedule: { name: "exponential", factor: 0.9 } } }],
    ["another dropout", { architecture: { inputs: 3, hidden: [4], outputs: 2, dropout: 0.5 } }],
    ["another number of examples", { examples: smallExamples(21, 3, 2, 1) }],
    ["other inputs", { examples: { ...base.examples, inputs: Float64Array.from(base.examples.inputs, (x) => 2 * x) } }],
    ["other labels", { examples: { ...base.examples, labels: Int32Array.from(base.examples.labels!, (label) => 1 - label) } }],
    ["another key", { key: root(2) }],
  ])("is refused by a trainer with %s, which may adopt it", (_, change) => {
    const trainer = createTrainer({ ...base, ...change });
    refuses(trainer, () => trainer.load(bytes), ConfigError, "otherSettings");
    trainer.adopt(bytes);
    expect(trainer.epochs).toBe(1);
    expect(trainer.network.parameters).toEqual(written.network.parameters);
    expect(trainer.epoch()).toMatchObject({ diverged: false, epoch: 2 });
  });

  it("is loaded where the same numbers lie in other arrays", () => {
    const { inputs, labels } = base.examples;
    const trainer = createTrainer({ ...base, examples: { n: 20, d: 3, inputs: inputs.slice(), labels: Array.from(labels!) } });
    trainer.load(bytes);
    expect(trainer.save()).toEqual(bytes);
  });

  it("within an epoch cannot be adopted, only loaded", () => {
    const within = createTrainer(base);
    within.step();
    const trainer = createTrainer({ ...base, settings: { ...base.settings, learningRate: 0.02 } });
    refuses(trainer, () => trainer.adopt(within.save()), ConfigError, "withinAnEpoch");
    const same = createTrainer(base);
    same.load(within.save());
    expect(same.save()).toEqual(within.save());
  });

  it("is refused with any one bit changed", () => {
    const trainer = createTrainer(base);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = changed[at]! ^ (1 << (at % 8));
      expect(() => trainer.load(changed)).toThrow(ProtocolError);
    }
    expect(trainer.save()).toEqual(createTrainer(base).save());
  });

  it("is refused when cut short at any place, or followed by something", () => {
    const trainer = createTrainer(base);
    for (let length = 0; length < bytes.length; length++) expect(() => trainer.load(bytes.subarray(0, length))).toThrow(ProtocolError);
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    refuses(trainer, () => trainer.load(longer), ProtocolError, "checkpointDamaged");
    refuses(trainer, () => trainer.load(new Uint8Array(200)), ProtocolError, "notACheckpoint");
  });
});
