import { type Config, choice, createSpace, decode, derive, int, real, root, stream, type Trial, trialId } from "@caviar-hpo/core";
import { type Tried, triedIn } from "@caviar-hpo/core/contract";
import { contextOf } from "@caviar-hpo/core/testing";
import { describe, expect, it } from "vitest";
import { keyOfConfig, problemOf } from "../../testing/studies.ts";
import { designed, isDiscrete, some, untriedPoints } from "./untried.ts";

const space = createSpace({ a: int(1, 6), b: choice(["x", "y"]) });
const key = root("untried");
const keysOf = (units: readonly Float64Array[]) => units.map((unit) => keyOfConfig(space, decode(space, unit)));

/** What is tried in a study with a trial of each of these configurations. */
function triedWith(configs: readonly Config[], of = space): Tried {
  const trials = configs.map((config, id): Trial => ({ id: trialId(id), config, parent: null, status: "finished", curve: [] }));
  return triedIn(contextOf(problemOf(of), { trials, running: [], version: 0 }));
}

describe("points of the design", () => {
  it("follow each other, are canonical, and skip what has been tried", () => {
    const none = (): boolean => false;
    const first = Array.from({ length: 8 }, (_, index) => designed(space, index, none, key)!);
    expect(first.map((unit) => [...unit])).toEqual(first.map((unit) => [...featuresUnit(unit)]));
    const tried = new Set(keysOf(first.slice(0, 1)));
    const next = designed(space, 0, (unit) => tried.has(keysOf([unit])[0]!), key)!;
    expect(next).toEqual(first.find((unit) => !tried.has(keysOf([unit])[0]!)));
  });

  it("end where nothing is left", () => {
    expect(designed(space, 0, () => true, key)).toBeNull();
  });

  it("are there for a space without parameters", () => {
    expect(designed(createSpace({}), 0, () => false, key)).toEqual(new Float64Array(0));
  });
});

function featuresUnit(unit: Float64Array): Float64Array {
  const { a, b } = decode(space, unit);
  return Float64Array.of(((a as number) - 0.5) / 6, b === "x" ? 0.25 : 0.75);
}

describe("points that have not been tried", () => {
  it("are all that is left of a finite space, each once, but no more than wanted", () => {
    const tried = triedWith([1, 2, 3].map((a) => ({ a, b: "x" })));
    const left = untriedPoints(space, tried, 100, key);
    expect(new Set(keysOf(left)).size).toBe(9);
    expect(left.some((unit) => tried.has(decode(space, unit)))).toBe(false);
    expect(new Set(keysOf(untriedPoints(space, tried, 4, key))).size).toBe(4);
  });

  it("do not exist once everything has been tried", () => {
    const all = [1, 2, 3, 4, 5, 6].flatMap((a) => ["x", "y"].map((b) => ({ a, b })));
    expect(untriedPoints(space, triedWith(all), 100, key)).toEqual([]);
  });

  it("are random ones of a space that has no end", () => {
    const endless = createSpace({ x: real(0, 1), a: choice([1, 2]) });
    const points = untriedPoints(endless, triedWith([], endless), 100, key);
    expect(points.length).toBeGreaterThan(32);
    const configs = points.map((unit) => decode(endless, unit));
    expect(untriedPoints(endless, triedWith(configs.slice(1), endless), 100, key)).toEqual([points[0]]);
    const [other] = untriedPoints(endless, triedWith(configs, endless), 100, key);
    expect(configs).not.toContainEqual(decode(endless, other!));
  });
});

describe("some of a list", () => {
  it("are different configurations in random order, all of them if there are few", () => {
    const all = Array.from({ length: 50 }, (_, index) => index);
    const source = stream(derive(key, "some"));
    expect([...some(all, 100, source)].sort((a, b) => a - b)).toEqual(all);
    const counts = new Map<number, number>();
    for (let round = 0; round < 500; round++) {
      const picked = some(all, 5, source);
      expect(new Set(picked).size).toBe(5);
      for (const one of picked) counts.set(one, (counts.get(one) ?? 0) + 1);
    }
    expect(counts.size).toBe(50);
    expect(Math.max(...counts.values())).toBeLessThan(90);
  });
});

describe("a space", () => {
  it("is discrete where no parameter may have all values of an interval", () => {
    expect(isDiscrete(createSpace({ a: int(0, 2 ** 53 - 1), b: real(0, 1, { step: 0.1 }), c: real(2, 2) }))).toBe(true);
    expect(isDiscrete(createSpace({ a: int(0, 1), b: real(0, 1) }))).toBe(false);
    expect(isDiscrete(createSpace({}))).toBe(true);
  });
});
