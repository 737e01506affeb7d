import {
  type Config,
  choice,
  createSpace,
  decode,
  derive,
  type FailureReason,
  int,
  real,
  root,
  stream,
  type Trial,
  trialId,
} from "@caviar-hpo/core";
import { contextOf } from "@caviar-hpo/core/testing";
import { describe, expect, it } from "vitest";
import { problemOf } from "../../testing/studies.ts";
import { keyOfConfig } from "./distinct.ts";
import { designed, isDiscrete, some, triedConfigs, untriedPoints } from "./untried.ts";

const space = createSpace({ a: int(1, 6), b: choice(["x", "y"]) });
const key = root("untried");
const keysOf = (units: readonly Float64Array[]) => units.map((unit) => keyOfConfig(space, decode(space, unit)));

function triedAfter(
  trials: readonly (readonly [number, FailureReason | "finished" | "running"])[],
  queue: readonly number[] = [],
  proposed: readonly number[] = [],
) {
  const config = (a: number): Config => ({ a, b: "x" });
  const history = trials.map(([a, end], id): Trial => {
    const status = end === "finished" || end === "running" ? end : "failed";
    return { id: trialId(id), config: config(a), parent: null, status, curve: [] };
  });
  const lost = history.filter((_, index) => trials[index]![1] === "lost").map(({ id }) => id);
  const context = contextOf(problemOf(space), { trials: history, running: [], version: 0 }, queue.map(config));
  // The starts of an ask take what is queued first.
  const proposals = [...queue, ...proposed].map((a) => ({ kind: "start", config: config(a), until: 1 }) as const);
  const asking = { ...context, pending: context.pending.after(proposals, trialId(history.length)) };
  const tried = triedConfigs(asking, lost);
  return [1, 2, 3, 4, 5, 6].filter((a) => tried.has(keyOfConfig(space, config(a))));
}

describe("what has been tried", () => {
  it("is what has ended in any way, runs, is queued, or was suggested in the same ask", () => {
    const trials = [
      [1, "finished"],
      [2, "running"],
      [3, "threw"],
    ] as const;
    expect(triedAfter(trials, [4], [5])).toEqual([1, 2, 3, 4, 5]);
  });

  it("is not what was lost with its worker, up to three times", () => {
    const times = (count: number) => Array.from({ length: count }, () => [1, "lost"] as const);
    expect([1, 2, 3, 4].map((count) => triedAfter(times(count)))).toEqual([[], [], [], [1]]);
    expect(triedAfter([...times(2), [1, "running"]])).toEqual([1]);
  });
});

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
    const tried = new Set([1, 2, 3].map((a) => keyOfConfig(space, { a, b: "x" })));
    const left = untriedPoints(space, tried, 100, key);
    expect(new Set(keysOf(left)).size).toBe(9);
    expect(keysOf(left).some((one) => tried.has(one))).toBe(false);
    expect(new Set(keysOf(untriedPoints(space, tried, 4, key))).size).toBe(4);
  });

  it("do not exist once everything has been tried", () => {
    const all = [1, 2, 3, 4, 5, 6].flatMap((a) => ["x", "y"].map((b) => keyOfConfig(space, { a, b })));
    expect(untriedPoints(space, new Set(all), 100, key)).toEqual([]);
  });

  it("are random ones of a space that has no end", () => {
    const endless = createSpace({ x: real(0, 1), a: choice([1, 2]) });
    const points = untriedPoints(endless, new Set(), 100, key);
    expect(points.length).toBeGreaterThan(32);
    const keys = points.map((unit) => keyOfConfig(endless, decode(endless, unit)));
    expect(untriedPoints(endless, new Set(keys.slice(1)), 100, key)).toEqual([points[0]]);
    expect(untriedPoints(endless, new Set(keys), 100, key)).toEqual(points);
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
