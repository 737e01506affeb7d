/** What holds for every function of several fidelities: nothing lies below its certified optimum, a run is a function of its key. */
import { type Config, ConfigError, checkConfig, decode, derive, encode, type Key, root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multiFidelityFunction, multiFidelityFunctionIds } from "./catalogue.ts";
import { jobSeconds, type MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { multiFidelityInstance } from "./multiFidelityInstance.ts";

const ids = multiFidelityFunctionIds().map((pattern, n) =>
  pattern
    .replace("{c}", "3")
    .replace("{r}", "4")
    .replace("{function}", ["branin", "hartmann6", "ackley-d3", "levy-d4", "bbob-f21-d2-i1"][n % 5]!),
);
const word = fc.integer({ min: 0, max: 0xffffffff });
const anyKey: fc.Arbitrary<Key> = fc.tuple(word, word, word, word);

describe.each(ids)("%s", (id) => {
  const fn = multiFidelityFunction(id);
  const least = fn.optimum.value - fn.optimum.tolerance;
  const anyConfig = fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: fn.space.dims, maxLength: fn.space.dims, size: "max" })
    .map((unit) => decode(fn.space, Float64Array.from(unit)));
  const anyFidelity = fc
    .double({ min: fn.fidelity.min, max: fn.fidelity.max, noNaN: true })
    .map((fidelity) => (fn.fidelity.whole ? Math.floor(fidelity) : fidelity));

  it("attains its optimum at every minimiser, which is feasible, and trusts it to 12 digits", () => {
    expect(fn.minimisers.length).toBeGreaterThan(0);
    for (const minimiser of fn.minimisers) {
      checkConfig(fn.space, minimiser);
      expect(fn.feasible(minimiser)).toBe(true);
      expect(Math.abs(fn.truth(minimiser) - fn.optimum.value)).toBeLessThanOrEqual(fn.optimum.tolerance);
    }
    expect(fn.optimum.tolerance).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(fn.optimum.value)));
  });

  it("has no truth below its optimum, at random and by search, anywhere and close to the minimisers", () => {
    fc.assert(
      fc.property(anyConfig, fc.nat(fn.minimisers.length - 1), fc.boolean(), (config, which, near) => {
        const away = encode(fn.space, config);
        const start = near ? encode(fn.space, fn.minimisers[which]!).map((place, k) => place + 1e-3 * (away[k]! - 0.5)) : away;
        expect(localSearch(fn, start)).toBeGreaterThanOrEqual(least);
      }),
      { numRuns: 10 },
    );
  });

  it("gives a run the same curve whenever it is asked, and changes nothing", () => {
    fc.assert(
      fc.property(anyConfig, anyKey, anyFidelity, anyFidelity, (config, run, one, other) => {
        const frozen = Object.freeze({ ...config });
        const first = fn.evaluate(frozen, one, run);
        fn.evaluate(frozen, other, run);
        expect(Object.is(fn.evaluate(frozen, one, run), first)).toBe(true);
        const again = multiFidelityFunction(id);
        expect(Object.is(again.evaluate(frozen, one, run), first)).toBe(true);
        expect(fn.truth(frozen)).toBe(again.truth(frozen));
      }),
      { numRuns: 5 },
    );
  });

  it("has a value exactly where it is feasible, except for runs that diverge, which never recover", () => {
    fc.assert(
      fc.property(anyConfig, anyKey, anyFidelity, anyFidelity, (config, run, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const [early, late] = [fn.evaluate(config, low, run), fn.evaluate(config, high, run)];
        expect(Number.isNaN(fn.truth(config))).toBe(!fn.feasible(config));
        if (!fn.feasible(config)) expect([early, late]).toEqual([NaN, NaN]);
        else if (Number.isNaN(early)) expect(late).toBe(NaN);
        if (fn.feasible(config) && !id.includes("diverging")) expect(Number.isFinite(early) && Number.isFinite(late)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("costs more the further it goes, and as much in two jobs as in one where it is resumable", () => {
    fc.assert(
      fc.property(anyConfig, anyFidelity, anyFidelity, (config, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(fn.costSeconds(config, low)).toBeGreaterThan(0);
        expect(fn.costSeconds(config, high)).toBeGreaterThanOrEqual(fn.costSeconds(config, low));
        const inTwo = jobSeconds(fn, config, 0, low) + jobSeconds(fn, config, low, high);
        const inOne = jobSeconds(fn, config, 0, high);
        if (fn.resumable) expect(Math.abs(inTwo - inOne)).toBeLessThanOrEqual(1e-12 * inOne);
        else expect(inTwo).toBeGreaterThan(inOne);
      }),
      { numRuns: 50 },
    );
  });

  it("refuses configurations of another space", () => {
    for (const config of [{}, { ...fn.minimisers[0]!, extra: 1 }, { ...fn.minimisers[0]!, x1: 1e9 }]) {
      for (const act of [fn.truth, fn.feasible, (c: Config) => fn.evaluate(c, fn.fidelity.max), (c: Config) => fn.costSeconds(c, 1)]) {
        expect(() => act(config)).toThrow(ConfigError);
      }
    }
  });

  it("gives instances with the same optimum and minimisers, whose values are the function's own", () => {
    fc.assert(
      fc.property(anyKey, anyKey, fc.double({ min: 0, max: 0.999, noNaN: true }), anyFidelity, (key, run, start, fidelity) => {
        const varied = multiFidelityInstance(fn, key);
        expect(varied.id).not.toBe(fn.id);
        expect(varied.optimum).toEqual(fn.optimum);
        for (const minimiser of fn.minimisers) expect(varied.truth(minimiser)).toBe(fn.truth(minimiser));
        const draws = stream(derive(key, start));
        const config = decode(varied.space, Float64Array.from({ length: varied.space.dims }, draws.uniform));
        expect(Object.is(varied.evaluate(config, fidelity, run), fn.evaluate(config, fidelity, run))).toBe(true);
        expect(varied.costSeconds(config, fidelity)).toBe(fn.costSeconds(config, fidelity));
        expect(varied.feasible(config)).toBe(fn.feasible(config));
      }),
      { numRuns: 5 },
    );
  });
});

describe("an instance of a function of several fidelities", () => {
  it("refuses what was cropped away", () => {
    const varied = multiFidelityInstance(multiFidelityFunction("branin-mf"), root(3));
    expect(() => varied.evaluate({ x1: -5, x2: 15 }, 1)).toThrow(ConfigError);
  });
});

describe("the bits of the functions of several fidelities", () => {
  it("are the ones on record, at 16 places, the lowest fidelity and the highest", async () => {
    const bits = Object.fromEntries(ids.map((id) => [id, bitHash(multiFidelityFunction(id))]));
    await expect(`${JSON.stringify(bits, null, 1)}\n`).toMatchFileSnapshot("bits.golden.json");
  });
});

/** FNV-1a over the bytes of values and costs, as 8 hexadecimal digits. */
function bitHash(fn: MultiFidelityFunction): string {
  const bytes = new DataView(new ArrayBuffer(8));
  let hash = 0x811c9dc5;
  const absorb = (value: number): void => {
    bytes.setFloat64(0, Number.isNaN(value) ? Infinity : value);
    for (let at = 0; at < 8; at++) hash = Math.imul(hash ^ bytes.getUint8(at), 0x01000193);
  };
  for (let n = 1; n <= 16; n++) {
    const unit = Float64Array.from({ length: fn.space.dims }, (_, k) => (n * (k + 1) * 0.6180339887498949) % 1);
    const config = decode(fn.space, unit);
    for (const fidelity of [fn.fidelity.min, fn.fidelity.max]) {
      absorb(fn.evaluate(config, fidelity, root(n)));
      absorb(fn.costSeconds(config, fidelity));
    }
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Compass search in the unit cube; the best truth it reaches. */
function localSearch(fn: MultiFidelityFunction, start: Float64Array): number {
  const unit = start.map((place) => Math.min(1, Math.max(0, place)));
  const truth = (): number => {
    const value = fn.truth(decode(fn.space, unit));
    return Number.isNaN(value) ? Infinity : value;
  };
  let best = truth();
  for (let step = 0.1, spent = 0; step > 1e-12 && spent < 1500; ) {
    let helped = false;
    for (let k = 0; k < unit.length; k++) {
      for (const side of [-1, 1]) {
        const kept = unit[k]!;
        unit[k] = Math.min(1, Math.max(0, kept + side * step));
        const value = truth();
        spent++;
        if (value < best) {
          best = value;
          helped = true;
        } else unit[k] = kept;
      }
    }
    if (!helped) step /= 2;
  }
  return best;
}
