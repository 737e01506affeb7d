/** Arbitraries of constraints between parameters, each with a plain function that says whether a configuration fulfils it. */
import fc from "fast-check";
import { type Config, choice, int, type ParamValue, real, type Space } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { constrain } from "../space/where/constrain.ts";
import type { ParameterConstraint } from "../space/where/constraint.ts";

/** A constraint, and the same in plain code: the oracle of a law must not share the code that it tests. */
export type DrawnConstraint = { readonly constraint: ParameterConstraint; readonly holds: (config: Config) => boolean };
export type ConstrainedSpace = { readonly space: Space; readonly drawn: readonly DrawnConstraint[] };

const numbers = ["a", "b", "c"] as const;
const shape = {
  a: real(0, 1),
  b: real(0, 1),
  c: real(0, 1),
  n: int(1, 8),
  m: int(1, 8),
  kind: choice(["x", "y"]),
  small: choice(["s", "m", "l"], { ordered: true }),
  large: choice(["s", "m", "l"], { ordered: true }),
};

/** A space with one to three constraints of different forms, which together leave something. */
export function constrainedSpaces(): fc.Arbitrary<ConstrainedSpace> {
  return fc
    .subarray([...forms], { minLength: 1, maxLength: 3 })
    .chain((some) => fc.tuple(...some))
    .map((drawn) => ({
      space: constrain(
        createSpace(shape),
        drawn.map(({ constraint }) => constraint),
      ),
      drawn,
    }));
}

function valueIn(config: Config, name: string): number {
  return config[name] as number;
}

const order: readonly ParamValue[] = ["s", "m", "l"];
const forms: readonly fc.Arbitrary<DrawnConstraint>[] = [
  fc.constantFrom(0.5, 1, 1.25).map((equals) => ({
    constraint: { sum: numbers, equals },
    holds: (config) => Math.abs(numbers.reduce((sum, name) => sum + valueIn(config, name), 0) - equals) <= 1e-8,
  })),
  fc.double({ min: 0, max: 1, noNaN: true }).map((max) => ({
    constraint: { linear: { a: 2, b: -1 }, max },
    holds: (config) => 2 * valueIn(config, "a") - valueIn(config, "b") <= max,
  })),
  fc.integer({ min: 4, max: 40 }).map((max) => ({
    constraint: { product: ["n", "m"], max },
    holds: (config) => valueIn(config, "n") * valueIn(config, "m") <= max,
  })),
  fc.constant({
    constraint: { less: ["n", "m"] },
    holds: (config) => valueIn(config, "n") < valueIn(config, "m"),
  }),
  fc.constant({
    constraint: { less: ["small", "large"] },
    holds: (config) => order.indexOf(config.small!) < order.indexOf(config.large!),
  }),
  fc.integer({ min: 2, max: 8 }).map((min) => ({
    constraint: { forbid: { kind: "x", n: { min } } },
    holds: (config) => config.kind !== "x" || valueIn(config, "n") < min,
  })),
  fc.constant({
    constraint: { atMost: 2, of: numbers, nonzero: true },
    holds: (config) => numbers.filter((name) => config[name] !== 0).length <= 2,
  }),
  fc.integer({ min: 30, max: 90 }).map((percent) => ({
    constraint: `a^2 + b^2 <= ${percent} / 100`,
    holds: (config) => valueIn(config, "a") * valueIn(config, "a") + valueIn(config, "b") * valueIn(config, "b") <= percent / 100,
  })),
];
