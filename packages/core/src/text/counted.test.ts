import { expect, test } from "vitest";
import { counted } from "./counted.ts";

test.each([
  [0, "trial", undefined, "0 trials"],
  [1, "trial", undefined, "1 trial"],
  [2, "trial", undefined, "2 trials"],
  [0.5, "second", undefined, "0.5 seconds"],
  [1, "strategy", "strategies", "1 strategy"],
  [3, "strategy", "strategies", "3 strategies"],
])("%d of the noun %s", (count, noun, plural, text) => {
  expect(counted(count, noun, plural)).toBe(text);
});
