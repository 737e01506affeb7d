import { describe, expect, it } from "vitest";
import { SpaceError } from "../../contract/errors.ts";
import { derive, root } from "../../random/key.ts";
import { stream } from "../../random/stream.ts";
import { uniformConfig } from "../../random/uniform.ts";
import { checkConfig } from "../config.ts";
import { type Config, choice, given, int, real, type Shape } from "../param.ts";
import { createSpace } from "../space.ts";
import { constrain } from "./constrain.ts";
import type { ParameterConstraint } from "./constraint.ts";
import { decodeFeasible, decodeNear, feasibleSetOf } from "./sets.ts";

const key = root("where");

function draws(shape: Shape, where: readonly ParameterConstraint[], count: number): readonly Config[] {
  const space = constrain(createSpace(shape), where);
  return Array.from({ length: count }, (_, index) => {
    const config = uniformConfig(space, derive(key, index));
    expect(checkConfig(space, config)).toEqual(config);
    return config;
  });
}

const num = (config: Config, name: string): number => config[name] as number;

describe("every form of constraint holds for what is drawn", () => {
  const shape = {
    a: real(0, 1),
    b: real(0, 1),
    c: real(0, 1),
    layers: int(1, 4),
    units: int(16, 512),
    kernel: choice(["rbf", "poly"]),
    low: choice(["s", "m", "l"], { ordered: true }),
    high: choice(["s", "m", "l"], { ordered: true }),
  };
  const rank = (config: Config, name: string): number => ["s", "m", "l"].indexOf(config[name] as string);
  const cases: readonly (readonly [ParameterConstraint, (config: Config) => boolean])[] = [
    [{ sum: ["a", "b", "c"], equals: 1 }, (c) => Math.abs(num(c, "a") + num(c, "b") + num(c, "c") - 1) <= 1e-9],
    [{ linear: { a: 2, b: -1 }, max: 0.5 }, (c) => 2 * num(c, "a") - num(c, "b") <= 0.5],
    [{ product: ["layers", "units"], max: 600 }, (c) => num(c, "layers") * num(c, "units") <= 600],
    [{ less: ["a", "b"] }, (c) => num(c, "a") < num(c, "b")],
    [{ less: ["low", "high"] }, (c) => rank(c, "low") < rank(c, "high")],
    [{ forbid: { kernel: "poly", units: { min: 257 } } }, (c) => !(c.kernel === "poly" && num(c, "units") >= 257)],
    [{ atMost: 2, of: ["a", "b", "c"], nonzero: true }, (c) => ["a", "b", "c"].filter((name) => c[name] !== 0).length <= 2],
    ["log10(units) + layers <= 4", (c) => Math.log10(num(c, "units")) + num(c, "layers") <= 4],
    ["a * b * c == 0.01", (c) => Math.abs(num(c, "a") * num(c, "b") * num(c, "c") - 0.01) <= 1e-9],
    ["kernel == 'rbf' or units <= 64 and not low == 'l'", (c) => c.kernel === "rbf" || (num(c, "units") <= 64 && c.low !== "l")],
    ["0.2 < a < b", (c) => 0.2 < num(c, "a") && num(c, "a") < num(c, "b")],
    [{ linear: { layers: 128, units: 1 }, equals: 512 }, (c) => 128 * num(c, "layers") + num(c, "units") === 512],
  ];

  it.each(cases)("%j", (constraint, holds) => {
    for (const config of draws(shape, [constraint], 100)) expect(holds(config)).toBe(true);
  });

  it("all of the first eight at once", () => {
    const some = cases.slice(0, 8);
    for (const config of draws(
      shape,
      some.map(([constraint]) => constraint),
      100,
    ))
      for (const [, holds] of some) expect(holds(config)).toBe(true);
  });
});

describe("a feasible part of 10^-6 of the box", () => {
  it("is found in six dimensions, and points are pulled into it", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const space = constrain(createSpace(Object.fromEntries(names.map((name) => [name, real(0, 1)]))), [{ sum: names, max: 0.3 }]);
    const source = stream(key);
    for (let trial = 0; trial < 50; trial++) {
      const unit = Float64Array.from(names, () => source.uniform());
      expect(decodeFeasible(space, unit)).toBe(null);
      checkConfig(space, decodeNear(space, unit));
      checkConfig(space, uniformConfig(space, derive(key, trial)));
    }
  });
});

describe("a conditional parameter", () => {
  const shape = { kind: choice(["sgd", "adam"]), rate: real(0, 1), momentum: given("kind", ["sgd"], real(0, 1)) };
  it("binds its constraints only while it is active", () => {
    const space = constrain(createSpace(shape), [{ sum: ["rate", "momentum"], max: 0.5 }]);
    expect(checkConfig(space, { kind: "adam", rate: 0.9 })).toEqual({ kind: "adam", rate: 0.9 });
    expect(() => checkConfig(space, { kind: "sgd", rate: 0.4, momentum: 0.2 })).toThrow(
      "constraint rate + momentum <= 0.5: expected values that fulfil it, got rate 0.4, momentum 0.2. Correct the values, or the constraint in where.",
    );
  });
});

describe("a computed value", () => {
  it("that is a condition adds and drops the parameters that depend on it", () => {
    const shape = {
      layers: int(1, 8),
      width: given("layers", [3], int(1, 1024)),
      depth: given("layers", [1, 2], int(1, 4)),
      extra: int(0, 7),
    };
    for (const equals of [3, 9]) {
      const configs = draws(shape, [{ sum: ["layers", "extra"], equals }], 50);
      for (const config of configs) {
        expect(num(config, "layers") + num(config, "extra")).toBe(equals);
        expect("width" in config).toBe(config.layers === 3);
        expect("depth" in config).toBe(num(config, "layers") <= 2);
      }
      expect(new Set(configs.map(({ layers }) => layers)).size).toBeGreaterThan(1);
    }
    for (const config of draws(shape, [{ sum: ["layers"], equals: 3 }], 5)) expect(config.width).toBeTypeOf("number");
  });

  it("is no value of a parameter where the other side is infinite", () => {
    const shape = { x: real(0, 100), n: int(0, 3) };
    const space = constrain(createSpace(shape), ["x == 50 + log(n)"]);
    expect(feasibleSetOf(space)!.broken({ x: 50, n: 0 })).not.toBe(null);
    for (const config of draws(shape, ["x == 50 + log(n)"], 30)) expect(num(config, "x")).toBeCloseTo(50 + Math.log(num(config, "n")), 7);
  });

  it("is never -0", () => {
    const space = constrain(createSpace({ rate: real(-5, 10) }), [{ sum: ["rate"], equals: 0 }]);
    expect(Object.is(uniformConfig(space, key).rate, 0)).toBe(true);
  });

  it("comes from equal bounds as from an equality, since no real number lies between them by chance", () => {
    const constraint = { linear: { a: 1, b: -2 }, min: 0.1, max: 0.1 };
    const space = constrain(createSpace({ a: real(0, 1), b: real(0, 1) }), [constraint]);
    expect(space.where).toEqual([constraint]);
    expect(feasibleSetOf(space)!.determined).toEqual(["b"]);
    expect(feasibleSetOf(space)!.rules[0]!.text).toBe("a - 2 b = 0.1");
    for (const config of draws({ a: real(0, 1), b: real(0, 1) }, [constraint], 50)) {
      expect(num(config, "a") - 2 * num(config, "b")).toBeCloseTo(0.1, 9);
    }
  });
});

describe("the words of the grammar", () => {
  it("stay operators where parameters have their names, which are quoted", () => {
    const shape = { not: choice([true, false]), and: real(0, 1), true: choice(["a", "b"]) };
    for (const config of draws(shape, ["not `not` and `and` <= 0.5", "`true` == 'a'"], 20)) {
      expect(config).toMatchObject({ not: false, true: "a" });
      expect(num(config, "and")).toBeLessThanOrEqual(0.5);
    }
  });
});

describe("a space that is empty", () => {
  const proofs: readonly (readonly [Shape, readonly ParameterConstraint[], string])[] = [
    [{ a: real(0, 1), b: real(0, 1) }, [{ sum: ["a", "b"], min: 3 }], "got 0 to 2 on the left of >= and 3 on its right"],
    [
      { a: real(0, 1), b: real(0, 1) },
      [
        { sum: ["a", "b"], max: 0.5 },
        { linear: { b: 2, a: 2 }, min: 1.5 },
      ],
      "two that contradict each other",
    ],
    [{ a: real(0, 1), b: real(0, 1) }, [{ sum: ["a", "b"], equals: 1 }, "a + b == 1.5"], "equalities that contradict each other"],
  ];
  it.each(proofs)("%j with %j is refused with the proof", (shape, where, text) => {
    expect(() => constrain(createSpace(shape), where)).toThrow(SpaceError);
    expect(() => constrain(createSpace(shape), where)).toThrow(text);
  });

  it("and not proved so, is refused with the point that violates least", () => {
    const space = constrain(createSpace({ a: real(0, 1), b: real(0, 1) }), ["a^2 + b^2 <= 0.04", "a + b >= 0.3"]);
    expect(() => feasibleSetOf(space)!.draw(stream(key))).toThrow(/the closest, a 0\.1\d+, b 0\.1\d+, breaks/);
  });
});

describe("a constraint that cannot be served", () => {
  const shape = { a: real(0, 1), b: real(0, 1), n: int(1, 5), kernel: choice(["rbf", "poly"]) };
  const cases: readonly (readonly [unknown, string])[] = [
    [[{ summ: ["a", "b"], max: 1 }], 'Did you mean "sum"?'],
    [[{ sum: ["a", "bb"], max: 1 }], 'Did you mean "b"?'],
    [[{ sum: ["a", "a"], max: 1 }], "each name once"],
    [[{ sum: ["a", "b"] }], "expected min, max or equals"],
    [[{ sum: ["a", "b"], max: 1, mim: 0 }], 'Did you mean "min"?'],
    [[{ sum: ["a", "b"], min: 2, max: 1 }], "min <= max"],
    [[{ sum: ["a", "kernel"], max: 1 }], '"kernel", a choice'],
    [[{ less: ["a", "kernel"] }], "a number or an ordered choice"],
    [[{ forbid: { kernel: "linear" } }], 'values of "kernel"'],
    [[{ atMost: 2, of: ["n", "a"], nonzero: true }], "a number that can be 0"],
    [["a + <= 1"], "a number, a name, a text or ( at character 5"],
    [["a + c <= 1"], "Write one of a, b, n, kernel,"],
    [["a + kernal <= 1"], 'Did you mean "kernel"?'],
    [[{ sum: ["a", "width"], max: 1 }], "Write one of a, b, n, kernel."],
    [["a + b"], "a comparison such as a <= b"],
    [["kernel == 'linear'"], 'an option of "kernel"'],
    [["kernel < 'poly'"], "have no order"],
    [["a = 1"], "at character 3"],
    [["sin(a) <= 1"], "the name of a parameter or a function"],
    [["exp(a) == b * b"], "an equality that is linear"],
    ["a <= b", "a list of constraints"],
  ];
  it.each(cases)("%j", (where, text) => {
    expect(() => constrain(createSpace(shape), where as never)).toThrow(SpaceError);
    expect(() => constrain(createSpace(shape), where as never)).toThrow(text);
  });
});
