import fc from "fast-check";
import { expect, test } from "vitest";
import { centredDiscrepancy, mixtureDiscrepancy, starDiscrepancy, updateCentredDiscrepancy, wrapAroundDiscrepancy } from "./discrepancy.ts";

const all = [centredDiscrepancy, wrapAroundDiscrepancy, mixtureDiscrepancy, starDiscrepancy];

/** Points as rows, on a grid of 2^-20 so that reflections and shifts are exact. */
const design = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5 }))
  .chain(([n, d]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 2 ** 20 - 1 }), { minLength: d, maxLength: d }), { minLength: n, maxLength: n }),
  )
  .map((rows) => rows.map((row) => row.map((x) => x / 2 ** 20)));

const flat = (rows: readonly (readonly number[])[]): Float64Array => Float64Array.from(rows.flat());
const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(1e-11);
/** L2-star is compared by its square: the root amplifies the rounding of a square near zero. */
const comparable = (discrepancy: (typeof all)[number], rows: readonly (readonly number[])[]): number =>
  discrepancy(flat(rows), rows[0]!.length) ** (discrepancy === starDiscrepancy ? 2 : 1);

test("no discrepancy depends on the order of points or of dimensions", () => {
  fc.assert(
    fc.property(design, fc.nat(), (rows, by) => {
      for (const discrepancy of all) {
        const value = comparable(discrepancy, rows);
        near(comparable(discrepancy, [...rows].reverse()), value);
        const d = rows[0]!.length;
        near(
          comparable(
            discrepancy,
            rows.map((row) => row.map((_, j) => row[(j + by) % d]!)),
          ),
          value,
        );
      }
    }),
  );
});

test("centred, wrap-around and mixture discrepancy do not change when a coordinate is mirrored", () => {
  fc.assert(
    fc.property(design, fc.nat(), (rows, which) => {
      const mirrored = rows.map((row) => row.map((x, j) => (j === which % row.length ? 1 - x : x)));
      for (const discrepancy of all.slice(0, 3)) near(comparable(discrepancy, mirrored), comparable(discrepancy, rows));
    }),
  );
});

test("wrap-around discrepancy does not change when the points are shifted on the torus", () => {
  fc.assert(
    fc.property(design, fc.array(fc.integer({ min: 0, max: 2 ** 20 }), { minLength: 5, maxLength: 5 }), (rows, shift) => {
      const moved = rows.map((row) => row.map((x, j) => (x + shift[j]! / 2 ** 20) % 1));
      near(comparable(wrapAroundDiscrepancy, moved), comparable(wrapAroundDiscrepancy, rows));
    }),
  );
});

test("doubling every point changes no discrepancy, and none is negative beyond rounding", () => {
  fc.assert(
    fc.property(design, (rows) => {
      for (const discrepancy of all) {
        near(comparable(discrepancy, [...rows, ...rows]), comparable(discrepancy, rows));
        expect(comparable(discrepancy, rows)).toBeGreaterThan(-1e-12);
      }
    }),
  );
});

test("the update by a point is the recomputation with it", () => {
  fc.assert(
    fc.property(design, (rows) => {
      fc.pre(rows.length > 1);
      const d = rows[0]!.length;
      const before = flat(rows.slice(0, -1));
      const updated = updateCentredDiscrepancy(before, d, centredDiscrepancy(before, d), flat(rows.slice(-1)));
      near(updated, centredDiscrepancy(flat(rows), d));
    }),
  );
});
