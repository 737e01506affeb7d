import { expect, test } from "vitest";
import type { Json } from "../index.ts";
import { notedOutlook } from "./notedOutlook.ts";

const remaining = {
  expected: 0.2,
  beyond: 0.01,
  probability: 0.5,
  quantiles: [
    [0.5, 0.1],
    [0.9, 0.4],
  ],
  next: 0.05,
};

test("the outlook of a note is what it says of further trials", () => {
  expect(notedOutlook({ decided: "model", remaining })).toEqual(remaining);
  expect(notedOutlook({ remaining: { ...remaining, nextPerSecond: 1e-3 } })).toEqual({ ...remaining, nextPerSecond: 1e-3 });
});

test.each<[string, Json | undefined]>([
  ["no note", undefined],
  ["a text", "remaining"],
  ["a note without one", { decided: "model" }],
  ["another thing with this name", { remaining: 12 }],
  ["one that lacks an entry", { remaining: { expected: 1 } }],
  ["a negative gain", { remaining: { ...remaining, expected: -1 } }],
  ["a gain that is no number", { remaining: { ...remaining, next: "<b>" } }],
  ["an infinite gain", { remaining: { ...remaining, beyond: Infinity } }],
  ["a probability above 1", { remaining: { ...remaining, probability: 1.5 } }],
  ["quantiles that are no pairs", { remaining: { ...remaining, quantiles: [[0.5]] } }],
  ["a quantile that is a text", { remaining: { ...remaining, quantiles: [["0.5", "1"]] } }],
])("%s has no outlook", (_, note) => {
  expect(notedOutlook(note)).toBeNull();
});
