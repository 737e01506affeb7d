/**
 * Arbitraries of parameters, spaces, configurations and problems. Ranges are drawn from all doubles, so widths of one ulp and of 1e308 both
 * occur. Every space in `degenerateSpaces` is also drawn sometimes.
 */
import fc from "fast-check";
import type { Fidelity, Problem } from "../contract/problem.ts";
import type { Capabilities } from "../contract/strategy.ts";
import { boolean } from "../read/decode.ts";
import { optionReader } from "../read/record.ts";
import type { Belief } from "../space/belief/belief.ts";
import { believe } from "../space/belief/believe.ts";
import { countValues, valueAt } from "../space/lattice.ts";
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
  type Real,
  real,
  type Space,
} from "../space/param.ts";
import { realAt } from "../space/scale.ts";
import { createSpace } from "../space/space.ts";

/** What the drawn spaces may hold. `conditional`: conditional parameters; true by default. */
export type SpaceOptions = { readonly conditional?: boolean };

const huge = Number.MAX_VALUE;
const tiny = Number.MIN_VALUE;

/** A parameter of any kind, scale and range. */
export function params(): fc.Arbitrary<Plain> {
  return fc.oneof(
    { weight: 2, arbitrary: reals() },
    { weight: 1, arbitrary: steppedReals() },
    { weight: 2, arbitrary: ints() },
    { weight: 2, arbitrary: choices() },
  );
}

/** A space of up to six parameters. A third of them are conditional if a parent exists. One space in five is a small degenerate space. */
export function spaces(options: SpaceOptions = {}): fc.Arbitrary<Space> {
  const { conditional = true } = readSpaceOptions(options);
  const degenerate = degenerateSpaces()
    .map(({ space }) => space)
    .filter((space) => !isLarge(space) && (conditional || space.params.every(([, param]) => param.kind !== "given")));
  return fc.oneof({ weight: 4, arbitrary: mixedSpaces(conditional) }, { weight: 1, arbitrary: fc.constantFrom(...degenerate) });
}

/** A space of `spaces` with beliefs about some of its parameters, with one or two good configurations, or with both. */
export function believedSpaces(options: SpaceOptions = {}): fc.Arbitrary<Space> {
  return spaces(options).chain((space) =>
    fc
      .record({
        params: fc.tuple(...space.params.map(([, param]) => beliefs(plainOf(param)))),
        good: fc.array(configs(space), { maxLength: 2 }),
      })
      .map(({ params, good }) => {
        const believed = space.params.flatMap(([name], index) => (params[index] === null ? [] : [[name, params[index]!] as const]));
        if (believed.length === 0 && good.length === 0) return space;
        return believe(space, {
          ...(believed.length > 0 && { params: Object.fromEntries(believed) }),
          ...(good.length > 0 && { configs: good }),
        });
      }),
  );
}

function beliefs(param: Plain): fc.Arbitrary<Belief | null> {
  const weights = fc.array(fc.constantFrom(0, 1, 5), { minLength: countOptions(param), maxLength: countOptions(param) });
  const belief: fc.Arbitrary<Belief> =
    param.kind === "choice" && !param.ordered
      ? weights.map((all) => ({ weights: all.some((one) => one > 0) ? all : all.map(() => 1) }))
      : fc.record({ near: valuesOf(param), sd: fc.constantFrom(0.01, 0.25, 1) });
  return fc.option(belief);
}

function countOptions(param: Plain): number {
  return param.kind === "choice" ? param.options.length : 1;
}

const readSpaceOptions = optionReader<SpaceOptions>("spaces", { conditional: boolean });

/** A configuration of `space`. Each value is drawn from the parameter's own range, not through the codec. */
export function configs(space: Space): fc.Arbitrary<Config> {
  return fc.tuple(...space.params.map(([, param]) => valuesOf(plainOf(param)))).map((values) => {
    const config: { [name: string]: ParamValue } = {};
    space.params.forEach(([name, param], index) => {
      if (isActive(param, config)) config[name] = values[index]!;
    });
    return config;
  });
}

/** A problem that a strategy with these capabilities takes. */
export function problems(
  can: Pick<Capabilities, "conditional" | "objectives" | "constraints">,
  space: fc.Arbitrary<Space> = spaces({ conditional: can.conditional }),
): fc.Arbitrary<Problem> {
  const objective = fc.constantFrom<"minimize" | "maximize">("minimize", "maximize");
  return fc.record({
    space,
    objectives: fc
      .array(objective, { minLength: 1, maxLength: Math.min(3, can.objectives) })
      .map((goals) => goals.map((goal, index) => ({ name: `objective ${index}`, goal }))),
    constraints: can.constraints ? fc.constantFrom<readonly string[]>([], [], ["memory"], ["memory", "latency"]) : fc.constant([]),
    fidelity: fidelities(),
    resumable: fc.boolean(),
  });
}

/** No fidelity; or whole epochs, or a fraction of the data. Sometimes the lowest fidelity equals the highest. */
export function fidelities(): fc.Arbitrary<Fidelity | null> {
  return fc.constantFrom<Fidelity | null>(
    null,
    { unit: "epoch", min: 1, max: 9, whole: true },
    { unit: "epoch", min: 1, max: 81, whole: true },
    { unit: "epoch", min: 2, max: 27, whole: true },
    { unit: "fraction", min: 0.01, max: 1, whole: false },
    { unit: "hour", min: 0.5, max: 7.25, whole: false },
    { unit: "epoch", min: 4, max: 4, whole: true },
  );
}

/** The extreme spaces that `createSpace` accepts, each with a name for the test that runs them. */
export function degenerateSpaces(): readonly { readonly name: string; readonly space: Space }[] {
  const one = (param: Plain): Space => createSpace({ x: param });
  const many = (count: number, at: (index: number) => Param): Space =>
    createSpace(Array.from({ length: count }, (_, index) => [`x${index}`, at(index)] as const));
  return Object.entries({
    "no parameters": createSpace({}),
    "200 reals": many(200, () => real(0, 1)),
    "200 parameters of all kinds": many(
      200,
      (index) => [real(-1, 1), int(1, 9), choice(["a", "b"]), real(1e-5, 1, { scale: "log" })][index % 4]!,
    ),
    "a real of width zero": one(real(3, 3)),
    "a log real of width zero": one(real(3, 3, { scale: "log" })),
    "an int of one value": one(int(7, 7)),
    "one option": one(choice(["only"])),
    "10,000 options": one(choice(Array.from({ length: 10_000 }, (_, index) => index))),
    "the first two doubles": one(real(0, tiny)),
    "two neighbouring doubles": one(real(1, 1 + Number.EPSILON)),
    "two neighbouring doubles on a log scale": one(real(1, 1 + Number.EPSILON, { scale: "log" })),
    "all doubles": one(real(-huge, huge)),
    "all positive doubles on a log scale": one(real(tiny, huge, { scale: "log" })),
    "all positive doubles on a mirrored log scale": one(real(tiny, huge, { scale: "mirroredLog" })),
    "all of [0, 1) by 1 - x": one(real(0, 1 - Number.EPSILON / 2, { scale: "oneMinusLog" })),
    "ints to 2^53": one(int(0, Number.MAX_SAFE_INTEGER)),
    "negative ints to -2^53": one(int(-Number.MAX_SAFE_INTEGER, -1)),
    "log ints to 2^53": one(int(1, Number.MAX_SAFE_INTEGER, { scale: "log" })),
    "ints with a step beyond their range": one(int(5, 9, { step: 100 })),
    "a real with a step that does not divide its range": one(real(0, 1, { step: 0.3 })),
    "a real with a tiny step": one(real(0, 1, { step: 1e-9 })),
    "options that are numbers, texts and booleans": one(choice([0, -1.5, "two", "", true])),
    "a chain of conditions": createSpace({
      a: choice(["on", "off"]),
      b: given("a", ["on"], choice([1, 2, 3])),
      c: given("b", [2], int(1, 4)),
      d: given("c", [1, 4], real(0, 1)),
    }),
    "conditions that exclude each other": createSpace({
      a: choice(["left", "right"]),
      b: given("a", ["left"], real(0, 1)),
      c: given("a", ["right"], real(0, 1)),
    }),
    "a condition that hardly ever holds": createSpace({ a: int(0, 1_000_000), b: given("a", [1_000_000], choice(["x", "y"])) }),
    "names that look like numbers, out of order": createSpace([
      ["10", real(0, 1)],
      ["2", int(1, 3)],
      ["1", choice(["a", "b"])],
    ]),
    "names of members of Object": createSpace([
      ["constructor", real(0, 1)],
      ["toString", int(1, 3)],
      ["hasOwnProperty", given("toString", [2], choice(["a", "b"]))],
    ]),
    "names in other scripts": createSpace([
      ["🐼", real(0, 1)],
      ["معدل", int(1, 3)],
      ["a".repeat(256), choice([true, false])],
    ]),
  }).map(([name, space]) => ({ name, space }));
}

/** Too large to draw again and again; the law of containment walks through these once. */
function isLarge(space: Space): boolean {
  return space.dims > 100 || space.params.some(([, param]) => param.kind === "choice" && param.options.length > 1000);
}

function mixedSpaces(conditional: boolean): fc.Arbitrary<Space> {
  const condition = fc.record({ parent: fc.nat(), values: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), wanted: fc.nat({ max: 2 }) });
  return fc.array(fc.tuple(params(), condition), { minLength: 1, maxLength: 6 }).map((drawn) => {
    const pairs: [string, Param][] = [];
    for (const [param, { parent, values, wanted }] of drawn) {
      const parents = pairs.filter(([, earlier]) => plainOf(earlier).kind !== "real");
      const name = `p${pairs.length}`;
      if (!conditional || wanted !== 0 || parents.length === 0) {
        pairs.push([name, param]);
        continue;
      }
      const [parentName, parentParam] = parents[parent % parents.length]!;
      const plain = plainOf(parentParam) as Int | Choice;
      pairs.push([name, given(parentName, [...new Set(values.map((value) => discreteAt(plain, value)))], param)]);
    }
    return createSpace(pairs);
  });
}

/** One of a parent's values, the lowest few of them. */
function discreteAt(param: Int | Choice, index: number): ParamValue {
  if (param.kind === "choice") return param.options[index % param.options.length]!;
  return valueAt(param, index % Math.min(4, countValues(param)));
}

function reals(): fc.Arbitrary<Real> {
  const between = (min: number, max: number): fc.Arbitrary<readonly [number, number]> =>
    fc
      .tuple(fc.double({ min, max, noNaN: true }), fc.double({ min, max, noNaN: true }))
      .map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const)));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(real(-5, 10)) },
    { weight: 2, arbitrary: between(-huge, huge).map(([low, high]) => real(low, high)) },
    { weight: 1, arbitrary: between(-10, 10).map(([low, high]) => real(low, high)) },
    { weight: 1, arbitrary: fc.constant(real(1e-4, 1, { scale: "log" })) },
    { weight: 1, arbitrary: between(tiny, huge).map(([low, high]) => real(low, high, { scale: "log" })) },
    { weight: 1, arbitrary: between(tiny, huge).map(([low, high]) => real(low, high, { scale: "mirroredLog" })) },
    { weight: 1, arbitrary: between(0, 1 - Number.EPSILON / 2).map(([low, high]) => real(low, high, { scale: "oneMinusLog" })) },
  );
}

function steppedReals(): fc.Arbitrary<Real> {
  return fc
    .record({
      low: fc.integer({ min: -100, max: 100 }),
      count: fc.integer({ min: 1, max: 50 }),
      step: fc.constantFrom(0.1, 0.25, 0.3, 1, 7),
    })
    .map(({ low, count, step }) => real(low / 10, low / 10 + count * step, { step }));
}

function ints(): fc.Arbitrary<Int> {
  const whole = (min: number): fc.Arbitrary<number> =>
    fc.oneof(fc.integer({ min, max: 40 }), fc.integer({ min, max: Number.MAX_SAFE_INTEGER - 100 }));
  const ordered = (min: number): fc.Arbitrary<readonly [number, number]> =>
    fc.tuple(whole(min), whole(min)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  return fc.oneof(
    ordered(-40).map(([low, high]) => int(low, high)),
    fc.tuple(ordered(-40), fc.integer({ min: 1, max: 9 })).map(([[low, high], step]) => int(low, high, { step })),
    ordered(1).map(([low, high]) => int(low, high, { scale: "log" })),
  );
}

function choices(): fc.Arbitrary<Choice> {
  const option = fc.oneof(fc.string({ maxLength: 4 }), fc.integer({ min: -3, max: 9 }), fc.boolean());
  return fc
    .tuple(fc.uniqueArray(option, { minLength: 1, maxLength: 5, selector: String }), fc.boolean())
    .map(([options, ordered]) => choice(options, { ordered }));
}

function valuesOf(param: Plain): fc.Arbitrary<ParamValue> {
  switch (param.kind) {
    case "choice":
      return fc.constantFrom(...param.options);
    case "int":
      return fc.integer({ min: 0, max: countValues(param) - 1 }).map((index) => valueAt(param, index));
    case "real":
      return param.step === undefined
        ? fc.double({ min: param.low, max: param.high, noNaN: true }).map((value) => value + 0)
        : fc.double({ min: 0, max: 1, noNaN: true }).map((p) => realAt(param, p));
  }
}
