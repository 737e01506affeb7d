/** The codec's laws over drawn spaces, conditional and degenerate ones included; `scale.test.ts` has them scale by scale. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { configs, degenerateSpaces, spaces } from "../testing/index.ts";
import { decode, encode } from "./codec.ts";
import { checkConfig } from "./config.ts";
import { type Config, plainOf, type Real, type Space } from "./param.ts";

const settings = { seed: 1, numRuns: 1000 };
const drawn = spaces().chain((space) => configs(space).map((config) => ({ space, config })));

test("a configuration comes back from the unit cube: exactly where values are discrete, within the stated tolerance where not", () => {
  fc.assert(
    fc.property(drawn, ({ space, config }) => returns(space, config)),
    settings,
  );
  for (const { space } of degenerateSpaces()) {
    fc.assert(
      fc.property(configs(space), (config) => returns(space, config)),
      { seed: 1, numRuns: 20 },
    );
  }
});

test("any point at all decodes to a configuration of the space: outside the cube, NaN, too short", () => {
  const coordinate = fc.oneof(fc.double(), fc.double({ min: 0, max: 1 }), fc.constantFrom(0, 1, 2 ** -1074, 1 - 2 ** -53));
  fc.assert(
    fc.property(spaces(), fc.array(coordinate, { maxLength: 8 }), (space, point) => {
      const config = decode(space, Float64Array.from(point));
      expect(checkConfig(space, config)).toEqual(config);
      const unit = encode(space, config);
      expect(unit).toHaveLength(space.dims);
      for (const p of unit) expect(p >= 0 && p <= 1).toBe(true);
    }),
    settings,
  );
});

function returns(space: Space, config: Config): void {
  const back = decode(space, encode(space, config));
  expect(Object.keys(back)).toEqual(Object.keys(config));
  for (const [name, param] of space.params) {
    if (!Object.hasOwn(config, name)) continue;
    const plain = plainOf(param);
    const [was, is] = [config[name]!, back[name]!];
    const inexact =
      (plain.kind === "real" && plain.step === undefined) || (plain.kind === "int" && plain.scale === "log" && plain.high > 2 ** 44);
    if (!inexact) expect(is).toBe(was);
    else expect(Math.abs((is as number) - (was as number))).toBeLessThanOrEqual(tolerance(plain, was as number));
  }
}

/** As codec.ts states it; log integers beyond 2^44 are as exact as their logarithm, and rounding adds one. */
function tolerance(
  { low, high, scale, kind }: Pick<Real, "low" | "high" | "scale"> & { readonly kind: "real" | "int" },
  x: number,
): number {
  const ulp = (value: number): number => Math.max(Number.MIN_VALUE, Math.abs(value) * Number.EPSILON);
  const span = Math.max(1, Math.log(high) - Math.log(low));
  switch (scale) {
    case "linear":
      return 4 * ulp(Math.max(Math.abs(low), Math.abs(high)));
    case "log":
      return 4 * ulp(x) * span + (kind === "int" ? 1 : 0);
    case "mirroredLog":
      return 4 * ulp(high) * span;
    case "oneMinusLog":
      return 4 * Number.EPSILON * Math.max(1, Math.log((1 - low) / (1 - high)));
  }
}
