import { type Config, choice, createSpace, decode, derive, encode, given, int, real, root, type Space, stream } from "@caviar-hpo/core";
import { spaces } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { contains, pointIn, type RegionAxis, wholeSpace, zoom } from "./region.ts";

const interval = (low: number, high: number): RegionAxis => ({ kind: "interval", low, high });
const xs = createSpace({ x: real(0, 1) });
const config = (x: number): Config => ({ x });

function drawFrom(space: Space, region: readonly RegionAxis[], seed: number, count: number): readonly Config[] {
  const source = stream(derive(root("region"), seed));
  return Array.from({ length: count }, () =>
    decode(
      space,
      Float64Array.from(region, (axis) => pointIn(axis, source.uniform())),
    ),
  );
}

function isInside(inner: readonly RegionAxis[], outer: readonly RegionAxis[]): boolean {
  return inner.every((axis, index) => {
    const around = outer[index]!;
    if (axis.kind === "interval" && around.kind === "interval")
      return around.low <= axis.low && axis.low <= axis.high && axis.high <= around.high;
    return (
      axis.kind === "options" &&
      around.kind === "options" &&
      axis.kept.length > 0 &&
      axis.kept.every((option) => around.kept.includes(option))
    );
  });
}

describe("the whole space", () => {
  it("is an interval for what has an order, all options for what has none", () => {
    const space = createSpace({
      a: int(1, 5),
      b: choice(["x", "y", "z"]),
      c: choice([1, 2], { ordered: true }),
      d: given("b", ["x"], choice(["p", "q"])),
    });
    expect(wholeSpace(space)).toEqual([
      interval(0, 1),
      { kind: "options", kept: [0, 1, 2], of: 3 },
      interval(0, 1),
      { kind: "options", kept: [0, 1], of: 2 },
    ]);
  });
});

describe("a point", () => {
  it("runs through an interval from end to end, and never leaves it", () => {
    expect([0, 0.25, 1].map((p) => pointIn(interval(0.2, 0.6), p))).toEqual([0.2, 0.30000000000000004, 0.6]);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, p) => {
          const x = pointIn(interval(Math.min(a, b), Math.max(a, b)), p);
          expect(x >= Math.min(a, b) && x <= Math.max(a, b)).toBe(true);
        },
      ),
      { seed: 5 },
    );
  });

  it("falls into the middle of each kept option equally often", () => {
    const axis: RegionAxis = { kind: "options", kept: [0, 3], of: 4 };
    expect([0, 0.49, 0.5, 1].map((p) => pointIn(axis, p))).toEqual([0.125, 0.125, 0.875, 0.875]);
  });
});

describe("a zoom", () => {
  it("spans the cluster and one grid spacing around it", () => {
    const wide = zoom(xs, [interval(0, 1)], [config(0.5), config(0.4)], 10, 1);
    expect(wide).toEqual([interval(0.4 - 0.1, 0.5 + 0.1)]);
  });

  it("is cut to its share of the side before, around the best point, slid back inside", () => {
    const cut = (best: number): RegionAxis => zoom(xs, [interval(0, 1)], [config(best), config(0.9), config(0.1)], 4, 0.5)[0]!;
    expect([cut(0.5), cut(0.05), cut(1)]).toEqual([interval(0.25, 0.75), interval(0, 0.5), interval(0.5, 1)]);
  });

  it("counts spacings by how many points each dimension could have had", () => {
    const space = createSpace({ x: real(0, 1), y: real(0, 1), z: real(0, 1) });
    const at = { x: 0.5, y: 0.5, z: 0.5 };
    const padded = zoom(space, wholeSpace(space), [at, at], 1000, 1)[0] as RegionAxis & { kind: "interval" };
    expect([padded.low, padded.high]).toEqual([0.4, 0.6]);
  });

  it("keeps the options that are present in the cluster, in their order", () => {
    const space = createSpace({ c: choice(["p", "q", "r", "s"]) });
    const first = zoom(space, wholeSpace(space), [{ c: "s" }, { c: "q" }, { c: "s" }], 10, 0.5);
    expect(first).toEqual([{ kind: "options", kept: [1, 3], of: 4 }]);
    expect(zoom(space, first, [{ c: "q" }], 10, 0.5)).toEqual([{ kind: "options", kept: [1], of: 4 }]);
  });

  it("leaves an axis alone on which nothing of the cluster is active", () => {
    const space = createSpace({ c: choice(["p", "q"]), x: given("c", ["p"], real(0, 1)) });
    const [, axis] = zoom(space, wholeSpace(space), [{ c: "q" }, { c: "q" }], 10, 0.5);
    expect(axis).toEqual(interval(0, 1));
    const [, active] = zoom(space, wholeSpace(space), [{ c: "q" }, { c: "p", x: 0.5 }], 10, 0.5);
    expect(active).toEqual(interval(0.25, 0.75));
  });

  it("zooms in the logarithm on a log scale", () => {
    const space = createSpace({ x: real(1e-6, 1, { scale: "log" }) });
    const [axis] = zoom(space, wholeSpace(space), [{ x: 1e-3 }], 1, 0.5) as readonly [RegionAxis & { kind: "interval" }];
    expect(axis.low).toBeCloseTo(0.25, 12);
    expect(axis.high).toBeCloseTo(0.75, 12);
  });
});

test("zoom after zoom, in every kind of space: inside the region before, no wider than allowed, holding its best and what is drawn from it", () => {
  const shrinks = fc.constantFrom(0.001, 0.1, 0.5, 0.9, 1);
  const wrong: string[] = [];
  fc.assert(
    fc.property(
      spaces({ conditional: true }),
      fc.nat({ max: 1e6 }),
      shrinks,
      fc.integer({ min: 1, max: 5 }),
      (space, seed, shrink, size) => {
        let region = wholeSpace(space);
        for (let stage = 0; stage < 5; stage++) {
          const drawn = drawFrom(space, region, seed + stage, 12);
          if (!drawn.every((one) => contains(space, region, one))) wrong.push(`drawn outside, ${JSON.stringify(space.params)}`);
          const cluster = drawn.slice(0, size);
          const next = zoom(space, region, cluster, 12, shrink);
          if (!isInside(next, region)) wrong.push(`not inside, ${JSON.stringify([region, next])}`);
          if (!contains(space, next, cluster[0]!)) wrong.push(`best outside, ${JSON.stringify([space.params, cluster[0], next])}`);
          next.forEach((axis, index) => {
            const before = region[index]!;
            const active = cluster.some((one) => Object.hasOwn(one, space.params[index]![0]));
            if (
              axis.kind === "interval" &&
              before.kind === "interval" &&
              active &&
              axis.high - axis.low > shrink * (before.high - before.low) + 1e-15
            )
              wrong.push(`too wide, ${JSON.stringify([before, axis])}`);
          });
          region = next;
        }
      },
    ),
    { seed: 6, numRuns: 150 },
  );
  expect(wrong).toEqual([]);
});

test("an integer lies in an interval that its cell reaches into, though the cell's middle does not", () => {
  const space = createSpace({ n: int(0, 3) });
  const region = [interval(0.3, 0.6)];
  expect([0, 1, 2, 3].map((n) => contains(space, region, { n }))).toEqual([false, true, true, false]);
  expect(encode(space, { n: 2 })[0]).toBe(0.625);
  const [axis] = zoom(space, region, [{ n: 2 }], 100, 0.5);
  expect(isInside([axis!], region)).toBe(true);
});
