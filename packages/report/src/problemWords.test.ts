import { expect, it } from "vitest";
import { campaign } from "../testing/campaign.ts";
import { problemWords } from "./problemWords.ts";

it("names the number of functions where problems are variants of one", () => {
  const [first, second, third] = campaign({ problems: ["branin", "levy-d6", "ackley-d5"], seeds: 1 }).problems;
  expect(problemWords([first!, second!, third!])).toBe("3 problems");
  expect(problemWords([{ ...first!, group: "f8" }, { ...second!, group: "f8" }, third!])).toBe("3 problems (2 functions)");
  expect(
    problemWords([
      { ...first!, group: "f8" },
      { ...second!, group: "f8" },
    ]),
  ).toBe("2 problems (1 function)");
  // A group is not the same as a problem of its name.
  expect(problemWords([first!, { ...second!, group: first!.id }])).toBe("2 problems");
});
