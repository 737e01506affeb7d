import { ConfigError, createSpace, openStudy, real } from "@caviar/core";
import { describe, expect, it, test } from "vitest";
import { createStrategy, strategies } from "./strategies.ts";

function refusal(body: () => unknown): ConfigError {
  try {
    body();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("not refused");
}

const withFidelity = { unit: "epochs", min: 1, max: 27, whole: true } as const;

describe.each(strategies)("$name", ({ name, doc, options, multiFidelity, create }) => {
  it("is created by its name, with its defaults and with each of them said", () => {
    const defaults = Object.fromEntries(Object.entries(options).map(([option, spec]) => [option, spec.default]));
    for (const strategy of [createStrategy(name), create(), createStrategy(name, defaults)]) {
      expect(strategy.name).toBe(name);
      const problem = {
        space: createSpace({ x: real(0, 1) }),
        objectives: [{ name: "loss", goal: "minimize" }],
        constraints: [],
        fidelity: multiFidelity ? withFidelity : null,
        resumable: false,
      } as const;
      expect(openStudy({ problem, strategy, seed: 0 }).ask(3).jobs).toHaveLength(name === "panda" ? 1 : 3);
    }
  });

  it("says in one sentence what it is, and what each option does", () => {
    for (const text of [doc, ...Object.values(options).map((spec) => spec.doc)]) expect(text).toMatch(/^[A-Z].*\.$/);
  });

  it("refuses an option that it does not have", () => {
    expect(refusal(() => createStrategy(name, { nonsense: 1 }))).toMatchObject({
      code: "unknownOption",
      what: `option of ${name}`,
      got: '"nonsense"',
    });
  });

  it("refuses a value of the wrong kind for each of its options", () => {
    for (const option of Object.keys(options))
      expect(refusal(() => createStrategy(name, { [option]: "many" })).what).toBe(`option ${option} of ${name}`);
  });
});

it("each name is there once", () => {
  const names = strategies.map((entry) => entry.name);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toEqual(expect.arrayContaining(["random", "grid", "latinHypercube", "sobol", "halton", "rSequence", "coarseToFine"]));
});

test.each([
  ["sobl", "sobol"],
  ["Random", "random"],
  ["latin_hypercube", "latinHypercube"],
  ["coarse-to-fine", "coarseToFine"],
  ["r-sequence", "rSequence"],
])("the unknown name %s is refused, with %s as what may be meant", (name, meant) => {
  const error = refusal(() => createStrategy(name));
  expect(error).toMatchObject({ code: "unknownStrategy", what: "strategy", got: `"${name}"`, remedy: `Did you mean "${meant}"?` });
  expect(error.expected).toContain("random, grid, latinHypercube");
});

test.each(["", "constructor", "__proto__"])("the name %j is no strategy", (name) => {
  expect(refusal(() => createStrategy(name)).code).toBe("unknownStrategy");
});
