import {
  type Config,
  checkConfig,
  choice,
  constrain,
  countValues,
  createSpace,
  derive,
  given,
  int,
  type ParamValue,
  type Plain,
  plainOf,
  real,
  root,
} from "@caviar-hpo/core";
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

  it.each<readonly [string, Plain, ParamValue, readonly ParamValue[]]>([
    ["a real that has reached 0 leaves it", real(0, 0.9), 0, [0.0018]],
    ["a real near 0 moves as if it were a hundredth of the width", real(0, 0.9), 0.001, [0, 0.0028]],
    ["a range that begins above 0 is not crossed in one step", real(1000, 1010), 1004, [1002, 1006]],
    ["an upper bound turns the move back", real(0, 1), 1, [0.8]],
    ["a narrow log scale is not crossed in one step", real(1, 1.1, { scale: "log" }), 1, [1.1 ** 0.2]],
    ["a range with 0 in it moves by a tenth of its width at 0 too", real(-1, 1), 0, [-0.2, 0.2]],
    ["a negative range moves by a tenth of its width", real(-3, -1), -1, [-1.2]],
    ["a stepped real moves by a step where 1.2 times the value is the same step", real(0, 1, { step: 0.25 }), 0.25, [0, 0.5]],
    ["a stepped real leaves 0", real(0, 1, { step: 0.25 }), 0, [0.25]],
    ["an integer of 1 leaves 1", int(1, 64), 1, [2]],
    ["an integer of 0 leaves 0", int(0, 9), 0, [1]],
    ["an integer far from 0 moves by its own width", int(1000, 1010), 1005, [1003, 1007]],
    ["an integer on a log scale leaves 2", int(1, 1024, { scale: "log" }), 2, [1, 3]],
    ["an integer moves by 1 where a step is lost in rounding", int(2 ** 52, 2 ** 52 + 3), 2 ** 52 + 1, [2 ** 52, 2 ** 52 + 2]],
    ["the last of ordered options turns back", choice(["s", "m", "l"], { ordered: true }), "l", ["m"]],
    ["1 - value is multiplied at the lower bound", real(0, 0.999, { scale: "oneMinusLog" }), 0, [0.2]],
    ["doubles next to 1 move too", real(1 - 2 ** -51, 1 - 2 ** -53, { scale: "oneMinusLog" }), 1 - 2 ** -53, [1 - 2 ** -52]],
    ["the least double moves too", real(5e-324, 1e-323, { scale: "log" }), 5e-324, [1e-323]],
  ])("moves without a trap: %s", (_reason, param, value, expected) => {
    const space = createSpace({ x: param });
    const found = new Set<ParamValue>();
    for (let turn = 0; turn < 40; turn++) {
      const x = perturb(space, { x: value }, derive(root(1), turn), { explore: "all", step: 0.2, resample: 0 }).x!;
      found.add(typeof x === "number" && x > 1e-300 && x < 0.9999999 ? Number(x.toPrecision(12)) : x);
    }
    const inOrder = (values: Iterable<ParamValue>): readonly ParamValue[] => [...values].sort((a, b) => Number(a) - Number(b));
    const rounded = expected.map((x) => (typeof x === "number" && x > 1e-300 && x < 0.9999999 ? Number(x.toPrecision(12)) : x));
    expect(inOrder(found)).toEqual(inOrder(rounded));
  });

  it("changes every parameter that has neighbours, from every value that perturbations reach", () => {
    const drawn = spaces().chain((space) => fc.tuple(fc.constant(space), configs(space), fc.nat(), fc.constantFrom(0.001, 0.2, 0.9)));
    fc.assert(
      fc.property(drawn, ([space, start, seed, step]) => {
        let config = start;
        for (let turn = 0; turn < 12; turn++) {
          const next = perturb(space, config, derive(root(seed), turn), { explore: "all", step, resample: turn % 4 === 3 ? 0.5 : 0 });
          if (turn % 4 !== 3) {
            for (const [name, given] of space.params) {
              const param = plainOf(given);
              if (!Object.hasOwn(config, name) || !Object.hasOwn(next, name) || countValues(param) === 1) continue;
              if (param.kind === "choice" && !param.ordered) continue;
              expect([name, next[name]]).not.toEqual([name, config[name]]);
            }
          }
          config = next;
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("draws every parameter again with the probability that is wanted, from every value", () => {
    const drawn = spaces().chain((space) => fc.tuple(fc.constant(space), configs(space), fc.nat(), fc.constantFrom(0.1, 0.25, 0.6)));
    const turns = 300;
    fc.assert(
      fc.property(drawn, ([space, start, seed, resample]) => {
        const moves = new Map(space.params.map(([name]) => [name, new Set<unknown>()]));
        for (let turn = 0; turn < 40; turn++) {
          const next = perturb(space, start, derive(root(seed), "moves", turn), { explore: "all", step: 0.2, resample: 0 });
          for (const [name, value] of Object.entries(next)) moves.get(name)!.add(value);
        }
        const others = new Map(space.params.map(([name]) => [name, 0]));
        for (let turn = 0; turn < turns; turn++) {
          const next = perturb(space, start, derive(root(seed), turn), { explore: "all", step: 0.2, resample });
          for (const [name, value] of Object.entries(next)) if (!moves.get(name)!.has(value)) others.set(name, others.get(name)! + 1);
        }
        for (const [name, given] of space.params) {
          const param = plainOf(given);
          // A drawn value of a lattice may be one of the moves, and a parent that changes takes its children with it.
          if (given.kind === "given" || param.kind !== "real" || countValues(param) < Infinity || param.high - param.low < 1e-3) continue;
          const deviation = Math.sqrt(turns * resample * (1 - resample));
          expect(Math.abs(others.get(name)! - turns * resample)).toBeLessThan(5 * deviation);
        }
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});
