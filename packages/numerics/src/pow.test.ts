import { describe, expect, it } from "vitest";
import { exactPow, ulpError } from "../testing/exact.ts";
import { powPoints } from "../testing/points.ts";
import { powerOfTwo } from "./bits.ts";
import { pow } from "./pow.ts";

describe("pow", () => {
  it("stays within 1 ulp of exact arithmetic on 10^5 pairs", () => {
    const pairs = powPoints(100_000);
    let worst = { ulps: 0, at: "" };
    for (let index = 0; index < pairs.length; index += 2) {
      const [x, y] = [pairs[index]!, pairs[index + 1]!];
      const ulps = ulpError(pow(x, y), exactPow(x, y));
      if (ulps > worst.ulps) worst = { ulps, at: `pow(${x}, ${y})` };
    }
    expect(worst.ulps, worst.at).toBeLessThan(1);
  });

  it("stays within 1 ulp where a power between 2^31 and 2^32 meets a base next to 1", () => {
    for (let index = 0; index < 2000; index++) {
      const x = 1 + (index % 2 ? 1 : -1) * (1 + index * 0.000321) * powerOfTwo(-22);
      const y = powerOfTwo(31) * (1 + index * 0.000443);
      expect(ulpError(pow(x, y), exactPow(x, y)), `pow(${x}, ${y})`).toBeLessThan(1);
    }
  });

  it("gives integer powers of integers exactly where a double can hold them", () => {
    for (let base = 2n; base <= 1000n; base++) {
      for (let [power, value] = [1, base]; value < 1n << 53n; power++, value *= base) expect(pow(Number(base), power)).toBe(Number(value));
    }
    for (let power = 0; power <= 22; power++) expect(pow(10, power)).toBe(Number(`1e${power}`));
    for (let power = -1074; power <= 1023; power++) expect(pow(2, power)).toBe(powerOfTwo(power));
  });

  // IEEE 754-2008, section 9.2.1, in its order; the rows on which ECMAScript decides otherwise come last.
  it.each([
    ["any x, even NaN", "0", [NaN, 0, -0, 1, -3, Infinity, -Infinity], [0, -0], 1],
    ["+0", "a negative odd integer", [0], [-1, -3], Infinity],
    ["-0", "a negative odd integer", [-0], [-1, -3, -9007199254740991], -Infinity],
    ["either zero", "-Infinity", [0, -0], [-Infinity], Infinity],
    ["either zero", "Infinity", [0, -0], [Infinity], 0],
    ["either zero", "any other negative number", [0, -0], [-0.5, -2, -9007199254740992, -1e300], Infinity],
    ["+0", "a positive odd integer", [0], [1, 3, 9007199254740991], 0],
    ["-0", "a positive odd integer", [-0], [1, 3, 9007199254740991], -0],
    ["either zero", "any other positive number", [0, -0], [0.5, 2, 9007199254740992, 1e300], 0],
    ["|x| < 1", "Infinity", [0.5, -0.5, Number.MIN_VALUE, 1 - 2 ** -53], [Infinity], 0],
    ["|x| < 1", "-Infinity", [0.5, -0.5, Number.MIN_VALUE, 1 - 2 ** -53], [-Infinity], Infinity],
    ["|x| > 1", "Infinity", [2, -2, 1 + 2 ** -52, Infinity, -Infinity], [Infinity], Infinity],
    ["|x| > 1", "-Infinity", [2, -2, 1 + 2 ** -52, Infinity, -Infinity], [-Infinity], 0],
    ["Infinity", "a positive number", [Infinity], [0.1, 1, 2, 3, 1e300], Infinity],
    ["Infinity", "a negative number", [Infinity], [-0.1, -1, -2, -3, -1e300], 0],
    ["-Infinity", "a positive odd integer", [-Infinity], [1, 3, 9007199254740991], -Infinity],
    ["-Infinity", "any other positive number", [-Infinity], [0.5, 2, 1e300], Infinity],
    ["-Infinity", "a negative odd integer", [-Infinity], [-1, -3], -0],
    ["-Infinity", "any other negative number", [-Infinity], [-0.5, -2, -1e300], 0],
    ["a negative number", "no integer", [-1, -0.5, -2, -Number.MAX_VALUE], [0.5, -0.5, 1 / 3, Number.MIN_VALUE], NaN],
    ["1", "any finite number", [1], [0.3, -7, 1e300, Number.MIN_VALUE], 1],
    ["-1", "an even integer", [-1], [2, -4, 9007199254740992, 1e300], 1],
    ["-1", "an odd integer", [-1], [1, -3, 9007199254740991], -1],
    ["NaN", "anything but 0", [NaN], [1, 2, 0.5, -1, Infinity, NaN], NaN],
    ["anything but 1", "NaN", [0, 2, -1, Infinity, NaN], [NaN], NaN],
    ["1 (ECMAScript: NaN)", "NaN", [1], [NaN], 1],
    ["1 (ECMAScript: NaN)", "an infinity", [1], [Infinity, -Infinity], 1],
    ["-1 (ECMAScript: NaN)", "an infinity", [-1], [Infinity, -Infinity], 1],
  ] as const)("%s to the power %s", (_x, _y, bases, powers, value) => {
    for (const x of bases) for (const y of powers) expect(pow(x, y), `pow(${x}, ${y})`).toBe(value);
  });

  it("overflows to the sign of the result, and underflows to its zero through the subnormals", () => {
    expect(pow(10, 308.3)).toBe(Infinity);
    expect(pow(-10, 309)).toBe(-Infinity);
    expect(pow(-10, -325)).toBe(-0);
    expect(pow(10, -324)).toBe(0);
    expect(pow(10, -323)).toBe(1e-323);
    expect(pow(2, -1075)).toBe(0);
    expect(pow(1 + 2 ** -52, 1e20)).toBe(Infinity);
    expect(pow(1 - 2 ** -53, 1e20)).toBe(0);
    expect(pow(Number.MIN_VALUE, -0.5)).toBe(4.4989137945431964e161);
    expect(pow(Number.MIN_VALUE, 1)).toBe(Number.MIN_VALUE);
    expect(pow(1.5, Number.MAX_VALUE)).toBe(Infinity);
    expect(pow(1.5, -Number.MAX_VALUE)).toBe(0);
    expect(pow(0.5, Number.MIN_VALUE)).toBe(1);
  });
});
