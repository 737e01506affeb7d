/** Arbitraries of spaces with a configuration in them, the witness: constraints that it fulfils leave something. */
import fc from "fast-check";
import { decode } from "../../space/codec.ts";
import { isValueOf } from "../../space/lattice.ts";
import {
  type Choice,
  type Config,
  choice,
  given,
  type Int,
  int,
  isActive,
  type Param,
  type ParamValue,
  type Plain,
  plainOf,
  real,
  type Space,
} from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";

/** `values` has a value for every parameter, also for those that are inactive in the witness. */
export type WitnessedSpace = {
  readonly space: Space;
  readonly witness: Config;
  readonly values: { readonly [name: string]: ParamValue };
};

/** Two to seven parameters. Their ranges are those of everyday use, because constraints between doubles of 1e308 overflow. */
export function witnessedSpaces(conditional: boolean): fc.Arbitrary<WitnessedSpace> {
  const drawn = fc.record({
    param: params(),
    place: share(0, 1),
    zero: fc.nat({ max: 3 }),
    parent: fc.nat(),
    conditional: fc.nat({ max: 2 }).map((n) => conditional && n === 0),
  });
  return fc
    .tuple(fc.shuffledSubarray(names, { minLength: 2, maxLength: 7 }), fc.array(drawn, { minLength: 7, maxLength: 7 }))
    .map(witnessed);
}

/** Uniform numbers. `fc.double` draws uniform bits instead, and most of its numbers are next to nothing. */
export function share(min: number, max: number): fc.Arbitrary<number> {
  return fc.noBias(fc.integer({ min: 0, max: 1000 })).map((thousandths) => min + ((max - min) * thousandths) / 1000);
}

type Drawn = {
  readonly param: Plain;
  readonly place: number;
  readonly zero: number;
  readonly parent: number;
  readonly conditional: boolean;
};

/** Some have to be quoted in an expression, and some are words of its grammar. */
const names = ["a", "b", "c2", "rate", "learning rate", "x-1", "log", "not", "größe", "$"];

function witnessed([chosen, drawn]: [readonly string[], readonly Drawn[]]): WitnessedSpace {
  const values: { [name: string]: ParamValue } = {};
  const pairs: [string, Param][] = [];
  for (const [at, name] of chosen.entries()) {
    const { param, place, zero, parent, conditional } = drawn[at]!;
    const parents = pairs.filter(([, earlier]) => plainOf(earlier).kind !== "real");
    const inSpace = decode(createSpace([["x", param]]), Float64Array.of(place)).x!;
    values[name] = zero === 0 && param.kind !== "choice" && isValueOf(param, 0) ? 0 : inSpace;
    pairs.push([name, conditional && parents.length > 0 ? conditionOn(parents[parent % parents.length]!, param, parent, values) : param]);
  }
  const witness: { [name: string]: ParamValue } = {};
  for (const [name, param] of pairs) if (isActive(param, witness)) witness[name] = values[name]!;
  return { space: createSpace(pairs), witness, values };
}

/** Active for the parent's value in the witness, or for another one. */
function conditionOn([name, parent]: [string, Param], param: Plain, draw: number, values: { readonly [name: string]: ParamValue }): Param {
  const plain = plainOf(parent) as Int | Choice;
  const first = plain.kind === "choice" ? plain.options[0]! : plain.low;
  return given(name, draw % 3 > 0 ? [first] : [...new Set([first, values[name]!])], param);
}

function params(): fc.Arbitrary<Plain> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Plain>(real(0, 1), real(-5, 10), real(0, 100), real(2, 3)) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Plain>(
        real(1e-4, 1, { scale: "log" }),
        real(1, 1000, { scale: "log" }),
        real(0.01, 2, { scale: "mirroredLog" }),
        real(0.5, 0.999, { scale: "oneMinusLog" }),
      ),
    },
    { weight: 2, arbitrary: fc.constantFrom<Plain>(real(0, 1, { step: 0.1 }), real(-1, 2, { step: 0.25 }), real(0, 30, { step: 7 })) },
    { weight: 4, arbitrary: fc.constantFrom<Plain>(int(1, 8), int(0, 3), int(-4, 4), int(16, 512), int(0, 90, { step: 15 })) },
    { weight: 1, arbitrary: fc.constantFrom<Plain>(int(1, 1024, { scale: "log" }), int(8, 64, { scale: "log" })) },
    { weight: 3, arbitrary: fc.constantFrom<Plain>(sizes, sizes, choice([1, 2, 4, 8], { ordered: true }), choice([0, 10, -2.5])) },
    { weight: 2, arbitrary: fc.constantFrom<Plain>(choice(["rbf", "poly"]), choice(["x", 3, true]), choice([true, false])) },
  );
}

/** Twice as likely as others, so that spaces often hold two with the same options. */
const sizes = choice(["s", "m", "l", "xl"], { ordered: true });
