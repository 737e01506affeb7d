/** A sample of failing.nightly.test.ts. */
import { describe, expect, it } from "vitest";
import { failureProblems } from "../bench/failureProblems.mjs";
import { type Failing, runFailing } from "../testing/failing.ts";

/** The value is -x; trials above 0.3 fail. */
const falling = {
  id: "falling",
  d: 1,
  succeeds: ([x]: readonly number[]) => x! <= 0.3,
  value: ([x]: readonly number[]) => -x!,
  optimum: -0.3,
  range: 1,
};
const disc = failureProblems.find(({ id }) => id === "ball-2")!;

describe("where the best value lies at the edge of what succeeds", () => {
  it.each<[string, typeof falling, Failing]>([
    ["a line, on which 70 % of blind points fail", falling, "threw"],
    ["a line, where a constraint says yes or no", falling, "constraint"],
    ["a disc", disc, "infeasible"],
  ])("few trials fail, and the edge is found: %s", (_, problem, failing) => {
    const { share, gap } = runFailing(problem, failing, 1);
    expect(share).toBeLessThanOrEqual(0.35);
    expect(gap).toBeLessThan(0.01);
  });
});
