import { choice, createSpace, int, type Param, type ParamValue, plainOf, real, root, type Space, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { axisOf } from "./axis.ts";
import { groupsOf } from "./groups.ts";
import { placesIn } from "./model.ts";
import { bandwidthsOf, type Parzen, type Places, parzen, weightsOf } from "./parzen.ts";

type Row = readonly ParamValue[];

const configsOf = (space: Space, rows: readonly Row[]) =>
  rows.map((row) => Object.fromEntries(space.params.map(([name], index) => [name, row[index]!])));

function estimate(
  space: Space,
  observed: readonly Row[],
): { readonly density: (queries: readonly Row[]) => readonly number[]; readonly model: Parzen } {
  const [group] = groupsOf(space, true);
  const places = (rows: readonly Row[]): Places => placesIn(space, group!, configsOf(space, rows), new WeakMap());
  const model = parzen(group!.axes, places(observed));
  return { model, density: (queries) => [...model.logDensity(places(queries))] };
}

const one = (param: Param): Space => createSpace({ x: param });
const column = (values: readonly ParamValue[]): readonly Row[] => values.map((value) => [value]);

describe("the log densities of Optuna 5.0.0", () => {
  // Densities here are on [0, 1]; Optuna's are in x, or in ln x on a log scale.
  const cases: readonly {
    readonly name: string;
    readonly space: Space;
    readonly observed: readonly Row[];
    readonly at: readonly Row[];
    readonly expected: readonly number[];
    readonly length?: number;
  }[] = [
    {
      name: "a real",
      space: one(real(0, 1)),
      observed: column([0.2, 0.5, 0.8]),
      at: column([0, 0.1, 0.5, 0.95]),
      expected: [-0.3678211250973733, -0.16982267340414703, 0.15728384481868884, -0.26283873549293135],
    },
    {
      name: "a real with a cluster",
      space: one(real(0, 1)),
      observed: column([0.5, 0.501, 0.502, 0.9]),
      at: column([0.5, 0.7]),
      expected: [0.4872581827964638, 0.18067774015437776],
    },
    {
      name: "a real on a log scale",
      space: one(real(1e-4, 1, { scale: "log" })),
      observed: column([1e-3, 1e-2, 0.5]),
      at: column([1e-4, 1e-3, 0.1, 1]),
      expected: [-2.560331167262559, -2.119060341798627, -2.2563761514650986, -2.4365746015645895],
      length: Math.log(1e4),
    },
    {
      name: "an integer",
      space: one(int(1, 10)),
      observed: column([2, 3, 9]),
      at: column([1, 2, 5, 10]),
      expected: [-2.108713759199237, -2.010345150154332, -2.292406765860143, -2.65687527422421],
    },
    {
      name: "an integer on a log scale",
      space: one(int(1, 100, { scale: "log" })),
      observed: column([2, 10, 50]),
      at: column([1, 2, 10, 100]),
      expected: [-1.8798406759694868, -2.3950115923292494, -3.8069997725652804, -6.455391548924272],
    },
    {
      name: "a choice",
      space: one(choice([0, 1, 2])),
      observed: column([0, 0, 2]),
      at: column([0, 1, 2]),
      expected: [-0.7419373447293773, -1.6582280766035324, -1.0986122886681098],
    },
    {
      name: "a real and a choice",
      space: createSpace({ x: real(0, 1), c: choice([0, 1, 2]) }),
      observed: [
        [0.2, 0],
        [0.5, 0],
        [0.8, 2],
      ],
      at: [
        [0.2, 0],
        [0.5, 1],
        [0.9, 2],
      ],
      expected: [-0.561757412911917, -1.528777318353702, -0.896519573208344],
    },
    { name: "nothing observed", space: one(real(0, 1)), observed: [], at: column([0.3]), expected: [0.02097780049095] },
  ];

  test.each(cases)("of $name, within 1e-10", ({ space, observed, at, expected, length = 1 }) => {
    const found = estimate(space, observed).density(at);
    const errors = found.map((density, index) => Math.abs(density - Math.log(length) - expected[index]!));
    expect(Math.max(...errors)).toBeLessThan(1e-10);
  });

  test("with the bandwidths that are clipped from below", () => {
    const sigmas = bandwidthsOf(Float64Array.of(0.5, 0.501, 0.502, 0.9));
    const expected = [1 / 6, 1 / 6, 0.398, 0.398];
    sigmas.forEach((sigma, index) => {
      expect(sigma).toBeCloseTo(expected[index]!, 14);
    });
  });
});

describe("the mixture has a mass of one", () => {
  test.each<readonly [string, Param, readonly ParamValue[], readonly ParamValue[]]>([
    ["over integers", int(-3, 4), [-3, 0, 0, 4, 2], Array.from({ length: 8 }, (_, index) => index - 3)],
    ["over integers on a log scale", int(1, 300, { scale: "log" }), [1, 1, 7, 300], Array.from({ length: 300 }, (_, index) => index + 1)],
    ["over steps", real(0, 0.7, { step: 0.1 }), [0.1, 0.3], [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]],
    ["over ordered options", choice([16, 32, 64], { ordered: true }), [32, 16, 16], [16, 32, 64]],
    ["over options", choice(["a", "b", "c", "d"]), ["d", "d", "a"], ["a", "b", "c", "d"]],
    ["over nothing observed", choice(["a", "b", "c"]), [], ["a", "b", "c"]],
    ["over 20,000 integers", int(1, 20_000), [1, 2, 3, 15_000], Array.from({ length: 20_000 }, (_, index) => index + 1)],
  ])("%s", (_name, param, observed, all) => {
    const densities = estimate(one(param), column(observed)).density(column(all));
    expect(densities.reduce((sum, density) => sum + Math.exp(density), 0)).toBeCloseTo(1, 12);
  });

  test("over a real, by Simpson's rule", () => {
    const n = 2000;
    const grid = Array.from({ length: n + 1 }, (_, index) => index / n);
    const densities = estimate(one(real(0, 1)), column([0.01, 0.4, 0.41, 1])).density(column(grid));
    const weighted = densities.map((density, index) => Math.exp(density) * (index === 0 || index === n ? 1 : index % 2 === 1 ? 4 : 2));
    expect(weighted.reduce((sum, value) => sum + value, 0) / (3 * n)).toBeCloseTo(1, 10);
  });
});

describe("draws", () => {
  test.each<readonly [string, Param, readonly ParamValue[]]>([
    ["of integers", int(1, 12), [2, 3, 9, 12]],
    ["of integers on a log scale", int(1, 12, { scale: "log" }), [1, 3, 9]],
    ["of options", choice(["a", "b", "c"]), ["a", "a", "c"]],
    ["of steps", real(-1, 1, { step: 0.25 }), [-1, 0.5]],
  ])("%s follow the density (chi-squared at 1e-6)", (_name, param, observed) => {
    const space = one(param);
    const { model } = estimate(space, column(observed));
    const count = 20_000;
    const drawn = model.sample(count, stream(root(7))).data;
    const places = [...new Set(drawn)].sort((a, b) => a - b);
    const densities = model.logDensity({ data: Float64Array.from(places), count: places.length });
    const chiSquared = places.reduce((sum, place, index) => {
      const expected = count * Math.exp(densities[index]!);
      const seen = drawn.reduce((total, one) => total + Number(one === place), 0);
      return sum + ((seen - expected) * (seen - expected)) / expected;
    }, 0);
    const freedom = places.length - 1;
    // Wilson and Hilferty: the cube root of chi-squared over its degrees of freedom is nearly normal.
    const z = (Math.cbrt(chiSquared / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
    expect(z).toBeLessThan(4.75);
    const mass = densities.reduce((sum, density) => sum + Math.exp(density), 0);
    expect(mass).toBeCloseTo(1, 12);
  });

  it("of a real follow the density: each of 20 strips is hit as often as its mass says", () => {
    const { model } = estimate(one(real(0, 1)), column([0.1, 0.12, 0.9]));
    const count = 40_000;
    const drawn = model.sample(count, stream(root("strips"))).data;
    const fine = 100;
    for (let strip = 0; strip < 20; strip++) {
      const grid = Float64Array.from({ length: fine }, (_, index) => (strip + (index + 0.5) / fine) / 20);
      const mass = model.logDensity({ data: grid, count: fine }).reduce((sum, density) => sum + Math.exp(density) / fine / 20, 0);
      const hits = drawn.reduce((total, x) => total + Number(Math.min(19, Math.floor(x * 20)) === strip), 0);
      expect(Math.abs(hits - count * mass) / Math.sqrt(count * mass)).toBeLessThan(5);
    }
  });

  it("of several axes come from one kernel: they keep together what was observed together", () => {
    const space = createSpace({ x: real(0, 1), y: real(0, 1) });
    const corners = Array.from({ length: 60 }, (_, index): Row => (index % 2 === 0 ? [0.1 + index / 1e4, 0.1] : [0.9, 0.9 - index / 1e4]));
    const { data, count } = estimate(space, corners).model.sample(2000, stream(root(3)));
    const same = Array.from({ length: count }, (_, row) => data[2 * row]! < 0.5 === data[2 * row + 1]! < 0.5);
    expect(same.filter(Boolean).length / count).toBeGreaterThan(0.9);
  });
});

describe("of equal centres", () => {
  it("one has the gap on the left, one has that on the right, and the others have the least width", () => {
    const columns = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(columns, (places) => {
        const values = [...new Set(places)].sort((a, b) => a - b);
        const least = 1 / (places.length + 2);
        const sigmas = bandwidthsOf(Float64Array.from(places, (place) => place / 4));
        values.forEach((value, index) => {
          const left = (value - (values[index - 1] ?? value)) / 4;
          const right = ((values[index + 1] ?? value) - value) / 4;
          const count = places.filter((place) => place === value).length;
          const gaps = count === 1 ? [Math.max(left, right)] : [left, right, ...Array<number>(count - 2).fill(0)];
          const widths = gaps.map((gap) => Math.max(least, gap)).sort((a, b) => a - b);
          const found = [...sigmas].filter((_, kernel) => places[kernel] === value).sort((a, b) => a - b);
          expect(found).toEqual(widths);
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("none has the wide kernels of all axes: age does not decide who has which gap", () => {
    const source = stream(root("ties"));
    const wide = Array<number>(4).fill(0);
    const both = { expected: 0, found: 0 };
    // Four observations have the same centre in both axes.
    for (let round = 0; round < 400; round++) {
      const [one, other] = [0, 1].map(() => {
        const others = Array.from({ length: 6 }, () => 0.4 + source.integer(6) / 10);
        const sigmas = bandwidthsOf(Float64Array.of(0.3, 0.3, 0.3, 0.3, 0, 0.35, ...others));
        return sigmas.indexOf(0.3);
      });
      wide[one!]!++;
      both.found += Number(one === other);
      both.expected += 1 / 4;
    }
    // Five standard deviations of a binomial count.
    for (const count of wide) expect(Math.abs(count - 100)).toBeLessThan(5 * Math.sqrt(400 * (1 / 4) * (3 / 4)));
    expect(Math.abs(both.found - both.expected)).toBeLessThan(5 * Math.sqrt(400 * (1 / 4) * (3 / 4)));
  });
});

describe("weights", () => {
  it("are all one up to 25 observations", () => {
    expect([...weightsOf(0)]).toEqual([1]);
    expect([...weightsOf(25)]).toEqual(Array.from({ length: 26 }, () => 1));
  });

  it("rise linearly from 1/n to 1 before the latest 25", () => {
    expect([...weightsOf(26).slice(0, 3)]).toEqual([1 / 26, 1, 1]);
    const weights = weightsOf(30);
    [0, 1, 2, 3, 4].forEach((index) => {
      expect(weights[index]).toBeCloseTo(1 / 30 + (index / 4) * (29 / 30), 14);
    });
    expect([...weights.slice(5)]).toEqual(Array.from({ length: 26 }, () => 1));
  });
});

test("an integer of 2^53 values, of which cells are no wider than rounding, has finite densities that sum to its density times the width", () => {
  for (const scale of ["linear", "log"] as const) {
    const space = one(int(1, Number.MAX_SAFE_INTEGER, { scale }));
    const { density } = estimate(space, column([1, 2 ** 40, Number.MAX_SAFE_INTEGER]));
    expect(density(column([1, 2, 2 ** 30, 2 ** 52, Number.MAX_SAFE_INTEGER])).every(Number.isFinite)).toBe(true);
  }
  const wide = estimate(one(int(0, 2 ** 40)), column([2 ** 39])).density(column([2 ** 38]))[0]!;
  const real01 = estimate(one(real(0, 1)), column([0.5])).density(column([0.25]))[0]!;
  expect(wide + Math.log(2 ** 40)).toBeCloseTo(real01, 10);
});

test("a parameter of one value has no axis", () => {
  const params = [real(3, 3), int(7, 7), choice(["only"]), int(5, 9, { step: 100 }), real(0, 1, { step: 2 })];
  expect(params.map((param) => axisOf(plainOf(param)))).toEqual([null, null, null, null, null]);
});
