import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { familyNumbers, type StationaryFamily } from "./families.ts";
import { stationaryCovariance, stationaryGram } from "./stationary.ts";

const family = fc.constantFrom(...(Object.keys(familyNumbers) as StationaryFamily[]));
const scale = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const coordinate = fc.oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: -1e150, max: 1e150, noNaN: true }));
const points = fc
  .integer({ min: 1, max: 4 })
  .chain((d) => fc.array(fc.array(coordinate, { minLength: d, maxLength: d }), { minLength: 1, maxLength: 11 }))
  .map((rows) => ({ x: Float64Array.from(rows.flat()), n: rows.length, d: rows[0]!.length }));

function gramOf(
  kind: StationaryFamily,
  { x, n, d }: { readonly x: Float64Array; readonly n: number; readonly d: number },
  by: number,
): Float64Array {
  const out = new Float64Array(n * n);
  stationaryGram(kind, x, n, d, out, by);
  return out;
}

describe("laws of the stationary covariances", () => {
  it("a Gram matrix is symmetric, has the scale on its diagonal and lies in [0, scale], to the bit", () => {
    fc.assert(
      fc.property(family, points, scale, (kind, given, by) => {
        const { n } = given;
        const gram = gramOf(kind, given, by);
        for (let i = 0; i < n; i++) {
          expect(gram[i * n + i]).toBe(by);
          for (let j = 0; j < n; j++) {
            expect(gram[i * n + j]).toBe(gram[j * n + i]);
            expect(gram[i * n + j]).toBeGreaterThanOrEqual(0);
            expect(gram[i * n + j]).toBeLessThanOrEqual(by);
          }
        }
      }),
    );
  });

  it("a Gram matrix is the covariance of points with themselves, to the bit", () => {
    fc.assert(
      fc.property(family, points, scale, (kind, given, by) => {
        const { x, n, d } = given;
        const z = Float64Array.from(x, (_, at) => x[(at % n) * d + Math.floor(at / n)]!);
        const out = new Float64Array(n * n);
        stationaryCovariance(kind, x, n, z, n, d, out, by);
        expect(out).toEqual(gramOf(kind, given, by));
      }),
    );
  });

  it("a covariance falls with the distance, up to rounding", () => {
    const distance = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(family, distance, distance, (kind, one, other) => {
        const out = new Float64Array(2);
        const ordered = Float64Array.of(one, other).sort();
        stationaryCovariance(kind, Float64Array.of(0), 1, ordered, 2, 1, out, 1);
        // Each is rounded by some epsilon, and by u epsilon because its argument u was.
        expect(out[1]).toBeLessThanOrEqual(out[0]! * (1 + 4 * Number.EPSILON * (1 + ordered[1]! * ordered[1]!)));
      }),
    );
  });

  it("the order of the coordinates changes nothing but rounding, a common shift by a power of two of a grid nothing at all", () => {
    const cell = fc.integer({ min: -64, max: 64 });
    fc.assert(
      fc.property(family, fc.array(cell, { minLength: 2, maxLength: 12 }), cell, (kind, cells, shift) => {
        const grid = (by: number) => ({ x: Float64Array.from(cells, (value) => (value + by) / 16), n: cells.length, d: 1 });
        expect(gramOf(kind, grid(shift), 1)).toEqual(gramOf(kind, grid(0), 1));
      }),
    );
  });
});
