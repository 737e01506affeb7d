/**
 * On a finite space, strategies that adapt try every configuration before they repeat any, wherever their points come from: random starts,
 * models, crossings, regions. With fidelities, a configuration is new again at a fidelity to which no trial of it was meant to train.
 */
import { type Card, type Config, countValues, createSpace, type Shape } from "@caviar-hpo/core";
import { runCampaign, toyValue } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choice, createStudy, given, int, real, strategies } from "./index.ts";

const adaptive = strategies.filter((card) => card.adaptive && card.name !== "panda" && card.name !== "populationBased");

type Finished = { readonly configs: readonly Config[]; readonly repeats: number };

/** Trials of jobs that start from scratch, each to where it was meant to go. */
function run(card: Card, shape: Shape, { trials, seed, workers }: { trials: number; seed: number; workers: number }): Finished {
  const started = new Map<string, number>();
  const configs: Config[] = [];
  const study = createStudy({
    space: shape,
    strategy: { card, options: card.cheap },
    seed,
    ...(card.needs.includes("fidelity") && { fidelity: { unit: "epochs", min: 1, max: 9, whole: true }, resumable: true }),
    onEvent: (event) => {
      if (event.kind !== "asked") return;
      for (const job of event.jobs.filter(({ trial, from }) => from === null && trial >= configs.length)) {
        const key = JSON.stringify([job.config, job.until]);
        started.set(key, (started.get(key) ?? 0) + 1);
        configs.push(job.config);
      }
    },
  }).core;
  runCampaign(study, {
    workers,
    trials,
    pick: (turn) => turn * 5,
    judge: (job, fidelity) => toyValue(study.problem, job.config, fidelity, 2 * seed + 1),
  });
  return { configs, repeats: [...started.values()].reduce((sum, count) => sum + count - 1, 0) };
}

describe.each(adaptive)("$name", (card) => {
  it.each([1, 2, 3])("repeats none of 101 whole numbers in 60 trials, seed %i", (seed) => {
    const { configs, repeats } = run(card, { n: int(0, 100) }, { trials: 60, seed, workers: 1 });
    expect(configs).toHaveLength(60);
    expect(repeats).toBe(0);
  });

  it("repeats nothing in any small space while others are left, with any number of workers", () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 4 }), fc.nat({ max: 99 }), (shape, workers, seed) => {
        const size = sizeOf(shape);
        const { configs, repeats } = run(card, shape, { trials: size, seed, workers });
        expect(repeats).toBe(0);
        if (!card.needs.includes("fidelity")) expect(configs).toHaveLength(size);
      }),
      { seed: 1, numRuns: Object.hasOwn(card.options, "askEffort") ? 8 : 40 },
    );
  });
});

const plain = fc.oneof(
  fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 6 })).map(([low, width]) => int(low, low + width)),
  fc.integer({ min: 1, max: 6 }).map((high) => int(1, high, { scale: "log" })),
  fc.integer({ min: 0, max: 5 }).map((steps) => real(-0.2, -0.2 + steps * 0.1, { step: 0.1 })),
  fc.integer({ min: 1, max: 4 }).map((count) => choice(["a", "b", "c", "d"].slice(0, count))),
);
const shapes: fc.Arbitrary<Shape> = fc
  .record({ a: plain, b: plain, c: plain }, { requiredKeys: ["a"] })
  .chain((shape) =>
    fc
      .boolean()
      .map((nested): Shape => (nested && shape.a.kind !== "real" ? { ...shape, d: given("a", [firstOf(shape.a)], int(1, 3)) } : shape)),
  )
  .filter((shape) => sizeOf(shape) <= 60);

function firstOf(param: ReturnType<typeof int> | ReturnType<typeof choice>): number | string {
  return param.kind === "choice" ? (param.options[0] as string) : param.low;
}

/** How many configurations a shape has, of which `d` alone is conditional: on one value of `a`. */
function sizeOf({ d, ...shape }: Shape): number {
  const counts = createSpace(shape).params.map(([, param]) => countValues(param as Exclude<typeof param, { kind: "given" }>));
  const all = counts.reduce((product, count) => product * count, 1);
  return d === undefined ? all : all + (all / counts[0]!) * 2;
}
