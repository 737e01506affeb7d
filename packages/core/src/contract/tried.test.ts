import { describe, expect, it } from "vitest";
import { derive, root } from "../random/key.ts";
import { stream } from "../random/stream.ts";
import { drawConfig } from "../random/uniform.ts";
import { type Config, choice, given, int, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { simple } from "../study/scripted.fixture.ts";
import { contextOf } from "../testing/context.ts";
import { trialId } from "./ids.ts";
import type { FailureReason, Trial } from "./trial.ts";
import { drawUntried, type Tried, triedIn } from "./tried.ts";

const space = createSpace({ a: int(1, 6), b: choice(["x", "y"]) });
const source = () => stream(root("tried"));

type Ended = readonly [a: number, end: FailureReason | "finished" | "running"];

function triedAfter(trials: readonly Ended[], queue: readonly number[] = [], proposed: readonly number[] = []): Tried {
  const config = (a: number): Config => ({ a, b: "x" });
  const history = trials.map(([a, end], id): Trial => {
    const status = end === "finished" || end === "running" ? end : "failed";
    return { id: trialId(id), config: config(a), parent: null, status, curve: [] };
  });
  const lost = history.filter((_, index) => trials[index]![1] === "lost").map(({ id }) => id);
  const context = contextOf({ ...simple, space }, { trials: history, running: [], version: 0 }, queue.map(config));
  // The starts of an ask take what is queued first.
  const proposals = [...queue, ...proposed].map((a) => ({ kind: "start", config: config(a), until: 1 }) as const);
  return triedIn({ ...context, pending: context.pending.after(proposals, trialId(history.length)) }, lost);
}

const among = (tried: Tried): readonly number[] => [1, 2, 3, 4, 5, 6].filter((a) => tried.has({ a, b: "x" }));

describe("what has been tried", () => {
  it("is what has ended in any way, runs, is queued, or was suggested in the same ask", () => {
    const trials: readonly Ended[] = [
      [1, "finished"],
      [2, "running"],
      [3, "threw"],
    ];
    expect(among(triedAfter(trials, [4], [5]))).toEqual([1, 2, 3, 4, 5]);
  });

  it("is not what was lost with its worker, up to three times", () => {
    const times = (count: number): readonly Ended[] => Array.from({ length: count }, () => [1, "lost"] as const);
    expect([1, 2, 3, 4].map((count) => among(triedAfter(times(count))))).toEqual([[], [], [], [1]]);
    expect(among(triedAfter([...times(2), [1, "running"]]))).toEqual([1]);
  });

  it("differs where a value differs or a parameter exists in one only, in whatever order the values were given", () => {
    const mixed = createSpace({ a: choice([1, "one", true, "no"]), b: given("a", [1], real(0, 1)) });
    const configs: readonly Config[] = [{ a: 1, b: 0 }, { a: 1, b: 5e-324 }, { a: "one" }, { a: true }, { a: "no" }];
    for (const [index, config] of configs.entries()) {
      const trial: Trial = { id: trialId(0), config, parent: null, status: "finished", curve: [] };
      const tried = triedIn(contextOf({ ...simple, space: mixed }, { trials: [trial], running: [], version: 0 }));
      expect(configs.map((other) => tried.has(other))).toEqual(configs.map((_, other) => other === index));
      expect(tried.has(Object.fromEntries(Object.entries(config).reverse()))).toBe(true);
    }
  });
});

describe("an untried draw", () => {
  const all = [1, 2, 3, 4, 5, 6].flatMap((a) => [
    { a, b: "x" },
    { a, b: "y" },
  ]);
  const after = (configs: readonly Config[]): Tried => {
    const trials = configs.map((config, id): Trial => ({ id: trialId(id), config, parent: null, status: "finished", curve: [] }));
    return triedIn(contextOf({ ...simple, space }, { trials, running: [], version: 0 }));
  };

  it("is the first draw where that is untried, so that nothing changes for spaces in which draws never meet", () => {
    for (let seed = 0; seed < 20; seed++) {
      const drawn = drawConfig(space, stream(derive(root("draw"), seed)));
      const one = stream(derive(root("draw"), seed));
      expect(drawUntried(after([]), () => drawConfig(space, one), one)).toEqual(drawn);
    }
  });

  it("is the last untried configuration, wherever it is, even if every draw is another", () => {
    for (const left of all) {
      const tried = after(all.filter((config) => config !== left));
      expect(drawUntried(tried, () => ({ a: 3, b: "x" }), source())).toEqual(left);
    }
  });

  it("repeats where nothing is left, whatever was searched for before", () => {
    const tried = after(all);
    expect(tried.spent).toBe(true);
    expect(tried.near({ a: 3, b: "x" }, source())).toBeNull();
    expect(drawUntried(after(all), () => ({ a: 3, b: "x" }), source())).toEqual({ a: 3, b: "x" });
  });

  it("sees that nothing is left when the last one is tried, and that something is left when its worker is lost", () => {
    const trials: Trial[] = [];
    const history = { trials, running: [], version: 0 };
    const context = contextOf({ ...simple, space }, history);
    for (const [id, config] of all.entries()) {
      expect(triedIn(context).spent).toBe(false);
      trials.push({ id: trialId(id), config, parent: null, status: "finished", curve: [] });
    }
    expect([triedIn(context).spent, triedIn(context, [trialId(4)]).spent, triedIn(context, [trialId(4)]).spent]).toEqual([
      true,
      false,
      false,
    ]);
    expect(triedIn(context, [trialId(4)]).near({ a: 1, b: "x" }, source())).toEqual(all[4]);
    trials.push({ id: trialId(all.length), config: all[4]!, parent: null, status: "running", curve: [] });
    expect(triedIn(context, [trialId(4)]).spent).toBe(true);
  });

  it("never sees the end of a space with infinitely many configurations", () => {
    const endless = createSpace({ a: choice(["x", "y"]), b: given("a", ["y"], real(0, 1)) });
    const trials: readonly Trial[] = [{ id: trialId(0), config: { a: "x" }, parent: null, status: "finished", curve: [] }];
    const tried = triedIn(contextOf({ ...simple, space: endless }, { trials, running: [], version: 0 }));
    expect(tried.spent).toBe(false);
    expect(drawUntried(tried, () => ({ a: "x" }), source())).toEqual({ a: "y", b: expect.any(Number) });
  });
});
