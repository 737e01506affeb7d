import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, root } from "../random/key.ts";
import { stream } from "../random/stream.ts";
import { uniformConfig } from "../random/uniform.ts";
import { checkConfig } from "./config.ts";
import { acceptedNear } from "./nearby.ts";
import { type Config, choice, given, int, real, type Space } from "./param.ts";
import { createSpace } from "./space.ts";
import { constrain } from "./where/constrain.ts";

/** All configurations in the order in which they are found, each refused once it was found. */
function walk(space: Space, from: Config, seed: number): readonly Config[] {
  const found: Config[] = [];
  const seen = new Set<string>();
  for (;;) {
    const next = acceptedNear(space, from, (config) => !seen.has(JSON.stringify(config)), stream(derive(root("walk"), seed, found.length)));
    if (next === "none") return found;
    if (next === "unknown") throw new Error("The search gave up.");
    seen.add(JSON.stringify(next));
    found.push(checkConfig(space, next));
  }
}

const conditional = createSpace({
  a: choice(["on", "off"]),
  b: given("a", ["on"], choice([1, 2, 3])),
  c: given("b", [2], int(1, 4)),
  d: real(0, 1, { step: 0.5 }),
  e: int(2, 9, { scale: "log" }),
});
const constrained = constrain(createSpace({ x: int(0, 9), y: int(0, 9), z: int(0, 9), w: choice(["p", "q"]) }), [
  { sum: ["x", "y", "z"], equals: 9 },
  { less: ["x", "y"] },
  { forbid: { w: "p", z: 0 } },
]);

describe("the search around a configuration", () => {
  it.each<readonly [string, Space, number]>([
    ["without parameters", createSpace({}), 1],
    ["with conditions", conditional, (1 + 2 + 4) * 3 * 8],
    ["with constraints", constrained, feasible().length],
  ])("finds each configuration of a space %s once, and then none", (_name, space, count) => {
    for (let seed = 0; seed < 5; seed++) {
      const all = walk(space, uniformConfig(space, derive(root("from"), seed)), seed);
      expect(new Set(all.map((config) => JSON.stringify(config))).size).toBe(all.length);
      expect(all).toHaveLength(count);
    }
  });

  it("begins with the configuration itself, and goes outwards along an axis, in both directions from the start", () => {
    const line = createSpace({ x: int(0, 100) });
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.nat({ max: 1000 }), (x, seed) => {
        const found = walk(line, { x }, seed).map((config) => Math.abs((config.x as number) - x));
        expect(found).toEqual([...found].sort((a, b) => a - b));
        expect(found[0]).toBe(0);
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it("takes a random value where a parameter has infinitely many, and keeps its own for others", () => {
    const mixed = createSpace({ x: real(0, 1), n: int(1, 3) });
    const from = { x: 0.25, n: 2 };
    const seen = new Set<string>();
    const next = (): Config => {
      const found = acceptedNear(mixed, from, (config) => !seen.has(JSON.stringify(config)), stream(derive(root("mixed"), seen.size)));
      seen.add(JSON.stringify(found));
      return found as Config;
    };
    const found = Array.from({ length: 8 }, next);
    expect(found.slice(0, 3).map(({ x }) => x)).toEqual([0.25, 0.25, 0.25]);
    expect(found.slice(3).every(({ x }) => x !== 0.25)).toBe(true);
    expect(acceptedNear(mixed, from, () => false, stream(root("mixed")))).toBe("unknown");
  });

  it("finds an untried one at once among 2^53 values, and in 4,096 parameters", () => {
    const wide = createSpace({ x: int(0, 2 ** 53 - 1) });
    expect(acceptedNear(wide, { x: 5 }, ({ x }) => x !== 5 && x !== 6, stream(root("wide")))).toEqual({ x: 4 });
    const long = createSpace(Array.from({ length: 4096 }, (_, index) => [`x${index}`, int(0, 1)] as const));
    const from = uniformConfig(long, root("long"));
    const found = acceptedNear(long, from, (config) => config.x4095 !== from.x4095, stream(root("long")));
    expect(found).toEqual({ ...from, x4095: 1 - (from.x4095 as number) });
  });
});

function feasible(): readonly Config[] {
  const all: Config[] = [];
  for (let x = 0; x < 10; x++)
    for (let y = x + 1; y < 10; y++)
      for (const w of ["p", "q"]) {
        const z = 9 - x - y;
        if (z >= 0 && !(w === "p" && z === 0)) all.push({ x, y, z, w });
      }
  return all;
}
