import { type Config, checkConfig, choice, constrain, createSpace, derive, given, int, real, root } from "@caviar-hpo/core";
import { configs, spaces } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nudge, perturb } from "./explore.ts";

const mixed = createSpace({
  rate: real(1e-4, 1, { scale: "log" }),
  momentum: real(0.9, 0.999, { scale: "oneMinusLog" }),
  mirrored: real(0.1, 10, { scale: "mirroredLog" }),
  dropout: real(0, 0.8),
  shift: real(-1, 3),
  stepped: real(0, 1, { step: 0.1 }),
  layers: int(1, 8),
  offset: int(-100, 100),
  units: int(16, 256, { scale: "log" }),
  kind: choice(["a", "b", "c"]),
  size: choice(["s", "m", "l"], { ordered: true }),
  inner: given("size", ["l"], int(1, 4)),
});
const config = {
  rate: 0.01,
  momentum: 0.95,
  mirrored: 6.1,
  dropout: 0.5,
  shift: 1,
  stepped: 0.3,
  layers: 2,
  offset: 10,
  units: 64,
  kind: "b",
  size: "m",
};

describe("exploring a thin feasible part", () => {
  const band = "abs(y - x^2) <= 0.0001";
  const thin = constrain(createSpace({ x: real(0, 1), y: real(0, 1), size: choice(["s", "m"]), layers: int(1, 4) }), [band]);
  const parent = { x: 0.5, y: 0.25005, size: "m", layers: 2 } as const;
  const change = { explore: "reals", step: 0.2 } as const;
  const isInBand = ({ x, y }: Config): boolean => Math.abs((y as number) - (x as number) ** 2) <= 1e-4;

  it("moves inside it where every plain change breaks a constraint, and no farther than the step", () => {
    const children = Array.from({ length: 20 }, (_, turn) => perturb(thin, parent, derive(root(3), turn), { ...change, resample: 0 }));
    for (const child of children) {
      expect(checkConfig(thin, child)).toEqual(child);
      expect(child).toMatchObject({ size: "m", layers: 2 });
      expect(Math.abs((child.x as number) - parent.x)).toBeLessThanOrEqual(0.2);
    }
    expect(new Set(children.map(({ x }) => x)).size).toBe(20);
  });

  it("nudges several parameters together where no single one can change", () => {
    for (let turn = 0; turn < 20; turn++) {
      const child = nudge(thin, parent, derive(root(4), turn), change)!;
      expect([child.x === parent.x && child.y === parent.y, isInBand(child)]).toEqual([false, true]);
    }
  });

  it("stays where nothing that may change can move", () => {
    const point = constrain(createSpace({ x: real(0, 1), n: int(0, 9) }), ["x == n / 9"]);
    const only = { x: 4 / 9, n: 4 };
    expect(perturb(point, only, root(5), { ...change, resample: 0 })).toEqual(only);
    expect(nudge(point, only, root(5), change)).toBe(null);
    expect(nudge(point, only, root(5), { ...change, explore: "all" })!.n).not.toBe(4);
  });
});

describe("exploring", () => {
  it("multiplies what each scale is about by 1.2 or 0.8", () => {
    const seen: { [name: string]: Set<unknown> } = {};
    for (let turn = 0; turn < 60; turn++) {
      const next = perturb(mixed, config, derive(root(1), turn), { explore: "all", step: 0.2, resample: 0 });
      for (const [name, value] of Object.entries(next)) {
        seen[name] ??= new Set();
        seen[name].add(typeof value === "number" ? Number(value.toPrecision(12)) : value);
      }
    }
    const both = (name: string): readonly unknown[] => [...seen[name]!].sort((a, b) => (Number(a) < Number(b) ? -1 : 1));
    expect(both("rate")).toEqual([0.008, 0.012]);
    expect(both("momentum")).toEqual([0.94, 0.96]);
    // mirrored: low + high - value is 4, and becomes 3.2 or 4.8
    expect(both("mirrored")).toEqual([5.3, 6.9]);
    expect(both("dropout")).toEqual([0.4, 0.6]);
    expect(both("shift")).toEqual([0.6, 1.4]);
    expect(both("stepped")).toEqual([0.2, 0.4]);
    expect(both("layers")).toEqual([1, 3]);
    expect(both("offset")).toEqual([-10, 30]);
    expect(both("units")).toEqual([51, 77]);
    expect(both("kind")).toEqual(["b"]);
    expect([...seen.size!].sort()).toEqual(["l", "s"]);
    expect([...seen.inner!].sort()).toEqual([1, 2, 3, 4]);
  });

  it("leaves sizes and choices as they are where a checkpoint would not survive it", () => {
    const next = perturb(mixed, config, root(1), { explore: "reals", step: 0.2, resample: 0 });
    for (const name of ["layers", "offset", "units", "kind", "size"] as const) expect(next[name]).toBe(config[name]);
    expect(next.rate).not.toBe(config.rate);
    expect(
      nudge(createSpace({ layers: int(1, 8), kind: choice(["a", "b"]) }), { layers: 3, kind: "a" }, root(1), {
        explore: "reals",
        step: 0.2,
      }),
    ).toBeNull();
  });

  it("draws again with the given probability", () => {
    let kept = 0;
    for (let turn = 0; turn < 4000; turn++) {
      const { rate } = perturb(mixed, config, derive(root(2), turn), { explore: "reals", step: 0.2, resample: 0.25 });
      if (Math.abs(Math.abs((rate as number) / 0.01 - 1) - 0.2) < 1e-9) kept++;
    }
    expect(Math.abs(kept / 4000 - 0.75)).toBeLessThan(0.03);
  });

  it("nudges one parameter, each way and each parameter alike", () => {
    const counts: { [name: string]: number } = {};
    for (let turn = 0; turn < 4400; turn++) {
      const next = nudge(mixed, config, derive(root(3), turn), { explore: "all", step: 0.2 })!;
      const changed = Object.keys(config).filter((name) => next[name] !== config[name as keyof typeof config]);
      expect(changed).toHaveLength(1);
      counts[changed[0]!] = (counts[changed[0]!] ?? 0) + 1;
    }
    expect(Object.keys(counts)).toHaveLength(10);
    for (const count of Object.values(counts)) expect(Math.abs(count - 440)).toBeLessThan(90);
  });

  it("gives null where nothing can move", () => {
    expect(
      nudge(createSpace({ x: real(3, 3), y: int(2, 2), z: choice(["a", "b"]) }), { x: 3, y: 2, z: "a" }, root(1), {
        explore: "all",
        step: 0.2,
      }),
    ).toBeNull();
    expect(nudge(createSpace({}), {}, root(1), { explore: "all", step: 0.2 })).toBeNull();
  });

  it("stays in every space, from every configuration", () => {
    const drawn = spaces().chain((space) => fc.tuple(fc.constant(space), configs(space), fc.nat(), fc.constantFrom(0.001, 0.2, 0.9)));
    fc.assert(
      fc.property(drawn, fc.constantFrom("reals", "all"), ([space, start, seed, step], explore) => {
        checkConfig(space, perturb(space, start, root(seed), { explore, step, resample: 0.25 }));
        const next = nudge(space, start, root(seed), { explore, step });
        if (next === null) return;
        checkConfig(space, next);
        expect(next).not.toEqual(start);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
