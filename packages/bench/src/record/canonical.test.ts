import { expect, test } from "vitest";
import { canonicalJson, sha256 } from "./canonical.ts";

test("keys are sorted at every depth, lists keep their order", () => {
  expect(canonicalJson({ b: [{ z: 1, y: null }, "é"], a: true })).toBe('{"a":true,"b":[{"y":null,"z":1},"é"]}');
});

test("the example of RFC 8785, section 3.2.2: numbers shortest, strings escaped, keys by UTF-16 unit", () => {
  expect(
    canonicalJson({
      // biome-ignore lint/correctness/noPrecisionLoss: the RFC's own digits, more than a double keeps.
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    }),
  ).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
});

test("members that are undefined are absent", () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});

test("SHA-256 of FIPS 180-4's example abc", () => {
  expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
