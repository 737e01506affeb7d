import { describe, expect, it } from "vitest";
import * as oracle from "../testing/exact.ts";
import golden from "./exact.golden.json" with { type: "json" };

type Row = readonly (string | number)[];
const rows = golden as unknown as Readonly<Record<string, readonly Row[]>>;
const functions: Readonly<Record<string, (x: number, y: number) => oracle.Exact>> = {
  exp: oracle.exactExp,
  expm1: oracle.exactExpm1,
  log: oracle.exactLog,
  log1p: oracle.exactLog1p,
  sin: oracle.exactSin,
  cos: oracle.exactCos,
  tanh: oracle.exactTanh,
  pow: oracle.exactPow,
};

describe("the exact integer arithmetic that judges the functions", () => {
  it.each(Object.keys(functions))("agrees with mpmath on %s to 95 bits", (name) => {
    expect(rows[name]!.length).toBeGreaterThan(60);
    for (const row of rows[name]!) {
      const [x = 0, y = 0] = row.slice(0, -2).map((digits) => fromHex(String(digits)));
      const expected = { mantissa: fromHexInteger(String(row.at(-2))), bits: -Number(row.at(-1)) };
      expect(differenceBits(functions[name]!(x, y), expected), `${name} at ${x}, ${y}`).toBeLessThan(-95);
    }
  });

  it("measures in units in the last place of the exact value", () => {
    const third = { mantissa: (1n << 200n) / 3n, bits: 200 };
    expect(oracle.ulpError(1 / 3, third)).toBeCloseTo(1 / 3, 8);
    expect(oracle.ulpError(1 / 3 + 2 ** -54, third)).toBeCloseTo(2 / 3, 8);
    expect(oracle.ulpError(1 / 3 + 2 ** -50, third)).toBeCloseTo(16 - 1 / 3, 8);
    expect(oracle.ulpError(-1 / 3, { mantissa: -third.mantissa, bits: 200 })).toBeCloseTo(1 / 3, 8);
    expect(oracle.ulpError(Number.MIN_VALUE, { mantissa: 3n, bits: 1076 })).toBe(0.25);
    expect(oracle.ulpError(0, { mantissa: 3n, bits: 1076 })).toBe(0.75);
    expect(oracle.ulpError(Infinity, { mantissa: 1n, bits: -1024 })).toBe(0);
    expect(oracle.ulpError(Number.MAX_VALUE, { mantissa: 1n, bits: -1024 })).toBe(Infinity);
    expect(oracle.ulpError(Infinity, { mantissa: 1n, bits: -1023 })).toBe(2 ** 52);
    expect(oracle.ulpError(NaN, third)).toBe(Infinity);
  });
});

/** log2 of the relative difference, to within a bit. */
function differenceBits(computed: oracle.Exact, expected: oracle.Exact): number {
  const bits = BigInt(Math.max(computed.bits, expected.bits, 0));
  const a = computed.mantissa << (bits - BigInt(computed.bits));
  const b = expected.mantissa << (bits - BigInt(expected.bits));
  return (a > b ? a - b : b - a).toString(2).length - (b < 0n ? -b : b).toString(2).length;
}

function fromHex(digits: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${digits}`));
  return view.getFloat64(0);
}

function fromHexInteger(digits: string): bigint {
  return digits.startsWith("-") ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}
