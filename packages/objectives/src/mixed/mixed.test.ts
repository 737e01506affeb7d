/** The mixed functions against values derived at 50 digits and by COCO's C core (`golden/mixed.py`), and against the published tables. */
import { type Config, ConfigError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { mixedFunction, mixedFunctionIds } from "./catalogue.ts";
import golden from "./mixed.golden.json" with { type: "json" };

type Golden = {
  readonly optimum: string;
  readonly minimisers: readonly Config[];
  readonly probes: readonly { readonly config: Config; readonly value: string }[];
};

describe.each(Object.entries(golden.functions as unknown as { readonly [id: string]: Golden }))("%s", (id, entry) => {
  const fn = mixedFunction(id);

  it("has the derived optimum, to the last digits of a double", () => {
    expect(relativeError(fn.optimum.value, Number(entry.optimum))).toBeLessThanOrEqual(3e-16);
  });

  it("lists the derived minimisers, all of them", () => {
    expect(fn.minimisersComplete).toBe(true);
    expect(fn.minimisers.length).toBe(entry.minimisers.length);
    entry.minimisers.forEach((minimiser, n) => {
      const listed = fn.minimisers[n]!;
      expect(Object.keys(listed).sort()).toEqual(Object.keys(minimiser).sort());
      for (const [name, value] of Object.entries(minimiser)) {
        if (typeof value === "number") expect(Math.abs((listed[name] as number) - value)).toBeLessThanOrEqual(4e-16 * Math.abs(value));
        else expect(listed[name]).toBe(value);
      }
    });
  });

  it("has the derived value in every combination of its categories", () => {
    for (const { config, value } of entry.probes) {
      expect(Math.abs(fn.evaluate(config) - Number(value))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(Number(value))));
    }
  });
});

describe("bbob-mixint", () => {
  // The same three functions as in BBOB itself: a last bit of a normal is amplified by a rotation, then by short waves.
  const loose = /-f(?:16|19|23)-/;

  it.each(golden.mixint.map((row) => [row.id, row] as const))("%s has COCO's values, optimum and minimiser", (id, row) => {
    const fn = mixedFunction(id);
    expect(fn.space.dims).toBe(row.minimiser.length);
    for (const { x, value } of row.points) {
      expect(relativeError(fn.evaluate(named(x)), value)).toBeLessThanOrEqual(loose.test(id) ? 1e-8 : 1e-9);
    }
    expect(relativeError(fn.optimum.value, row.optimum)).toBeLessThanOrEqual(1e-11);
    fn.space.params.forEach(([name], k) => {
      expect(relativeError(fn.minimisers[0]![name] as number, row.minimiser[k]!)).toBeLessThanOrEqual(1e-9);
    });
  });

  it("gives the five fifths of its variables 2, 4, 8 and 16 values and a range", () => {
    const kinds = mixedFunction("bbob-mixint-f1-d10-i3").space.params.map(([, param]) =>
      param.kind === "int" ? param.high - param.low + 1 : param.kind,
    );
    expect(kinds).toEqual([2, 2, 4, 4, 8, 8, 16, 16, "real", "real"]);
  });

  it.each(["bbob-mixint-f1-d4-i1", "bbob-mixint-f1-d45-i1", "bbob-mixint-f25-d5-i1", "bbob-mixint-f1-d5-i0"])("%s is refused", (id) => {
    expect(() => mixedFunction(id)).toThrow(ConfigError);
  });
});

describe("the published optimum", () => {
  it.each([
    ["func2c", -0.2063256906979755],
    ["func3c", -0.7221399174429142],
    ["jenatton-tree", 0.1],
  ])("of %s is %d", (id, value) => {
    expect(relativeError(mixedFunction(id).optimum.value, value)).toBeLessThanOrEqual(3e-16);
  });
});

describe("labs", () => {
  const energyOf = (signs: string): number => {
    const length = signs.length;
    const config = Object.fromEntries(Array.from(signs, (sign, k) => [`x${k + 1}`, sign === "+" ? 1 : -1]));
    return mixedFunction(`labs-n${length}`).evaluate(config);
  };

  it("has the energy 6 for the Barker sequence of 13 signs, the best of all", () => {
    expect(energyOf("+++++--++-+-+")).toBe(6);
    expect(mixedFunction("labs-n13").optimum.value).toBe(6);
  });

  it("is the same for the opposite and for the reversed sequence", () => {
    const signs = "++-+--+-+++";
    const opposite = signs.replaceAll("+", "0").replaceAll("-", "+").replaceAll("0", "-");
    expect(energyOf(opposite)).toBe(energyOf(signs));
    expect(energyOf([...signs].reverse().join(""))).toBe(energyOf(signs));
  });

  // T. Packebusch and S. Mertens (2016), table 1.
  it.each([
    [3, 1],
    [7, 3],
    [11, 5],
    [16, 24],
    [20, 26],
    [24, 36],
  ])("has the published least energy: %i signs, %i", (length, energy) => {
    expect(mixedFunction(`labs-n${length}`).optimum.value).toBe(energy);
  });

  it.each([3, 6, 10, 12])("no sequence of %i signs has less energy than the certified one", (length) => {
    const { optimum } = mixedFunction(`labs-n${length}`);
    const energies = Array.from({ length: 2 ** length }, (_, number) =>
      energyOf(number.toString(2).padStart(length, "0").replaceAll("0", "+").replaceAll("1", "-")),
    );
    expect(Math.min(...energies)).toBe(optimum.value);
  });

  it.each(["labs-n2", "labs-n25"])("%s is refused", (id) => {
    expect(() => mixedFunction(id)).toThrow(ConfigError);
  });
});

describe("ackley-mixed", () => {
  it("is Ackley's function, whose coordinates are switches but for the last three", () => {
    const fn = mixedFunction("ackley-mixed-d53");
    expect(fn.space.params.map(([, param]) => param.kind)).toEqual([...new Array(50).fill("int"), "real", "real", "real"]);
    const ones = Object.fromEntries(Array.from({ length: 53 }, (_, k) => [`x${k + 1}`, k < 2 ? 1 : 0]));
    // 20 - 20 exp(-0.2 sqrt(2 / 53)): the cosines of whole numbers add nothing.
    expect(fn.evaluate(ones)).toBeCloseTo(20 - 20 * Math.exp(-0.2 * Math.sqrt(2 / 53)), 12);
  });
});

describe("the pipeline", () => {
  it("has its offsets at the best settings of the other learners", () => {
    const fn = mixedFunction("pipeline");
    expect(fn.evaluate({ learner: "linear", penalty: 1e-3 })).toBe(0.2);
    expect(fn.evaluate({ learner: "tree", depth: 6, leaf: 4 })).toBe(0.1);
    expect(fn.evaluate({ learner: "network", learningRate: 0.01, layers: 3, dropout: 0.25 })).toBe(0);
    expect(fn.evaluate({ learner: "network", learningRate: 0.01, layers: 4, dropout: 0.25 })).toBe(0.25);
  });
});

describe("the catalogue of mixed functions", () => {
  it("makes a function of every family it lists, and that function answers to its id", () => {
    for (const pattern of mixedFunctionIds()) {
      const id = pattern.replace("{D}", "10").replace("{f}", "15").replace("{i}", "3").replace("{n}", "13");
      expect(mixedFunction(id).id).toBe(id);
    }
  });

  it("names the nearest ids for an unknown one", () => {
    expect(() => mixedFunction("func4c")).toThrow(/func2c, func3c/);
    expect(() => mixedFunction("jenatton-trie")).toThrow(/jenatton-tree/);
  });
});

describe("a configuration of another space", () => {
  it.each<[string, Config]>([
    ["func2c", { h1: "camel", h2: "camel", x1: 0 }],
    ["func2c", { h1: "camel", h2: "griewank", x1: 0, x2: 0 }],
    ["func3c", { h1: "camel", h2: "camel", h3: "5 camel", x1: 0, x2: 1.5 }],
    ["jenatton-tree", { x1: 0, x2: 0, x5: 0, r8: 0 }],
    ["jenatton-tree", { x1: 0, x2: 0, x4: 0, r8: 0, r9: 0 }],
    ["bbob-mixint-f1-d5-i1", { x1: 0.5, x2: 0, x3: 0, x4: 0, x5: 0 }],
  ])("%s refuses it", (id, config) => {
    expect(() => mixedFunction(id).evaluate(config)).toThrow(ConfigError);
  });
});

function named(x: readonly number[]): Config {
  return Object.fromEntries(x.map((value, k) => [`x${k + 1}`, value]));
}

function relativeError(got: number, expected: number): number {
  return expected === 0 ? Math.abs(got) : Math.abs(got - expected) / Math.abs(expected);
}
