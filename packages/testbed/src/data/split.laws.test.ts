import { derive, root } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClassificationData } from "./dataset.ts";
import { split, splitRows } from "./split.ts";

/** Rows that know their number, with labels at will and sizes that fit. */
const cases = fc
  .record({ labels: fc.array(fc.nat(3), { minLength: 2, maxLength: 200 }), seed: fc.nat(), stratified: fc.boolean() })
  .chain(({ labels, seed, stratified }) =>
    fc.tuple(fc.integer({ min: 1, max: labels.length - 1 }), fc.nat(labels.length), fc.nat(labels.length)).map(([train, a, b]) => {
      const validation = 1 + (a % (labels.length - train));
      const test = b % (labels.length - train - validation + 1);
      return { dataset: numbered(labels), sizes: { train, validation, test }, key: root(seed), stratified };
    }),
  );

function numbered(labels: readonly number[]): ClassificationData {
  const inputs = Float32Array.from(labels.flatMap((label, row) => [row, label]));
  return {
    kind: "classification",
    name: "rows",
    n: labels.length,
    d: 2,
    inputs,
    labels: Float32Array.from(labels),
    classes: 4,
    bayesError: null,
  };
}

describe("every split", () => {
  it("is a partition with the sizes asked for", () => {
    fc.assert(
      fc.property(cases, ({ dataset, sizes, key, stratified }) => {
        const rows = splitRows(dataset, sizes, key, { stratified });
        expect([rows.train.length, rows.validation.length, rows.test.length]).toEqual([sizes.train, sizes.validation, sizes.test]);
        const all = [...rows.train, ...rows.validation, ...rows.test];
        expect(new Set(all).size).toBe(all.length);
        expect(all.every((row) => row >= 0 && row < dataset.n)).toBe(true);
      }),
    );
  });

  it("keeps each row with its label and depends on the key", () => {
    fc.assert(
      fc.property(cases, ({ dataset, sizes, key, stratified }) => {
        const parts = split(dataset, sizes, key, { stratified });
        for (const part of [parts.train, parts.validation, parts.test]) {
          for (let row = 0; row < part.n; row++) expect(part.inputs[2 * row + 1]).toBe(part.labels[row]);
        }
        expect(split(dataset, sizes, key, { stratified })).toEqual(parts);
      }),
    );
    const dataset = numbered(new Array<number>(50).fill(0));
    const sizes = { train: 25, validation: 25 };
    expect(splitRows(dataset, sizes, root(1)).train).not.toEqual(splitRows(dataset, sizes, root(2)).train);
  });

  it("does not look at the inputs", () => {
    fc.assert(
      fc.property(cases, ({ dataset, sizes, key, stratified }) => {
        const other = { ...dataset, inputs: dataset.inputs.map((x) => Math.fround(1e6 - x)) };
        expect(splitRows(other, sizes, key, { stratified })).toEqual(splitRows(dataset, sizes, key, { stratified }));
      }),
    );
  });

  it("if stratified gives each class its share, to a row in training, two in validation, three in the test", () => {
    fc.assert(
      fc.property(cases, ({ dataset, sizes, key }) => {
        const parts = split(dataset, sizes, key, { stratified: true });
        const count = (part: ClassificationData, label: number): number => part.labels.filter((value) => value === label).length;
        for (let label = 0; label < dataset.classes; label++) {
          const share = count(dataset, label) / dataset.n;
          expect(Math.abs(count(parts.train, label) - share * sizes.train)).toBeLessThan(1);
          expect(Math.abs(count(parts.validation, label) - share * sizes.validation)).toBeLessThan(2);
          expect(Math.abs(count(parts.test, label) - share * sizes.test)).toBeLessThan(3);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives the same split when classes are renamed", () => {
    fc.assert(
      fc.property(cases, ({ dataset, sizes, key }) => {
        const renamed = { ...dataset, labels: dataset.labels.map((label) => label + 2), classes: 6 };
        expect(splitRows(renamed, sizes, key, { stratified: true })).toEqual(splitRows(dataset, sizes, key, { stratified: true }));
      }),
    );
  });

  it("mixes classes within a part as the key does, not class by class", () => {
    const dataset = numbered(Array.from({ length: 200 }, (_, row) => (row < 100 ? 0 : 1)));
    const { train } = split(dataset, { train: 100, validation: 100 }, derive(root(1), "mix"), { stratified: true });
    const changes = train.labels.filter((label, row) => row > 0 && label !== train.labels[row - 1]).length;
    expect(changes).toBeGreaterThan(30);
  });
});

describe("a split without a key", () => {
  it("takes the rows in their order", () => {
    const rows = splitRows(numbered([0, 1, 2, 3, 0, 1]), { train: 3, validation: 2 }, null);
    expect([[...rows.train], [...rows.validation], [...rows.test]]).toEqual([[0, 1, 2], [3, 4], []]);
  });

  it("cannot be stratified, nor can a regression", () => {
    const dataset = numbered([0, 1, 0, 1]);
    const regression = { ...dataset, kind: "regression" as const, targets: dataset.labels, outputs: 1, noiseVariance: null };
    const sizes = { train: 2, validation: 2 };
    expect(() => splitRows(dataset, sizes, null, { stratified: true })).toThrow(/expected classes and a key, got no key/);
    expect(() => splitRows(regression, sizes, root(1), { stratified: true })).toThrow(/got a regression/);
    expect(split(regression, sizes, root(1)).train.targets.length).toBe(2);
  });
});

describe("sizes that do not fit", () => {
  it.each([
    ["too many rows", { train: 3, validation: 2 }],
    ["no training rows", { train: 0, validation: 2 }],
    ["no validation rows", { train: 2, validation: 0 }],
    ["half a row", { train: 1.5, validation: 1 }],
    ["fewer than none", { train: 1, validation: 1, test: -1 }],
    ["no number", { train: NaN, validation: 1 }],
  ])("are refused: %s", (_title, sizes) => {
    expect(() => splitRows(numbered([0, 1, 0, 1]), sizes, root(1))).toThrow(/split of rows: expected whole numbers of rows/);
  });
});
