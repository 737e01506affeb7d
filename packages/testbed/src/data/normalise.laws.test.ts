import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RegressionData, rowsOf } from "./dataset.ts";
import { fitNormalisation, type NormalisationKind, normalise, normaliseSplit } from "./normalise.ts";

const kinds: readonly NormalisationKind[] = ["standard", "unit", "none"];
const moderate = fc.double({ min: -1e3, max: 1e3, noNaN: true }).map(Math.fround);
const tables = fc
  .integer({ min: 1, max: 4 })
  .chain((d) => fc.array(fc.array(moderate, { minLength: d, maxLength: d }), { minLength: 2, maxLength: 30 }))
  .map(table);
const any = fc.constantFrom(...kinds);

function table(rows: readonly (readonly number[])[]): RegressionData {
  const d = rows[0]!.length;
  return {
    kind: "regression",
    name: "table",
    n: rows.length,
    d,
    inputs: Float32Array.from(rows.flat()),
    targets: new Float32Array(rows.length),
    outputs: 1,
    noiseVariance: null,
  };
}

const column = (dataset: RegressionData, index: number): readonly number[] =>
  [...dataset.inputs].filter((_, place) => place % dataset.d === index);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("normalisation", () => {
  it("learns from the training rows alone, whatever the others hold", () => {
    fc.assert(
      fc.property(tables, any, fc.float({ noNaN: false }), (train, kind, wild) => {
        const normal = { ...train, inputs: train.inputs.map((x) => x + 1) };
        const strange = { ...train, inputs: train.inputs.map(() => wild) };
        const [a, b] = [normal, strange].map((validation) => normaliseSplit({ train, validation, test: validation }, kind));
        expect(a!.train).toEqual(b!.train);
        expect(a!.validation).toEqual(normalise(normal, fitNormalisation(train, kind)));
        expect(a!.test).toEqual(a!.validation);
      }),
    );
  });

  it("does not depend on the order of the training rows, except for rounding", () => {
    fc.assert(
      fc.property(tables, any, (train, kind) => {
        const reversed = rowsOf(
          train,
          Array.from({ length: train.n }, (_, row) => train.n - 1 - row),
        );
        const [a, b] = [fitNormalisation(train, kind), fitNormalisation(reversed, kind)];
        for (let index = 0; index < train.d; index++) {
          expect(Math.abs(a.shift[index]! - b.shift[index]!)).toBeLessThan(1e-9);
          expect(Math.abs(a.scale[index]! / b.scale[index]! - 1)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it("`standard` gives mean 0 and standard deviation 1, `unit` exactly 0 to 1, `none` the same bits", () => {
    fc.assert(
      fc.property(tables, (train) => {
        const [standard, unit, none] = kinds.map((kind) => normalise(train, fitNormalisation(train, kind)));
        expect(none!.inputs).toEqual(train.inputs);
        for (let index = 0; index < train.d; index++) {
          const values = column(train, index);
          if (Math.max(...values) === Math.min(...values)) continue;
          expect([Math.min(...column(unit!, index)), Math.max(...column(unit!, index))]).toEqual([0, 1]);
          const z = column(standard!, index);
          expect(Math.abs(mean(z))).toBeLessThan(1e-5);
          expect(Math.abs(mean(z.map((value) => value * value)) - 1)).toBeLessThan(1e-4);
        }
      }),
    );
  });

  it("makes a constant column 0 and keeps what differs from it elsewhere", () => {
    const train = table([
      [0.1, 1],
      [0.1, 2],
      [0.1, 3],
    ]);
    for (const kind of ["standard", "unit"] as const) {
      const parts = normaliseSplit({ train, validation: table([[1.1, 2]]), test: table([[0.1, 2]]) }, kind);
      expect(column(parts.train, 0)).toEqual([0, 0, 0]);
      expect(parts.validation.inputs[0]).toBeCloseTo(1, 6);
      expect(parts.test.inputs[0]).toBe(0);
    }
  });

  it("bears the largest and the smallest numbers of single precision", () => {
    const train = table([
      [1e30, 1e-45],
      [-1e30, 0],
      [3e38, 0],
    ]);
    for (const kind of kinds) expect(normalise(train, fitNormalisation(train, kind)).inputs.every(Number.isFinite)).toBe(true);
  });

  it("refuses training inputs that are not finite, saying where", () => {
    const train = table([
      [1, 2],
      [3, NaN],
    ]);
    expect(() => fitNormalisation(train, "standard")).toThrow("table, row 1, column 1: expected a finite input, got NaN");
    expect(() => fitNormalisation(train, "unit")).toThrow(/row 1, column 1/);
  });
});
