import { expect, it } from "vitest";
import { bestChoice, type Scored } from "./choice.ts";

type Pair = readonly [left: number, right: number];
const scores: { readonly [pair: string]: number } = { "0,0": 0, "1,0": 3, "2,0": 3.5, "1,1": 5, "2,1": 99, "0,1": 50 };
const score = (choice: Pair): Scored<Pair> => ({ choice, fits: [], score: scores[choice.join()]! });
const aspects = [
  ([, right]: Pair): readonly Pair[] => [0, 1, 2].map((left) => [left, right] as const),
  ([left]: Pair): readonly Pair[] => [0, 1].map((right) => [left, right] as const),
];

it("varies one aspect after another, from the best so far", () => {
  expect(bestChoice({ first: score([0, 0]), aspects, score, margin: 0 }).choice).toEqual([2, 1]);
});

it("keeps what an alternative beats by less than the margin", () => {
  expect(bestChoice({ first: score([0, 0]), aspects, score, margin: 1 }).choice).toEqual([1, 1]);
  expect(bestChoice({ first: score([0, 0]), aspects, score, margin: 100 }).choice).toEqual([0, 0]);
});

it("keeps the first where nothing could be fitted", () => {
  const hopeless = (choice: Pair): Scored<Pair> => ({ choice, fits: [], score: -Infinity });
  expect(bestChoice({ first: hopeless([0, 0]), aspects, score: hopeless, margin: 0 }).choice).toEqual([0, 0]);
});
