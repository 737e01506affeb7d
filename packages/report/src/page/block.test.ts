import { expect, it } from "vitest";
import { mostOpenProblems, note, openIfShort, overall, overallBlocks } from "./block.ts";

it("what has a row for each problem is open for a dozen problems, and folded for more", () => {
  const block = note("A table.");
  expect(openIfShort(mostOpenProblems, ["The table"], block)).toBe(block);
  expect(openIfShort(mostOpenProblems + 1, ["The table"], block)).toEqual({ kind: "details", summary: ["The table"], blocks: [block] });
});

it("no block makes no block over all problems, which would only say that it is hidden", () => {
  expect(overallBlocks([])).toEqual([]);
  expect(overallBlocks([note("One."), note("Two.")])).toEqual([overall(note("One."), note("Two."))]);
});
