import { expect, test } from "vitest";
import { createResourceAccount } from "./resource.ts";

test.each([
  // from, to, where the trial had been, fresh, repeated
  [0, 3, 0, 3, 0],
  [3, 9, 3, 6, 0],
  [0, 9, 3, 6, 3],
  [0, 3, 3, 0, 3],
  [0, 2, 3, 0, 2],
  [5, 9, 0, 4, 0],
  [4, 4, 9, 0, 0],
])("from %d to %d where the trial had come to %d: %d fresh, %d repeated", (from, to, known, fresh, repeated) => {
  const account = createResourceAccount();
  account.report(from, to, known);
  expect(account.resource()).toEqual({ fresh, repeated, wasted: 0, total: to - from });
});

test("work without a report is wasted, and adds up with the rest", () => {
  const account = createResourceAccount();
  account.report(0, 9, 3);
  account.waste(2, 4.5);
  expect(account.resource()).toEqual({ fresh: 6, repeated: 3, wasted: 2.5, total: 11.5 });
  expect(account.total).toBe(11.5);
});
