/**
 * The functions of several fidelities against values derived at 50 digits (`golden/multiFidelity.py`), and against the published tables.
 */
import { type Config, ConfigError, type Key, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { multiFidelityFunction, multiFidelityFunctionIds } from "./catalogue.ts";
import golden from "./multiFidelity.golden.json" with { type: "json" };
import { jobSeconds, type MultiFidelityFunction } from "./multiFidelityFunction.ts";

type Golden = {
  readonly optimum: string;
  readonly minimisers: readonly (readonly number[])[];
  readonly probes: readonly { readonly x: readonly number[]; readonly values: { readonly [fidelity: string]: string } }[];
};
const run = golden.run as unknown as Key;

describe.each(Object.entries(golden.functions as unknown as { readonly [id: string]: Golden }))("%s", (id, entry) => {
  const fn = multiFidelityFunction(id);

  it("has the derived optimum, to the last digits of a double", () => {
    expect(relativeError(fn.optimum.value, Number(entry.optimum))).toBeLessThanOrEqual(3e-16);
  });

  it("lists the derived minimisers, all of them", () => {
    expect(fn.minimisersComplete).toBe(true);
    expect(fn.minimisers.length).toBe(entry.minimisers.length);
    entry.minimisers.forEach((minimiser, n) => {
      minimiser.forEach((expected, k) => {
        expect(Math.abs((fn.minimisers[n]![`x${k + 1}`] as number) - expected)).toBeLessThanOrEqual(4e-16 * Math.abs(expected));
      });
    });
  });

  it("has the derived values at every fidelity", () => {
    for (const { x, values } of entry.probes) {
      for (const [fidelity, value] of Object.entries(values)) {
        expect(relativeError(fn.evaluate(named(x), Number(fidelity), run), Number(value))).toBeLessThanOrEqual(2e-13);
      }
      expect(Math.abs(fn.truth(named(x)) - Number(values[String(fn.fidelity.max)]))).toBeLessThanOrEqual(
        1e-12 * Math.abs(fn.truth(named(x))),
      );
    }
  });
});

describe("the published probe values", () => {
  const u = [0.3, 0.7, 0.2, 0.9, 0.4, 0.6, 0.1, 0.8];

  it.each([
    ["currin-mf", 2, -6.821175530419641],
    ["currin-mf", 1, -6.812625739183592],
    ["park1-mf", 2, -10.23184695294717],
    ["park1-mf", 1, -10.964218705553385],
    ["park2-mf", 2, -1.8333854879238085],
    ["park2-mf", 1, -1.20006258550857],
    ["borehole-mf", 2, 64.37959647602436],
    ["borehole-mf", 1, 51.23151292572038],
    ["branin-augmented", 0.2, 32.0569875143496],
    ["hartmann6-augmented", 0.1, -0.028845691702013253],
  ])("of %s at fidelity %d is %d", (id, fidelity, value) => {
    const fn = multiFidelityFunction(id);
    const config = Object.fromEntries(
      fn.space.params.map(([name, param], k) => [name, param.kind === "real" ? param.low + (param.high - param.low) * u[k]! : NaN]),
    );
    expect(relativeError(fn.evaluate(config, fidelity), value)).toBeLessThanOrEqual(1e-14);
  });
});

describe("the cheap level of Forrester's function", () => {
  it("is lowest where the reference says, far from the minimum that counts", () => {
    const fn = multiFidelityFunction("forrester-mf");
    expect(fn.evaluate({ x1: 0.0923928758455449 }, 1)).toBeCloseTo(-9.334904876953638, 13);
    expect(fn.evaluate({ x1: 0.0923928758455449 + 1e-4 }, 1)).toBeGreaterThan(-9.334904876953638);
    expect(fn.evaluate({ x1: 0.0923928758455449 - 1e-4 }, 1)).toBeGreaterThan(-9.334904876953638);
  });
});

describe("at the edges of the box", () => {
  it("Currin's and Park's first function have values, the limits from inside", () => {
    const currin = multiFidelityFunction("currin-mf");
    expect(currin.evaluate({ x1: 0, x2: 0 }, 2)).toBe(-3);
    expect(currin.evaluate({ x1: 0, x2: 1e-9 }, 2)).toBe(-3);
    const park = multiFidelityFunction("park1-mf");
    const at = (x1: number): number => park.evaluate({ x1, x2: 0.5, x3: 0.5, x4: 0.25 }, 2);
    expect(Math.abs(at(0) - at(1e-12))).toBeLessThan(1e-10);
  });
});

describe("augmented Branin", () => {
  it("has the same minimum at every fidelity, in other places", () => {
    const fn = multiFidelityFunction("branin-augmented");
    const b = 5.1 / (4 * Math.PI ** 2) - 0.1 * (1 - 0.25);
    const x2 = b * Math.PI ** 2 - 5 + 6;
    expect(x2).not.toBeCloseTo(2.275, 3);
    expect(multiFidelityFunction("branin-augmented").optimum.value).toBeCloseTo(0.39788735772973, 13);
    // For x1 = pi the bend vanishes at an x2 below the box; for x1 = -pi inside it.
    const low = b * Math.PI ** 2 + 5 + 6;
    expect(low).toBeGreaterThan(0);
    expect(fn.evaluate({ x1: -Math.PI, x2: low }, 0.25)).toBeCloseTo(fn.optimum.value, 13);
  });
});

describe("the noise of mf-prior-bench's functions", () => {
  it("only raises values, by sd sqrt(2 / pi) on average, and is gone at the highest fidelity", () => {
    const fn = multiFidelityFunction("mf-hartmann3-good");
    const config = { x1: 0.2, x2: 0.4, x3: 0.6 };
    const draws = Array.from({ length: 4000 }, (_, n) => fn.evaluate(config, 10, root(n)));
    const least = Math.min(...draws);
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    // 2 (1 - log 10 / log 100) = 1.
    expect(Math.abs(mean - least - Math.sqrt(2 / Math.PI))).toBeLessThan(4 * (Math.sqrt(1 - 2 / Math.PI) / Math.sqrt(4000)) + 0.001);
    expect(new Set(draws).size).toBe(4000);
    expect(new Set(Array.from({ length: 20 }, (_, n) => fn.evaluate(config, 100, root(n)))).size).toBe(1);
  });

  it("grows with the grade", () => {
    const spread = (grade: string): number => {
      const fn = multiFidelityFunction(`mf-hartmann6-${grade}`);
      const config = fn.minimisers[0]!;
      const values = Array.from({ length: 200 }, (_, n) => fn.evaluate(config, 3, root(n)));
      return Math.max(...values) - Math.min(...values);
    };
    const spreads = ["good", "moderate", "bad", "terrible"].map(spread);
    expect(spreads).toEqual([...spreads].sort((a, b) => a - b));
  });
});

describe("the cost of a job", () => {
  const cases: readonly (readonly [string, number, number, number])[] = [
    ["forrester-mf", 0, 1, 1],
    ["forrester-mf", 1, 2, 1000],
    ["currin-mf", 0, 2, 10],
    ["counting-ones-c2-r2", 0, 27, 27],
    ["counting-ones-c2-r2", 9, 27, 18],
    ["branin-mf", 0, 0.25, 0.05 + 0.95 * 0.125],
    ["mf-hartmann3-bad", 0, 50, 0.05 + 0.95 * 0.25],
  ];
  it.each(cases)("of %s from %d to %d is %d seconds", (id, from, until, seconds) => {
    const fn = multiFidelityFunction(id);
    expect(jobSeconds(fn, fn.minimisers[0]!, from, until)).toBeCloseTo(seconds, 14);
  });

  it("is the whole from scratch where nothing can be resumed, whatever was done before", () => {
    const fn: MultiFidelityFunction = { ...multiFidelityFunction("counting-ones-c2-r2"), resumable: false };
    expect(jobSeconds(fn, fn.minimisers[0]!, 9, 27)).toBe(27);
  });

  it("cannot run backwards", () => {
    const fn = multiFidelityFunction("counting-ones-c2-r2");
    expect(() => jobSeconds(fn, fn.minimisers[0]!, 27, 9)).toThrow(ConfigError);
  });
});

describe("a value that is not a fidelity", () => {
  it.each([
    ["currin-mf", 0],
    ["currin-mf", 3],
    ["currin-mf", 1.5],
    ["branin-mf", 0],
    ["branin-mf", 1.0000001],
    ["counting-ones-c2-r2", 8],
    ["counting-ones-c2-r2", NaN],
    ["curves-aligned-branin", 82],
    ["curves-aligned-branin", 0],
  ])("%s refuses %d", (id, fidelity) => {
    const fn = multiFidelityFunction(id);
    expect(() => fn.evaluate(fn.minimisers[0]!, fidelity)).toThrow(ConfigError);
    expect(() => fn.costSeconds(fn.minimisers[0]!, fidelity)).toThrow(ConfigError);
  });
});

describe("the catalogue of functions of several fidelities", () => {
  it("makes a function of every family it lists, and that function answers to its id", () => {
    const ids = multiFidelityFunctionIds().map((pattern) =>
      pattern.replace("{c}", "4").replace("{r}", "8").replace("{function}", "levy-d3"),
    );
    for (const id of ids) expect(multiFidelityFunction(id).id).toBe(id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of Object.keys(golden.functions)) expect(ids).toContain(id);
  });

  it("names the nearest ids for an unknown one, also behind the name of learning curves", () => {
    expect(() => multiFidelityFunction("curin-mf")).toThrow(/currin-mf/);
    expect(() => multiFidelityFunction("curves-aligned-brannin")).toThrow(/branin/);
    expect(() => multiFidelityFunction("counting-ones-c8")).toThrow(/counting-ones-c\{c\}-r\{r\}/);
    expect(() => multiFidelityFunction("counting-ones-c8-r0")).toThrow(ConfigError);
    expect(() => multiFidelityFunction("counting-ones-c1001-r1")).toThrow(ConfigError);
  });
});

function named(x: readonly number[]): Config {
  return Object.fromEntries(x.map((value, k) => [`x${k + 1}`, value]));
}

function relativeError(got: number, expected: number): number {
  return expected === 0 ? Math.abs(got) : Math.abs(got - expected) / Math.abs(expected);
}
