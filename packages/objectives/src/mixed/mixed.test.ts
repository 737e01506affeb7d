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

describe("the catalogue of mixed functions", () => {
  it("makes a function of every family it lists, and that function answers to its id", () => {
    for (const pattern of mixedFunctionIds()) {
      const id = pattern.replace("{D}", "10").replace("{f}", "15").replace("{i}", "3");
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
