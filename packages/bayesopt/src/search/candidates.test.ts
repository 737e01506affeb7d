import { choice, createSpace, decode, derive, encode, given, int, real, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { featuresOf } from "../features.ts";
import { candidates } from "./candidates.ts";
import { boxAround, unitCube } from "./region.ts";

const key = root("candidates");
const plain = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1), c: real(0, 1) }));
const mixedSpace = createSpace({
  kind: choice(["a", "b", "c", "d"]),
  rate: given("kind", ["b", "c"], real(0, 1)),
  width: int(1, 64, { scale: "log" }),
  layers: int(1, 4),
  size: real(0, 1),
});
const mixed = featuresOf(mixedSpace);
const even = [0, 0, 0].map(() => Math.log(0.3));

function rowsOf(points: Float64Array, d: number): readonly Float64Array[] {
  return Array.from({ length: points.length / d }, (_, row) => points.subarray(row * d, (row + 1) * d));
}

describe("candidates", () => {
  it("lie in the box, as many as were asked for", () => {
    const box = { lower: Float64Array.of(0.2, 0, 0.5), upper: Float64Array.of(0.4, 1, 0.5) };
    const rows = rowsOf(
      candidates({ features: plain, box: box, elite: [Float64Array.of(0.3, 0.99, 0.5)], logLengthscales: even }, 200, key),
      3,
    );
    expect(rows.length).toBe(200);
    for (const row of rows)
      row.forEach((at, axis) => {
        expect(at).toBeGreaterThanOrEqual(box.lower[axis]!);
        expect(at).toBeLessThanOrEqual(box.upper[axis]!);
      });
    expect(new Set(rows.map((row) => row.join())).size).toBeGreaterThan(190);
  });

  it("are spread evenly without an elite", () => {
    const rows = rowsOf(candidates({ features: plain, box: unitCube(3), elite: [], logLengthscales: even }, 512, key), 3);
    for (let corner = 0; corner < 8; corner++) {
      const inside = rows.filter((row) => row.every((at, axis) => at >= 0.5 === ((corner >> axis) & 1) > 0));
      expect(inside.length).toBe(64);
    }
  });

  it("crowd around the elite at every scale, and spread over the box as well", () => {
    const best = Float64Array.of(0.7, 0.2, 0.4);
    const rows = rowsOf(candidates({ features: plain, box: unitCube(3), elite: [best], logLengthscales: even }, 1600, key), 3);
    const distances = rows.map((row) => Math.max(...row.map((at, axis) => Math.abs(at - best[axis]!))));
    const share = (low: number, high: number): number => distances.filter((one) => one > low && one <= high).length / 1600;
    expect(share(0, 1e-3)).toBeGreaterThan(0.05);
    expect(share(1e-3, 1e-2)).toBeGreaterThan(0.08);
    expect(share(1e-2, 1e-1)).toBeGreaterThan(0.1);
    expect(share(1e-1, 1)).toBeGreaterThan(0.5);
  });

  it("are points of configurations where parameters are discrete or conditional", () => {
    const elite = [
      encode(mixedSpace, { kind: "b", rate: 0.3, width: 20, layers: 2, size: 0.9 }),
      encode(mixedSpace, { kind: "a", width: 3, layers: 4, size: 0.1 }),
    ];
    const lengths = mixed.axes.map(() => Math.log(0.5));
    for (const row of rowsOf(candidates({ features: mixed, box: unitCube(5), elite: elite, logLengthscales: lengths }, 160, key), 5))
      expect(mixed.canonical(row)).toEqual(row);
  });

  it("change some of the elite's discrete values and keep others", () => {
    const space = createSpace(
      Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`x${index}`, index < 8 ? choice(["a", "b", "c"]) : int(1, 1000)])),
    );
    const features = featuresOf(space);
    const best = encode(space, decode(space, new Float64Array(12).fill(0.5)));
    const rows = rowsOf(
      candidates({ features: features, box: unitCube(12), elite: [best], logLengthscales: features.axes.map(() => 0) }, 1600, key),
      12,
    );
    const moved = rows.slice(800, 1400);
    const changed = moved.map((row) => row.subarray(0, 8).filter((at, axis) => at !== best[axis]).length);
    expect(changed.reduce((sum, count) => sum + count / 600, 0)).toBeCloseTo(1, 0);
    for (let axis = 8; axis < 12; axis++) expect(moved.filter((row) => row[axis] !== best[axis]).length).toBeGreaterThan(300);
    for (const row of rows.slice(1400)) expect([...row.subarray(0, 8)]).toEqual([...best.subarray(0, 8)]);
  });

  it("follow from the key", () => {
    const of = (path: string): Float64Array =>
      candidates(
        { features: plain, box: unitCube(3), elite: [Float64Array.of(0.5, 0.5, 0.5)], logLengthscales: even },
        64,
        derive(key, path),
      );
    expect(of("one")).toEqual(of("one"));
    expect(of("one")).not.toEqual(of("two"));
  });

  it("work in more dimensions than Sobol's tables have", () => {
    const d = 1200;
    const wide = featuresOf(createSpace(Object.fromEntries(Array.from({ length: d }, (_, index) => [`x${index}`, real(0, 1)]))));
    const centre = new Float64Array(d).fill(0.5);
    const rows = rowsOf(
      candidates({ features: wide, box: unitCube(d), elite: [centre], logLengthscales: wide.axes.map(() => 0) }, 16, key),
      d,
    );
    expect(rows.every((row) => row.every((at) => at >= 0 && at <= 1))).toBe(true);
    const changed = rows[8]!.filter((at) => at !== 0.5).length;
    expect(changed).toBeGreaterThan(5);
    expect(changed).toBeLessThan(50);
  });
});

describe("the box around a point", () => {
  it("has sides in proportion to the lengthscales, and of the given one in the geometric mean", () => {
    const { lower, upper } = boxAround(plain, Float64Array.of(0.5, 0.5, 0.5), [Math.log(0.1), Math.log(0.2), Math.log(0.4)], 0.1);
    const sides = [...upper].map((at, axis) => at - lower[axis]!);
    expect(sides[0]! / sides[1]!).toBeCloseTo(0.5, 12);
    expect(sides[1]! / sides[2]!).toBeCloseTo(0.5, 12);
    expect(Math.cbrt(sides[0]! * sides[1]! * sides[2]!)).toBeCloseTo(0.1, 12);
  });

  it("stays in the cube, and spans all options of a choice", () => {
    const { lower, upper } = boxAround(
      mixed,
      Float64Array.of(0.1, 0.5, 0, 1, 0.95),
      mixed.axes.map(() => 0),
      0.2,
    );
    expect([...lower].map((at) => Number(at.toFixed(9)))).toEqual([0, 0.4, 0, 0.9, 0.85]);
    expect([...upper].map((at) => Number(at.toFixed(9)))).toEqual([1, 0.6, 0.1, 1, 1]);
  });
});
