import { derive, root, stream } from "@caviar-hpo/core";
import { float32Operations, float64Operations } from "@caviar-hpo/numerics/network";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spirals } from "../data/spirals.ts";
import type { Examples } from "../training/examples.ts";
import { createTrainer, type Trainer } from "../training/trainer.ts";
import { effectiveRates } from "./effectiveRate.ts";
import { gradientShifts } from "./gradientShift.ts";
import { lossAlongGradient } from "./lossAlongGradient.ts";
import { preActivationsOf } from "./preActivations.ts";

const data = spirals({ n: 50, arms: 3, turns: 0.5, noise: 0.1 }, root("instruments"));

const network = fc.record({
  hidden: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
  activation: fc.constantFrom("relu", "tanh", "gelu"),
  batchNorm: fc.constantFrom<false | { readonly epsilon: number; readonly bias: boolean }>(
    false,
    { epsilon: 1e-3, bias: false },
    { epsilon: 1e-5, bias: true },
  ),
  dropout: fc.constantFrom(0, 0.3),
});
const training = fc.record({
  batchSize: fc.constantFrom(7, 25, 50),
  learningRate: fc.constantFrom(1e-3, 0.05),
  l2: fc.constantFrom(0, 0.01),
  optimiser: fc.constantFrom({ name: "sgd" } as const, { name: "momentum" } as const, { name: "adam" } as const),
});
const trainerOf = (architecture: object, settings: object, seed: number, single: boolean): Trainer =>
  createTrainer({
    architecture: { inputs: 2, outputs: 3, ...architecture } as Parameters<typeof createTrainer>[0]["architecture"],
    settings,
    examples: data,
    key: root(seed),
    operations: single ? float32Operations : float64Operations,
  });
const any = fc.tuple(network, training, fc.nat(), fc.boolean(), fc.nat({ max: 9 })).map(([architecture, settings, seed, single, steps]) => {
  const trainers = [0, 1].map(() => trainerOf(architecture, settings, seed, single)) as [Trainer, Trainer];
  for (const trainer of trainers) for (let step = 0; step < steps; step++) trainer.step();
  return trainers;
});
const probe: Examples = { ...data, n: 20, inputs: data.inputs.slice(0, 40), labels: data.labels.slice(0, 20) };

describe("looking at a training", () => {
  it("does not change it, to the bit: neither its checkpoint nor how it continues", () => {
    fc.assert(
      fc.property(any, ([watched, alone]) => {
        const saved = watched.save();
        preActivationsOf(watched, probe);
        gradientShifts(watched);
        lossAlongGradient(watched, [0.01, 0.1]);
        effectiveRates(watched);
        expect(watched.save()).toEqual(saved);
        for (let step = 0; step < 5; step++) expect(watched.step()).toBe(alone.step());
        expect(watched.save()).toEqual(alone.save());
        expect(watched.evaluate(probe)).toEqual(alone.evaluate(probe));
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same numbers twice", () => {
    fc.assert(
      fc.property(any, ([trainer]) => {
        const look = () => [preActivationsOf(trainer, probe), gradientShifts(trainer), lossAlongGradient(trainer, [0.1])];
        expect(look()).toEqual(look());
      }),
      { numRuns: 30 },
    );
  });
});

describe("the gradient shift", () => {
  it("of the first layer is 0, because no layer is before it", () => {
    fc.assert(
      fc.property(any, ([trainer]) => {
        const shifts = gradientShifts(trainer);
        expect(shifts).toHaveLength(trainer.network.hidden.length + 1);
        expect(shifts[0]!.difference).toBe(0);
        if (shifts[0]!.cosine !== null) expect(shifts[0]!.cosine).toBeCloseTo(1, 12);
      }),
      { numRuns: 40 },
    );
  });

  it("obeys the triangle inequality and its cosine the law of cosines", () => {
    fc.assert(
      fc.property(any, ([trainer]) => {
        for (const { norm, difference, cosine } of gradientShifts(trainer)) {
          if (cosine === null) continue;
          expect(Math.abs(cosine)).toBeLessThanOrEqual(1);
          // ||G'|| follows from the triangle: with it, ||G - G'||^2 = ||G||^2 + ||G'||^2 - 2 ||G|| ||G'|| cosine has a root that is a
          // length.
          const discriminant = norm * norm * (cosine * cosine - 1) + difference * difference;
          expect(discriminant).toBeGreaterThanOrEqual(-1e-9 * norm * norm);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("weights before batch norm", () => {
  const scaled = fc.record({ seed: fc.nat(), factor: fc.double({ min: 0.1, max: 10, noNaN: true }) });
  const architecture = { hidden: [5, 4], activation: "tanh", batchNorm: { epsilon: 0 } };
  const settings = { batchSize: 25, optimiser: { name: "sgd" }, learningRate: 0.01 };
  const pair = (seed: number, factor: number): readonly [Trainer, Trainer] => {
    const [one, other] = [0, 1].map(() => trainerOf(architecture, settings, seed, false)) as [Trainer, Trainer];
    const { weights } = other.network.hidden[0]!.dense;
    weights.forEach((weight, index) => {
      weights[index] = factor * weight;
    });
    return [one, other];
  };

  it("may be scaled: what comes after it stays as it is", () => {
    fc.assert(
      fc.property(scaled, ({ seed, factor }) => {
        const [one, other] = pair(seed, factor).map((trainer) => preActivationsOf(trainer, probe));
        expect(other![0]!.linear.all.sd).toBeCloseTo(factor * one![0]!.linear.all.sd, 9);
        one!.forEach(({ preActivations }, layer) => {
          preActivations.all.quantiles.forEach((quantile, index) => {
            expect(other![layer]!.preActivations.all.quantiles[index]).toBeCloseTo(quantile, 9);
          });
        });
      }),
    );
  });

  it("scaled by a have a gradient 1 / a as long and an effective rate 1 / a^2 as large", () => {
    fc.assert(
      fc.property(scaled, ({ seed, factor }) => {
        const [one, other] = pair(seed, factor);
        expect(gradientShifts(other)[0]!.norm * factor).toBeCloseTo(gradientShifts(one)[0]!.norm, 9);
        expect(effectiveRates(other)[0]! * factor * factor).toBeCloseTo(effectiveRates(one)[0]!, 12);
      }),
    );
  });

  it("under a rate a^2 as large take the same steps: the effective rate is what counts", () => {
    fc.assert(
      fc.property(scaled, ({ seed, factor }) => {
        const source = stream(derive(root(seed), "rate"));
        const learningRate = 0.1 * source.uniform();
        // One hidden layer whose weights alone learn: gamma, beta and the output layer would follow the larger rate.
        const run = (by: number): readonly number[] => {
          const trainer = trainerOf({ ...architecture, hidden: [5] }, { ...settings, learningRate: learningRate * by * by }, seed, false);
          const { weights } = trainer.network.hidden[0]!.dense;
          const { parameters } = trainer.network;
          weights.forEach((weight, index) => {
            weights[index] = by * weight;
          });
          const kept = parameters.slice();
          return Array.from({ length: 4 }, () => {
            const loss = trainer.step();
            kept.set(weights);
            parameters.set(kept);
            return loss;
          });
        };
        const [plain, larger] = [run(1), run(factor)];
        plain.forEach((loss, step) => {
          expect(larger[step]).toBeCloseTo(loss, 8);
        });
      }),
    );
  });
});

describe("the loss along the gradient", () => {
  it("falls by rate ||gradient||^2 for small rates", () => {
    fc.assert(
      fc.property(network, fc.nat(), (architecture, seed) => {
        const trainer = trainerOf({ ...architecture, activation: "tanh" }, { batchSize: 50 }, seed, false);
        const rate = 1e-7;
        const { loss, gradientNorm, steps } = lossAlongGradient(trainer, [rate]);
        const expected = rate * gradientNorm * gradientNorm;
        expect(Math.abs(loss - steps[0]!.loss - expected)).toBeLessThanOrEqual(1e-2 * expected + 1e-14);
      }),
      { numRuns: 60 },
    );
  });

  it("is as smooth as its roughest step", () => {
    fc.assert(
      fc.property(any, ([trainer]) => {
        const rates = [0.3, 0.01, 0.1];
        const { gradientNorm, steps, smoothness } = lossAlongGradient(trainer, rates);
        if (smoothness === null) return;
        const each = steps.map(({ rate, gradientChange }) => gradientChange / (rate * gradientNorm));
        expect(each).toContain(smoothness);
        for (const one of each) expect(one).toBeLessThanOrEqual(smoothness);
      }),
      { numRuns: 40 },
    );
  });
});
