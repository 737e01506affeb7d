/** The optimiser under constraints between parameters: feasible in every mode, and optimal on active constraints. */
import {
  type Config,
  checkConfig,
  choice,
  constrain,
  createSpace,
  encode,
  given,
  int,
  type ParameterConstraint,
  real,
  type Shape,
  type Space,
} from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { leastOf, noteOf, open, run } from "../testing/studies.ts";
import type { BayesoptOptions } from "./index.ts";
import { acquisitions } from "./search/acquire.ts";

const quick: BayesoptOptions = { askEffort: 128, kernel: "matern52", warp: "identity" };
const num = (config: Config, name: string): number => config[name] as number;

/** A value that pulls towards one corner, so that constraints become active. */
function pulled(space: Space, config: Config): number {
  return encode(space, config).reduce((sum, at, axis) => sum + (at - (axis % 3 === 0 ? 1.1 : 0.2)) ** 2, 0);
}

const shape = {
  a: real(0, 1),
  b: real(0, 1),
  c: real(1e-3, 1, { scale: "log" }),
  share: real(0, 1),
  layers: int(1, 4),
  units: int(16, 512),
  kernel: choice(["rbf", "poly"]),
  low: choice(["s", "m", "l"], { ordered: true }),
  high: choice(["s", "m", "l"], { ordered: true }),
  degree: given("kernel", ["poly"], real(0, 1)),
};
const forms: readonly ParameterConstraint[] = [
  { sum: ["a", "b", "c"], equals: 1 },
  { linear: { a: 2, b: -1 }, max: 0.5 },
  { product: ["layers", "units"], max: 600 },
  { less: ["a", "b"] },
  { less: ["low", "high"] },
  { forbid: { kernel: "poly", units: { min: 257 } } },
  { atMost: 2, of: ["a", "b", "share"], nonzero: true },
  "log10(units) + layers <= 4",
  { sum: ["a", "degree"], max: 0.3 },
  "(a - 0.5)^2 + (b - 0.5)^2 <= 0.01",
  { linear: { layers: 128, units: 1 }, equals: 512 },
];
const laws: readonly (readonly [string, readonly ParameterConstraint[]])[] = [
  ...forms.map((form) => [JSON.stringify(form), [form]] as const),
  ["the first eight together", forms.slice(0, 8)],
];

describe("every suggestion is feasible", () => {
  it.each(laws)("under %s, with three workers", (_, where) => {
    const space = constrain(createSpace(shape), where);
    const study = run(open(space, { options: { ...quick, initial: 4 } }), 16, (config) => pulled(space, checkConfig(space, config)), 3);
    expect(study.history.trials.length).toBe(16);
    checkConfig(space, study.recommend()!);
  });

  it.each(acquisitions.map((acquisition) => [acquisition]))("for the acquisition %s, with noise and failures", (acquisition) => {
    const space = constrain(createSpace(shape), forms.slice(0, 8));
    const options = { ...quick, initial: 4, acquisition, noise: "learned" };
    const study = run(
      open(space, { options }),
      14,
      (config, { id }) => {
        const value = pulled(space, checkConfig(space, config));
        return id % 5 === 3 ? "threw" : value + 0.01 * (id % 3);
      },
      2,
    );
    expect(study.history.trials.length).toBe(14);
    checkConfig(space, study.recommend()!);
  });

  it("while values stop improving: in exploration and in the region around the best", () => {
    const space = constrain(createSpace({ x: real(0, 1), y: real(0, 1) }), ["(x - 0.3)^2 + (y - 0.6)^2 <= 0.0004"]);
    const decided = new Set<unknown>();
    run(open(space, { options: quick }), 24, (config, job) => {
      decided.add(noteOf(job).decided);
      checkConfig(space, config);
      return 1;
    });
    expect(decided).toContain("exploration");
    expect(decided).toContain("region");
  });
});

describe("a finite space ends when every feasible configuration has been tried", () => {
  const finite: readonly (readonly [string, Shape, readonly ParameterConstraint[], number])[] = [
    ["a grid", { a: int(1, 6), b: int(1, 6) }, [{ less: ["a", "b"] }], 15],
    ["a lattice simplex", { a: int(0, 4), b: int(0, 4), c: int(0, 4) }, [{ sum: ["a", "b", "c"], equals: 4 }], 15],
    [
      "a grid that is too large to be listed without its constraints",
      Object.fromEntries(["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => [name, int(0, 9)])),
      [{ sum: ["a", "b", "c", "d", "e", "f", "g", "h"], max: 1 }],
      9,
    ],
    ["a condition", { a: choice(["p", "q"]), b: given("a", ["q"], int(1, 9)), c: int(1, 2) }, ["b * c <= 4"], 8],
  ];
  it.each(finite)("%s", (_, own, where, count) => {
    const space = constrain(createSpace(own), where);
    const study = run(open(space, { options: { ...quick, noise: "none" } }), 100, (config) => pulled(space, checkConfig(space, config)), 2);
    expect(study.done).toBe(true);
    expect(new Set(study.history.trials.map(({ config }) => JSON.stringify(config))).size).toBe(count);
    expect(study.history.trials.length).toBe(count);
  });
});

describe("the optimum on an active constraint is found", () => {
  const problems: readonly (readonly [string, Shape, readonly ParameterConstraint[], (c: Config) => number, number, number])[] = [
    [
      "(x - 1)^2 + (y - 1)^2 under x + y <= 1",
      { x: real(0, 1), y: real(0, 1) },
      ["x + y <= 1"],
      (c) => (num(c, "x") - 1) ** 2 + (num(c, "y") - 1) ** 2,
      0.5,
      1e-5,
    ],
    [
      "G6 of the CEC set, in a crescent of 7e-5 of the box",
      { x1: real(13, 100), x2: real(0, 100) },
      ["(x1 - 5)^2 + (x2 - 5)^2 >= 100", "(x1 - 6)^2 + (x2 - 5)^2 <= 82.81"],
      (c) => (num(c, "x1") - 10) ** 3 + (num(c, "x2") - 20) ** 3,
      -6961.81387558015,
      1e-3,
    ],
    [
      "a mixture of three, on an edge of the simplex",
      { a: real(0, 1), b: real(0, 1), c: real(0, 1) },
      [{ sum: ["a", "b", "c"], equals: 1 }],
      (c) => 4 * num(c, "a") + 2 * num(c, "b") + 3 * num(c, "c") - 8 * num(c, "a") * num(c, "b"),
      7 / 8,
      1e-5,
    ],
    [
      "a linear value on a disc",
      { x: real(-1, 1), y: real(-1, 1) },
      ["x^2 + y^2 <= 0.25"],
      (c) => -3 * num(c, "x") - 4 * num(c, "y"),
      -2.5,
      1e-4,
    ],
    [
      "a product of whole numbers, all of whose neighbours one step away are worse or break it",
      { n: int(1, 200), m: int(1, 200) },
      [{ product: ["n", "m"], max: 1000 }],
      (c) => (num(c, "n") / 20 - 2.5) ** 2 + (num(c, "m") / 20 - 1) ** 2,
      0,
      1e-9,
    ],
  ];
  it.each(problems)("%s", (_, own, where, value, least, tolerance) => {
    const space = constrain(createSpace(own), where);
    const study = run(open(space), 25, (config) => value(checkConfig(space, config)));
    expect(leastOf(study) - least).toBeLessThan(tolerance);
    expect(leastOf(study) - least).toBeGreaterThan(-1e-6);
  });
});
