/** Which asks are cautious, and what the cautious model may not conclude. */
import { choice, given, int, real, type Shape } from "@caviar-hpo/core";
import { exp } from "@caviar-hpo/numerics";
import { describe, expect, it } from "vitest";
import { problemModelOf, trialsOf } from "../../testing/problemModels.ts";
import { spaceOf } from "../../testing/studies.ts";
import { cautiousAsks, isCautious, isConfined } from "./caution.ts";

const reals = { x: real(0, 1), y: real(1e-3, 1, { scale: "log" }) };
const trialsWith = (values: readonly number[]) =>
  trialsOf(
    spaceOf(reals),
    values.map((value, at) => ({ config: { x: at / 10, y: 0.1 }, value })),
  );

describe("an ask", () => {
  it.each<[string, Shape]>([
    ["a choice", { ...reals, c: choice(["a", "b"]) }],
    ["a whole number", { ...reals, n: int(1, 3) }],
    ["a stepped real", { ...reals, s: real(0, 1, { step: 0.1 }) }],
    ["a conditional parameter", { c: choice(["a"]), d: given("c", ["a"], real(0, 1)) }],
  ])("is cautious every second time, and every third time from ask 24 on, on a space with %s", (_what, shape) => {
    const asks = Array.from({ length: 32 }, (_, ask) => ask);
    const cautious = asks.filter((ask) => isCautious(spaceOf(shape), trialsWith([1, 2, 3]), ask));
    expect(cautious).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 27, 30]);
    expect(cautious.filter(isConfined)).toEqual([2, 6, 10, 14, 18, 22, 27]);
  });

  it("is never cautious where all parameters are real and all values differ, and takes turns once two values tie", () => {
    const asks = Array.from({ length: 6 }, (_, ask) => ask);
    expect(asks.filter((ask) => isCautious(spaceOf(reals), trialsWith([1, 2, 3]), ask))).toEqual([]);
    expect(asks.filter((ask) => isCautious(spaceOf(reals), trialsWith([1, 2, 1]), ask))).toEqual([0, 2, 4]);
  });

  it("that is not cautious has the number of those before it, so that no kind of ask is left out", () => {
    const trials = trialsWith([1, 1]);
    const others = Array.from({ length: 30 }, (_, ask) => ask).filter((ask) => !isCautious(spaceOf(reals), trials, ask));
    expect(others.map((ask) => ask - cautiousAsks(spaceOf(reals), trials, ask))).toEqual(others.map((_, index) => index));
    expect(cautiousAsks(spaceOf(reals), trialsWith([1, 2]), 7)).toBe(0);
  });
});

describe("the cautious model", () => {
  const shape = { c: choice(["a", "b"]), x: real(0, 1), y: real(0, 1) };
  const flat = Array.from({ length: 16 }, (_, at) => ({
    config: { c: at < 3 ? "b" : "a", x: ((at * 7) % 16) / 16, y: ((at * 5) % 16) / 16 },
    value: at < 3 ? 1 + at / 10 : 0.5,
  }));
  const trials = trialsOf(spaceOf(shape), flat);

  it("takes the values as they are, with noise", () => {
    const { choice: chosen, noisy } = problemModelOf(shape, trials, { model: "cautious" });
    expect(chosen).toMatchObject({ warp: "identity", noise: "learned", relevance: "assumed" });
    expect(noisy).toBe(true);
  });

  it("does not conclude from one flat basin that a parameter does nothing anywhere, as the most probable model does", () => {
    const longest = (model: "objective" | "cautious"): number =>
      Math.max(...problemModelOf(shape, trials, { model }).ensemble.logLengthscales.map(exp));
    expect(longest("objective")).toBeGreaterThan(5);
    expect(longest("cautious")).toBeLessThanOrEqual(0.4 * Math.sqrt(3) * (1 + 1e-12));
  });

  it("keeps to a warp and a noise that an option names", () => {
    const { choice: chosen } = problemModelOf(shape, trials, { model: "cautious", choice: { warp: "yeoJohnson", noise: "none" } });
    expect(chosen).toMatchObject({ warp: "yeoJohnson", noise: "none", relevance: "assumed" });
  });
});
