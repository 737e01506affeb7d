import { type Config, choice, createSpace, encode, int, real, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { type KnownTrial, type ProblemModelSetting, problemModelOf, trialsOf } from "../../testing/problemModels.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";
import { type AcquisitionName, acquisitions, incumbentOf, landscapeOf } from "./acquire.ts";
import type { AcquisitionLandscape } from "./landscape.ts";

const space = createSpace({ x: real(0, 1), y: real(0, 1) });
const f = ({ x, y }: Config): number => ((x as number) - 0.3) ** 2 + ((y as number) - 0.6) ** 2;
const known = (count: number, more: (config: Config, index: number) => Partial<KnownTrial> = () => ({})): readonly KnownTrial[] =>
  Array.from({ length: count }, (_, index) => {
    const config = { x: ((index + 1) * 0.618) % 1, y: ((index + 1) * 0.786) % 1 };
    return { config, value: f(config), ...more(config, index) };
  });
const fit = (all: readonly KnownTrial[], fitting: ProblemModelSetting = {}, failed: readonly Config[] = []): ProblemModel =>
  problemModelOf(space, trialsOf(space, all, failed), { choice: { warp: "identity", family: "matern52", noise: "none" }, ...fitting });

function valuesAt(landscape: AcquisitionLandscape, ...units: readonly (readonly [number, number])[]): readonly number[] {
  const values = new Float64Array(units.length);
  landscape.evaluate(Float64Array.from(units.flat()), units.length, values, null);
  return [...values];
}

function acquire(
  surrogate: ProblemModel,
  pending: readonly (readonly [number, number])[] = [],
  acquisition: AcquisitionName = "logEI",
  exploring = 0,
): AcquisitionLandscape {
  const points = pending.map((unit) => Float64Array.from(unit));
  return landscapeOf(surrogate, { exploring, pending: points, acquisition, key: root("acquire") });
}

describe("the incumbent", () => {
  it("is the least feasible value as the model sees it", () => {
    const all = known(9, (_config, index) => ({ constraints: [index % 3 === 0 ? 1 : -1] }));
    const surrogate = fit(all, { constraints: 1 });
    const feasible = all.flatMap(({ value }, row) => (row % 3 === 0 ? [] : [[value, surrogate.values.z[row]!] as const]));
    expect(incumbentOf(surrogate)).toBe(feasible.reduce((a, b) => (b[0] < a[0] ? b : a))[1]);
  });

  it("is the least posterior mean where values are noisy, which is not that of the luckiest value", () => {
    const lucky = known(12, (config, index) => ({ value: f(config) + (index === 4 ? -0.5 : 0.02 * (index % 3)) }));
    const surrogate = fit(lucky, { choice: { warp: "identity", family: "matern52", noise: "learned" } });
    expect(incumbentOf(surrogate)!).toBeGreaterThan(Math.min(...surrogate.values.z));
    expect(incumbentOf(surrogate)).toBe(Math.min(...surrogate.standing));
  });

  it("does not exist if nothing is feasible", () => {
    expect(
      incumbentOf(
        fit(
          known(5, () => ({ constraints: [1] })),
          { constraints: 1 },
        ),
      ),
    ).toBeNull();
  });
});

describe("running trials", () => {
  const surrogate = fit(known(9));

  it.each(acquisitions.filter((name) => name !== "thompson"))(
    "make their neighbourhood less worth while, and leave what is far as it is (%s)",
    (name) => {
      const [near, far] = [
        [0.31, 0.61],
        [0.95, 0.05],
      ] as const;
      const before = valuesAt(acquire(surrogate, [], name), near, far);
      const after = valuesAt(acquire(surrogate, [[0.3, 0.6]], name), near, far);
      expect(after[0]).toBeLessThan(before[0]! - 0.2);
      expect(before[1]! - after[1]!).toBeLessThan(1);
      expect(before[0]! - after[0]!).toBeGreaterThan(before[1]! - after[1]!);
      expect(valuesAt(acquire(surrogate, [], name), near, far)).toEqual(before);
    },
  );

  it("that repeat a measured point do no harm", () => {
    const measured = encode(space, known(9)[3]!.config);
    const landscape = acquire(surrogate, [[measured[0]!, measured[1]!]]);
    expect(valuesAt(landscape, [0.31, 0.61])[0]).toBeCloseTo(valuesAt(acquire(surrogate), [0.31, 0.61])[0]!, 1);
  });

  it("may be hundreds", () => {
    const many = Array.from({ length: 300 }, (_, index) => [((index + 1) * 0.414) % 1, ((index + 1) * 0.732) % 1] as const);
    const [value] = valuesAt(acquire(surrogate, many), [0.31, 0.61]);
    expect(Number.isFinite(value)).toBe(true);
    expect(value).toBeLessThan(valuesAt(acquire(surrogate), [0.31, 0.61])[0]!);
  });
});

describe("where nothing is feasible yet", () => {
  const surrogate = fit(
    known(8, ({ x }) => ({ constraints: [(x as number) - 0.05] })),
    { constraints: 1 },
  );

  it("what may be feasible is worth more, and of that what is less known", () => {
    const [likely, unlikely] = valuesAt(acquire(surrogate), [0.02, 0.98], [0.98, 0.98]);
    expect(likely).toBeGreaterThan(unlikely!);
    const measured = encode(space, known(8)[4]!.config);
    expect(valuesAt(acquire(surrogate), [measured[0]!, measured[1]!])[0]).toBeLessThan(likely! - 5);
  });

  it("running trials keep others away as well", () => {
    const [before] = valuesAt(acquire(surrogate), [0.02, 0.98]);
    expect(valuesAt(acquire(surrogate, [[0.02, 0.98]]), [0.02, 0.98])[0]).toBeLessThan(before! - 5);
  });
});

describe("the acquisitions", () => {
  const surrogate = fit(known(9));
  const units = Array.from({ length: 40 }, (_, index) => [((index + 1) * 0.233) % 1, ((index + 1) * 0.377) % 1] as const);

  it("are different, and finite or -Infinity everywhere", () => {
    const all = acquisitions.slice(0, 3).map((name) => valuesAt(acquire(surrogate, [], name), ...units));
    expect(all.flat().some((value) => Number.isNaN(value) || value === Infinity)).toBe(false);
    expect(new Set(all.map((values) => values.join())).size).toBe(3);
  });

  it("explore the more, the wider the confidence bound", () => {
    const measured = known(9).map(({ config }) => encode(space, config));
    const apart = (beta: number): number => {
      const values = valuesAt(acquire(surrogate, [], "logEI", beta), ...units);
      const best = units[values.indexOf(Math.max(...values))]!;
      return Math.min(...measured.map((unit) => Math.hypot(unit[0]! - best[0], unit[1]! - best[1])));
    };
    expect(apart(100)).toBeGreaterThan(apart(0.01));
    const widest = Math.max(...units.map((unit) => Math.min(...measured.map((one) => Math.hypot(one[0]! - unit[0], one[1]! - unit[1])))));
    expect(apart(100)).toBeGreaterThan(0.5 * widest);
  });

  it("of noisy values draw what they are without noise: a point that is drawn does not improve upon itself", () => {
    const noisy = fit(
      known(20, (config, index) => ({ value: f(config) + 0.3 * Math.sin(99 * index) })),
      { choice: { warp: "identity", family: "matern52", noise: "learned" } },
    );
    const best = noisy.units[noisy.standing.indexOf(Math.min(...noisy.standing))]!;
    const at = (name: AcquisitionName): number => valuesAt(acquire(noisy, [], name), [best[0]!, best[1]!])[0]!;
    expect(at("logNoisyEI")).toBeLessThan(at("logEI") - 10);
    expect(valuesAt(acquire(noisy, [], "logNoisyEI"), ...units).every(Number.isFinite)).toBe(true);
  });
});

describe("a mixed space", () => {
  it("is served like any other", () => {
    const mixed = createSpace({ kind: choice(["a", "b", "c"]), layers: int(1, 5) });
    const all = Array.from({ length: 8 }, (_, index) => {
      const config = { kind: ["a", "b", "c"][index % 3]!, layers: 1 + (index % 5) };
      return { config, value: config.layers + (config.kind === "b" ? 0 : 3) };
    });
    const surrogate = problemModelOf(mixed, trialsOf(mixed, all), { choice: { noise: "none" } });
    const landscape = landscapeOf(surrogate, {
      exploring: 0,
      pending: [encode(mixed, { kind: "c", layers: 2 })],
      acquisition: "logEI",
      key: root(1),
    });
    const values = new Float64Array(2);
    landscape.evaluate(
      Float64Array.from([...encode(mixed, { kind: "b", layers: 1 }), ...encode(mixed, { kind: "a", layers: 5 })]),
      2,
      values,
      null,
    );
    expect(values[0]).toBeGreaterThan(values[1]!);
  });
});
