/** Partial configurations: which are possible, and what completes them. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { CaviarError } from "../contract/errors.ts";
import { derive, root } from "../random/key.ts";
import { uniformConfig } from "../random/uniform.ts";
import { inSpace } from "../testing/legal.ts";
import { leaveOut } from "../testing/play.ts";
import { configs, spaces } from "../testing/spaces.ts";
import { constrainedSpaces, verdictOn } from "../testing/where/constrainedSpaces.ts";
import { type Config, choice, given, int, real, type Space } from "./param.ts";
import { checkPartial, completed, isComplete } from "./partial.ts";
import { createSpace } from "./space.ts";
import { constrain } from "./where/constrain.ts";
import { feasibleSetOf } from "./where/sets.ts";

const bits = fc.nat({ max: 255 });
const network = createSpace({
  rate: real(1e-4, 1, { scale: "log" }),
  kind: choice(["dense", "deep", "wide"]),
  layers: given("kind", ["deep"], int(2, 8)),
  width: given("kind", ["wide", "deep"], int(1, 64)),
  skip: given("layers", [7, 8], choice([true, false])),
});

function keeps(config: Config, part: Config): boolean {
  return Object.entries(part).every(([name, value]) => config[name] === value);
}

describe("any part of a configuration", () => {
  it("is kept in a completion that is in the space, whatever is proposed for the rest", () => {
    const drawn = spaces().chain((space) => fc.tuple(fc.constant(space), configs(space), configs(space), bits));
    fc.assert(
      fc.property(drawn, ([space, whole, proposed, without]) => {
        const part = checkPartial(space, leaveOut(space, whole, without));
        const config = completed(space, part, proposed);
        expect([inSpace(space, config), keeps(config, part), Object.isFrozen(config)]).toEqual([true, true, true]);
        expect(completed(space, checkPartial(space, part), proposed)).toEqual(config);
        expect(completed(space, part, config)).toEqual(config);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("has the proposed values for the rest where they fit", () => {
    const drawn = spaces({ conditional: false }).chain((space) => fc.tuple(fc.constant(space), configs(space), configs(space), bits));
    fc.assert(
      fc.property(drawn, ([space, whole, other, without]) => {
        const part = checkPartial(space, leaveOut(space, whole, without));
        const proposed = checkPartial(space, other);
        expect(completed(space, part, proposed)).toEqual({ ...proposed, ...part });
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("is kept where constraints between parameters have to hold as well", () => {
    const drawn = fc.tuple(constrainedSpaces({ conditional: true }), bits, fc.nat(100));
    let partial = 0;
    fc.assert(
      fc.property(drawn, ([one, without, seed]) => {
        const part = partOf(one.space, leaveOut(one.space, one.witness, without));
        if (part === null) return;
        if (!isComplete(one.space, part)) partial++;
        const config = completed(one.space, part, uniformConfig(one.space, derive(root(seed))));
        expect([inSpace(one.space, config), keeps(config, part)]).toEqual([true, true]);
        expect(verdictOn(one, config)).not.toBe(false);
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(partial).toBeGreaterThan(100);
  });
});

/** The search for feasible points may find none although the witness is one. */
function partOf(space: Space, config: Config): Config | null {
  try {
    feasibleSetOf(space)?.prepare();
    return checkPartial(space, config);
  } catch (error) {
    if (error instanceof CaviarError && /noFeasiblePoint|badConfig/.test(error.code)) return null;
    throw error;
  }
}

test("a value that only the given ones make active is drawn, and differs between proposals", () => {
  const part = checkPartial(network, { kind: "deep" });
  const layers = Array.from({ length: 40 }, (_, at) => completed(network, part, { rate: 0.01 + at / 1000, kind: "dense" }).layers);
  expect(new Set(layers).size).toBeGreaterThan(4);
});

test("a parent takes a value under which the given child exists, and the proposed one if that is such a value", () => {
  const part = checkPartial(network, { width: 9 });
  expect(completed(network, part, { rate: 0.5, kind: "wide", width: 3 })).toEqual({ rate: 0.5, kind: "wide", width: 9 });
  const kinds = Array.from({ length: 40 }, (_, at) => completed(network, part, { rate: 0.01 + at / 1000, kind: "dense" }).kind);
  expect(new Set(kinds)).toEqual(new Set(["wide", "deep"]));
  const config = completed(network, checkPartial(network, { skip: false }), { rate: 1, kind: "dense" });
  expect([config.kind, config.skip, [7, 8].includes(config.layers as number)]).toEqual(["deep", false, true]);
});

test("values are the parameter's own", () => {
  const space = createSpace({ x: real(0, 1, { step: 0.1 }), y: real(0, 1) });
  expect(checkPartial(space, { x: 3 * 0.1 })).toEqual({ x: 0.3 });
});

test("equalities are solved for what is not given", () => {
  const space = constrain(createSpace({ a: real(0, 1), b: real(0, 1), c: real(0, 1) }), [{ sum: ["a", "b", "c"], equals: 1 }]);
  const config = completed(space, checkPartial(space, { a: 0.25 }), { a: 0.5, b: 0.25, c: 0.25 });
  expect(config.a).toBe(0.25);
  expect((config.b as number) + (config.c as number)).toBeCloseTo(0.75, 9);
});

test("a cardinality keeps the given values that are not 0", () => {
  const space = constrain(createSpace({ a: real(0, 1), b: real(0, 1), c: real(0, 1) }), [
    { nonzero: true, of: ["a", "b", "c"], atMost: 1 },
  ]);
  expect(completed(space, checkPartial(space, { a: 0.001 }), { a: 0, b: 0.9, c: 0 })).toEqual({ a: 0.001, b: 0, c: 0 });
});

const capped = constrain(createSpace({ a: real(0, 1), b: real(0.5, 1) }), [{ sum: ["a", "b"], max: 1 }]);
const curved = constrain(createSpace({ x: real(0, 1), y: real(0, 1), z: real(0, 1) }), ["(y - z) * (z - y) > 0.1 - x"]);
test.each<readonly [string, Space, unknown, RegExp]>([
  ["a name that there is not", network, { speed: 1 }, /only names of active parameters, got "speed"/],
  ["a value out of range", network, { rate: 2 }, /"rate": expected a number in/],
  [
    "a child and a parent that excludes it",
    network,
    { kind: "dense", width: 3 },
    /value of "kind": expected one of "wide", "deep", got "dense"/,
  ],
  ["a grandchild and a value that excludes it", network, { layers: 3, skip: true }, /value of "layers": expected one of 7, 8, got 3/],
  [
    "a child whose parent another child excludes",
    network,
    { kind: "wide", skip: true },
    /value of "kind": expected one of "deep", got "wide"/,
  ],
  [
    "a child of another value in a whole configuration",
    network,
    { rate: 1, kind: "dense", width: 3 },
    /only names of active parameters, got "width"/,
  ],
  ["values that break a constraint with all others", capped, { a: 0.7 }, /others complete without breaking a constraint, got none/],
  ["values that break a constraint in a way that bounds do not show", curved, { x: 0.05 }, /others complete.*the closest, x 0\.05/],
  ["what is no object", network, 3, /configuration/],
])("%s is refused, with what was expected", (_name, space, config, says) => {
  const refusal = (): Config => checkPartial(space, config);
  expect(refusal).toThrow(CaviarError);
  expect(refusal).toThrow(says);
});
